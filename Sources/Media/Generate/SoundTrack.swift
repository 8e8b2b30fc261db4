internal import Glibc

/// The generated sound: the marks over a quiet bed of two tones that wander below the marks' band, one on each side.
struct SoundTrack {
    private let bursts = (0..<SoundBurst.codes).map { SoundBurst.wave(of: $0) }
    private static let bedLevel = 0.03

    /// Left and right at a sample since the media's start.
    func sample(_ index: Int) -> (left: Float, right: Float) {
        let time = Double(index) / Double(SoundBurst.sampleRate)
        let mark = mark(at: index)
        return (
            mark + Self.tone(330, wandering: 90, every: 7, at: time),
            mark + Self.tone(520, wandering: 130, every: 11, at: time)
        )
    }

    private func mark(at index: Int) -> Float {
        guard index >= SoundBurst.first else { return 0 }
        let (slot, offset) = (index - SoundBurst.first).quotientAndRemainder(dividingBy: SoundBurst.spacing)
        guard offset < SoundBurst.length else { return 0 }
        return SoundBurst.amplitude * bursts[slot % SoundBurst.codes][offset]
    }

    /// A tone whose pitch swings by `depth` Hz with a period of `period` seconds.
    private static func tone(_ pitch: Double, wandering depth: Double, every period: Double, at time: Double) -> Float {
        let swing = depth * period / (2 * Double.pi) * (1 - cos(2 * Double.pi * time / period))
        return Float(bedLevel * sin(2 * Double.pi * (pitch * time + swing)))
    }
}
