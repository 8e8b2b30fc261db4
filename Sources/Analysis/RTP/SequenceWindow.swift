/// Which of the last 32 768 sequence numbers came: tells duplicates from late packets, and counts runs of missing ones
/// when they leave the window, in 4 kB whatever the stream's length.
struct SequenceWindow {
    /// The lowest and the highest extended sequence number so far.
    private(set) var first: Int64
    private(set) var highest: Int64
    /// `runs[n]` is how many runs of n + 1 missing packets left the window.
    private(set) var runs: [Int64] = []

    private var words: [UInt64]
    private var run = 0
    /// Packets that came since the last run.
    private var received: Int64 = 0
    private(set) var bursts: BurstMeter
    /// The lowest number that still is in the window.
    private var oldest: Int64

    private static let wordCount: Int64 = 512
    private static let longestRun = 65536

    /// - Parameter bursts: what was counted before the sender began anew.
    init(startingAt number: Int64, bursts: BurstMeter = BurstMeter()) {
        self.bursts = bursts
        first = number
        highest = number
        oldest = number
        words = Array(repeating: 0, count: Int(Self.wordCount))
        mark(number)
    }

    /// Notes a number; false when it was there already or is too old to tell.
    mutating func insert(_ number: Int64) -> Bool {
        if number > highest {
            slide(to: number)
        } else {
            guard number >= oldest || (number < first && highest - number < 64 * (Self.wordCount - 1)) else {
                return false
            }
            if number < first {
                // Packets overtook the stream's first: it began earlier than it seemed.
                first = number
                oldest = number
            }
            if isMarked(number) { return false }
        }
        mark(number)
        return true
    }

    /// Counts the runs that are still in the window; the window is spent.
    mutating func finish() {
        countRuns(below: highest + 1)
        closeRun()
    }

    private mutating func slide(to number: Int64) {
        let from = highest >> 6
        let to = number >> 6
        if to != from {
            countRuns(below: min((to - Self.wordCount + 1) << 6, highest + 1))
            if to - from >= Self.wordCount {
                // What was skipped beyond the window is missing for certain.
                run += Int(clamping: max(((to - Self.wordCount + 1) << 6) - oldest, 0))
                oldest = max(oldest, (to - Self.wordCount + 1) << 6)
            }
            for word in max(from + 1, to - Self.wordCount + 1)...to { words[slot(word)] = 0 }
        }
        highest = number
    }

    /// Lets the numbers below `end` leave the window.
    private mutating func countRuns(below end: Int64) {
        while oldest < end {
            let bits = words[slot(oldest >> 6)]
            if oldest & 63 == 0, end - oldest >= 64, bits == .max {
                closeRun()
                received += 64
                oldest += 64
                continue
            }
            if bits >> UInt64(oldest & 63) & 1 == 1 {
                closeRun()
                received += 1
            } else {
                run += 1
            }
            oldest += 1
        }
    }

    private mutating func closeRun() {
        guard run > 0 else { return }
        let index = min(run, Self.longestRun) - 1
        if index >= runs.count { runs += Array(repeating: 0, count: index + 1 - runs.count) }
        runs[index] += 1
        bursts.add(lost: Int64(run), after: received)
        (run, received) = (0, 0)
    }

    private func slot(_ word: Int64) -> Int { Int(word & (Self.wordCount - 1)) }

    private func isMarked(_ number: Int64) -> Bool { words[slot(number >> 6)] >> UInt64(number & 63) & 1 == 1 }

    private mutating func mark(_ number: Int64) { words[slot(number >> 6)] |= 1 << UInt64(number & 63) }
}
