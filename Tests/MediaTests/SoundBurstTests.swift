import LabModel
import Testing

@testable import Media

@Suite struct SoundBurstTests {
    /// Gold codes of degree 7 correlate with each other, at every shift, to -17, -1 or 15 of 127.
    @Test func `Codes of the family hardly correlate`() {
        let codes = (0..<SoundBurst.codes).map { SoundBurst.goldCode($0).map { $0 ? 1 : -1 } }
        var values: Set<Int> = []
        for (first, second) in [(0, 1), (3, 90), (17, 18), (125, 126)] {
            for shift in 0..<127 {
                values.insert((0..<127).reduce(0) { $0 + codes[first][$1] * codes[second][($1 + shift) % 127] })
            }
        }
        #expect(values == [-17, -1, 15])
        #expect(Set(codes).count == SoundBurst.codes)
    }

    /// Sound of `count` slots, all `delay` samples late.
    private func sound(_ count: Int, delay: Int) -> [Float] {
        let track = SoundTrack()
        return (0..<(count * SoundBurst.spacing)).map { $0 < delay ? 0 : track.sample($0 - delay).left }
    }

    @Test(arguments: [0, 1, 5000, 14000])
    func `Marks are found to the sample, however late the sound`(_ delay: Int) {
        var finder = SoundMarkFinder()
        let sound = sound(20, delay: delay)
        for start in stride(from: 0, to: sound.count, by: 1024) {
            finder.add(Array(sound[start...].prefix(1024)), at: start)
        }
        let marks = finder.finish()
        #expect(marks.count >= 18)
        for mark in marks {
            let found = Int((mark.found.seconds * 48000).rounded())
            #expect(found == SoundBurst.position(of: mark.slot) + delay)
        }
    }

    @Test func `Pieces with rounded times are chained, and a gap moves what follows`() {
        var finder = SoundMarkFinder()
        let sound = sound(20, delay: 0)
        for (index, start) in stride(from: 0, to: sound.count, by: 1024).enumerated() where index % 50 != 20 {
            // As a container with whole milliseconds would have it.
            finder.add(Array(sound[start...].prefix(1024)), at: start / 48 * 48)
        }
        let marks = finder.finish()
        #expect(marks.count >= 17)
        for mark in marks { #expect(abs(mark.found.seconds - (0.1 + 0.2 * Double(mark.slot))) < 0.001) }
    }

    @Test func `There are no marks in noise`() {
        var random = RepeatableRandom(seed: 1)
        var finder = SoundMarkFinder()
        for start in stride(from: 0, to: 48000, by: 1024) {
            finder.add((0..<1024).map { _ in Float.random(in: -0.5...0.5, using: &random) }, at: start)
        }
        #expect(finder.finish().isEmpty)
    }
}
