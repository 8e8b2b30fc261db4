internal import Glibc

/// The sound mark: a burst of 127 chips that says which 200 ms of the media it belongs to.
///
/// Gold codes of length 127, number `slot` mod 127 (25.4 s without ambiguity), 2000 chips a second as phase shifts of
/// a 3 kHz carrier (1 to 5 kHz, which low-rate speech codecs keep), 63.5 ms long. Correlating with the expected code
/// finds it to a sample after AAC and Opus, with a lost packet in its middle too; a tone's edge would be off by the
/// packet.
enum SoundBurst {
    static let sampleRate = 48000
    static let amplitude: Float = 0.4
    static let codes = 127
    /// From one mark to the next, and from the media's start to the first, in samples. Not at 0, where a codec's
    /// first samples are lost.
    static let spacing = sampleRate / 5
    static let first = sampleRate / 10
    /// Samples of one burst.
    static let length = chips * samplesPerChip

    private static let chips = 127
    private static let samplesPerChip = sampleRate / 2000
    private static let carrier = 3000.0

    /// The first sample of the mark of a slot.
    static func position(of slot: Int) -> Int { first + slot * spacing }

    /// The burst of a slot, of amplitude 1.
    static func wave(of slot: Int) -> [Float] {
        let code = goldCode(slot % codes)
        return (0..<length).map { sample in
            let phase = 2 * Double.pi * carrier * Double(sample) / Double(sampleRate)
            return (code[sample / samplesPerChip] ? 1 : -1) * Float(sin(phase))
        }
    }

    /// Code number `shift` of the family that the preferred pair x^7+x^3+1 and x^7+x^3+x^2+x+1 gives (R. Gold, 1967).
    static func goldCode(_ shift: Int) -> [Bool] {
        let first = sequence(taps: [7, 3])
        let second = sequence(taps: [7, 3, 2, 1])
        return (0..<chips).map { first[$0] != second[($0 + shift) % chips] }
    }

    /// The sequence of greatest length of a 7-bit linear feedback shift register.
    private static func sequence(taps: [Int]) -> [Bool] {
        var register = [Bool](repeating: true, count: 7)
        return (0..<chips).map { _ in
            let output = register[6]
            let feedback = taps.reduce(false) { $0 != register[$1 - 1] }
            register = [feedback] + register.dropLast()
            return output
        }
    }
}
