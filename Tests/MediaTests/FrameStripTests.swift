import Testing

@testable import Media

@Suite struct FrameStripTests {
    private func picture(_ width: Int, _ height: Int, _ body: (PicturePlane) throws -> Void) rethrows {
        let samples = UnsafeMutablePointer<UInt8>.allocate(capacity: width * height)
        defer { samples.deallocate() }
        samples.initialize(repeating: 128, count: width * height)
        try body(PicturePlane(data: samples, stride: width, width: width, height: height))
    }

    @Test(arguments: [(320, 180), (640, 360), (854, 480), (1280, 720), (1920, 1080)])
    func `A number drawn is the number read, top and bottom`(_ width: Int, _ height: Int) throws {
        let strip = try #require(FrameStrip(width: width, height: height))
        picture(width, height) { luma in
            for number: UInt32 in [0, 1, 2, 0x55555, 0xAAAAA, FrameStrip.modulus - 1] {
                strip.draw(number, luma: luma, chroma: [])
                #expect(strip.read(luma) == (number, number))
            }
        }
    }

    @Test func `A picture without strips has no number`() throws {
        let strip = try #require(FrameStrip(width: 640, height: 360))
        picture(640, 360) { luma in
            #expect(strip.read(luma) == (nil, nil))
            for index in 0..<(640 * 360) { luma.data[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 7) }
            #expect(strip.read(luma) == (nil, nil))
        }
    }

    @Test func `Two or three wrong cells are always noticed`() {
        // Errors are linear in a CRC: what it misses of one number it misses of all.
        let good = FrameStrip.pattern(of: 0)[2..<38].map { $0 ? UInt64(1) : 0 }.reduce(0) { $0 << 1 | $1 }
        func passes(_ errors: UInt64) -> Bool {
            let word = good ^ errors
            let number = UInt32(word >> 16)
            return FrameStrip.pattern(of: number)[22..<38].map { $0 ? UInt64(1) : 0 }.reduce(0) { $0 << 1 | $1 }
                == word & 0xFFFF
        }
        #expect(passes(0))

        var missed = 0
        for first in 0..<36 {
            for second in 0..<first {
                if passes(1 << first | 1 << second) { missed += 1 }
                for third in 0..<second where passes(1 << first | 1 << second | 1 << third) { missed += 1 }
            }
        }
        #expect(missed == 0)
    }

    @Test func `A strip of which the top half was overwritten has only its bottom number`() throws {
        let strip = try #require(FrameStrip(width: 640, height: 360))
        picture(640, 360) { luma in
            strip.draw(77, luma: luma, chroma: [])
            luma.fill(x: 200, y: 0, width: 300, height: strip.rows, with: 128)
            #expect(strip.read(luma) == (nil, 77))
        }
    }
}
