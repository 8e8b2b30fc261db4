internal import LabModel

/// Finds the sound marks in decoded sound that comes in pieces.
///
/// Pieces are chained by their sample count and placed anew only where their time jumps by more than 5 ms: rounded
/// times would cut the bursts to bits. A mark is looked for with its own code only, near where the last ones were;
/// only while there is no such place yet, in the 300 ms around.
struct SoundMarkFinder {
    private static let jump = SoundBurst.sampleRate * 5 / 1000
    private static let nearReach = SoundBurst.sampleRate * 5 / 1000
    private static let wideReach = SoundBurst.sampleRate * 300 / 1000
    /// Wide searches cost 60 times as much, and sound without marks must not take for ever.
    private static let widePatience = 8
    /// Marks missed in a row after which their place is looked for again.
    private static let missesBeforeWide = 5
    /// A right code gives 0.52 and more under loss, a wrong one never half.
    private static let leastQuality: Float = 0.5

    private let bursts = (0..<SoundBurst.codes).map { SoundBurst.wave(of: $0) }
    private var samples: [Float] = []
    /// The media's sample that `samples` begins with.
    private var base = 0
    private var slot = 0
    /// How much later than they should be the last mark was found, in samples.
    private var lock: Int?
    private var misses = 0
    private var wideSearches = 0
    private var marks: [SoundMark] = []

    /// Takes the next decoded piece, whose first sample is at presentation time `position` (samples).
    mutating func add(_ piece: [Float], at position: Int) {
        let expected = base + samples.count
        let isJump = samples.isEmpty || abs(position - expected) > Self.jump
        if isJump { move(to: position) }
        samples += piece
        search(upTo: base + samples.count)
    }

    /// The marks found.
    mutating func finish() -> [SoundMark] {
        searchRest()
        return marks
    }

    private mutating func move(to position: Int) {
        let gap = position - (base + samples.count)
        // Silence stands for what is missing, but not for minutes of it.
        if !samples.isEmpty, gap > 0, gap < 2 * SoundBurst.sampleRate {
            samples += repeatElement(0, count: gap)
        } else {
            if !samples.isEmpty { searchRest() }
            samples = []
            base = position
        }
    }

    /// Looks for every mark that must have come whole when the sound reaches `end`.
    private mutating func search(upTo end: Int) {
        while SoundBurst.position(of: slot) + (lock ?? 0) + reach + SoundBurst.length <= end {
            look()
            slot += 1
        }
        let keep = SoundBurst.position(of: slot) - Self.wideReach - SoundBurst.spacing
        if keep - base > SoundBurst.sampleRate {
            let drop = min(keep - base, samples.count)
            samples.removeFirst(drop)
            base += drop
        }
    }

    /// Looks for what may still lie at the end of the sound.
    private mutating func searchRest() {
        search(upTo: base + samples.count + Self.wideReach)
    }

    private var isWide: Bool {
        (lock == nil || misses >= Self.missesBeforeWide) && wideSearches < Self.widePatience
    }

    private var reach: Int { isWide ? Self.wideReach : Self.nearReach }

    private mutating func look() {
        let wide = isWide
        // Most often marks are where they belong: that is looked at before all around is.
        let middle = SoundBurst.position(of: slot) + (lock ?? 0)
        var found = best(around: middle, reach: Self.nearReach)
        if found == nil, wide {
            wideSearches += 1
            found = best(around: SoundBurst.position(of: slot), reach: Self.wideReach)
        }
        guard let found else {
            misses += 1
            return
        }
        misses = 0
        lock = found.position - SoundBurst.position(of: slot)
        marks.append(
            SoundMark(
                slot: slot, found: .seconds(Double(found.position) / Double(SoundBurst.sampleRate)),
                quality: Double(found.quality)))
    }

    /// The place of the best correlation with the slot's burst, where it is good enough.
    private func best(around middle: Int, reach: Int) -> (position: Int, quality: Float)? {
        let first = max(middle - reach, base)
        let last = min(middle + reach, base + samples.count - SoundBurst.length)
        guard first <= last else { return nil }
        let burst = bursts[slot % SoundBurst.codes]
        let burstEnergy = burst.reduce(0) { $0 + $1 * $1 }
        return samples.withUnsafeBufferPointer { samples in
            burst.withUnsafeBufferPointer { burst in
                var best: (position: Int, quality: Float)?
                var energy = Correlation.energy(samples, first - base, burst.count)
                for position in first...last {
                    let start = position - base
                    let scale = (max(Float(energy), 1e-6) * burstEnergy).squareRoot()
                    let quality = Correlation.product(samples, start, burst) / scale
                    if quality > best?.quality ?? Self.leastQuality { best = (position, quality) }
                    guard position < last else { break }
                    energy += Double(samples[start + burst.count] * samples[start + burst.count])
                    energy -= Double(samples[start] * samples[start])
                }
                return best
            }
        }
    }
}

/// The inner loops of the correlation.
private enum Correlation {
    static func energy(_ samples: UnsafeBufferPointer<Float>, _ start: Int, _ count: Int) -> Double {
        var sum = 0.0
        for index in start..<(start + count) { sum += Double(samples[index] * samples[index]) }
        return sum
    }

    static func product(
        _ samples: UnsafeBufferPointer<Float>, _ start: Int, _ burst: UnsafeBufferPointer<Float>
    ) -> Float {
        var sum = SIMD8<Float>.zero
        let raw = UnsafeRawPointer(samples.baseAddress.unsafelyUnwrapped + start)
        let pattern = UnsafeRawPointer(burst.baseAddress.unsafelyUnwrapped)
        // A burst is 381 times eight samples.
        for offset in stride(from: 0, to: burst.count * 4, by: 32) {
            sum +=
                raw.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                * pattern.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        }
        return sum.sum()
    }
}
