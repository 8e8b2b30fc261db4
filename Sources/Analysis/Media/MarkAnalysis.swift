internal import LabModel

/// Which frame each decoded picture shows, by its two marks (see the rule at `number(of:)`).
struct MarkAnalysis {
    private let facts: StreamFacts
    private let framesPerSecond: Double
    private let marks: [FrameMark]
    /// The number that pts 0 has: the most frequent difference of a mark that is certain and its pts.
    private let offset: Int?

    /// `nil` for pictures without marks.
    init?(_ marks: [FrameMark], facts: StreamFacts) {
        guard facts.marked, facts.clockRate > 0, let rate = facts.framesPerSecond, rate > 0, !marks.isEmpty else {
            return nil
        }
        self.facts = facts
        self.marks = marks
        framesPerSecond = rate
        var counts: [Int: Int] = [:]
        for mark in marks {
            guard let top = mark.top, top == mark.bottom else { continue }
            counts[Int(top) - Self.frame(mark, facts: facts, rate: rate), default: 0] += 1
        }
        offset = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }

    /// Where the picture's RTP timestamp places it, counted in frames.
    private static func frame(_ mark: FrameMark, facts: StreamFacts, rate: Double) -> Int {
        Int((pts(mark, facts: facts).seconds * rate).rounded())
    }

    private static func pts(_ mark: FrameMark, facts: StreamFacts) -> TimeSpan {
        TimeSpan(seconds: facts.mediaTime(of: mark.timestamp))
    }

    /// The number that a picture shows: certain when both strips agree, or when one reads and agrees with the pts. A
    /// single strip alone may be left over from the frame before.
    func number(of mark: FrameMark) -> Int? {
        if let top = mark.top, top == mark.bottom { return Int(top) }
        guard let offset else { return nil }
        let expected = Self.frame(mark, facts: facts, rate: framesPerSecond) + offset
        return [mark.top, mark.bottom].contains { $0.map(Int.init) == expected } ? expected : nil
    }

    func count(into report: inout MediaReport) {
        report.decoded = Int64(marks.count)
        let numbers = marks.map { (mark: $0, number: number(of: $0)) }
        report.identified = Int64(numbers.count { $0.number != nil })
        guard let offset else { return }
        report.misplaced = Int64(
            numbers.count { entry in
                entry.number.map { $0 != Self.frame(entry.mark, facts: facts, rate: framesPerSecond) + offset } ?? false
            })
    }

    /// How much later than its content each picture is presented by its RTP timestamp on the sender's clock.
    func points(clock: SenderClock?, origin: Timestamp, arrival: (UInt32) -> Timestamp?) -> [SyncAnalysis.Point] {
        marks.compactMap { mark in
            guard let number = number(of: mark) else { return nil }
            let content = TimeSpan(seconds: Double(number) / framesPerSecond)
            let pts = Self.pts(mark, facts: facts)
            let when = arrival(mark.timestamp) ?? origin + pts
            let presented = clock.map { $0.time(of: mark.timestamp, at: when) - origin } ?? pts
            return SyncAnalysis.Point(time: origin + pts, lateness: presented - content)
        }
    }
}

extension SoundMark {
    /// Slot n sounds at n times 200 ms plus 100 ms.
    private var content: TimeSpan { TimeSpan(nanoseconds: Int64(slot) * 200_000_000 + 100_000_000) }

    /// How much later than its content the sound is presented on the sender's clock.
    func point(clock: SenderClock?, facts: StreamFacts, origin: Timestamp) -> SyncAnalysis.Point {
        let ticks = (found.seconds * Double(facts.clockRate)).rounded()
        let timestamp = facts.firstTimestamp &+ UInt32(truncatingIfNeeded: Int64(ticks))
        let presented = clock.map { $0.time(of: timestamp, at: origin + found) - origin } ?? found
        return SyncAnalysis.Point(time: origin + found, lateness: presented - content)
    }
}
