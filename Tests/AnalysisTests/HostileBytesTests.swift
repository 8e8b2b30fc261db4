import Capture
import LabModel
import LinuxKit
import Testing

@testable import Analysis

/// Nothing crashes or hangs on bytes that nobody meant to be a capture.
@Suite struct HostileBytesTests {
    /// Frames made of bytes at hand.
    final class Frames: FrameSource {
        private let frames: [[UInt8]]
        private let link: LinkLayer
        private var lent: UnsafeMutableRawBufferPointer?
        private var index = 0
        let damage: String? = nil

        init(_ frames: [[UInt8]], link: LinkLayer) {
            self.frames = frames
            self.link = link
        }

        deinit { lent?.deallocate() }

        func next() -> CapturedFrame? {
            lent?.deallocate()
            lent = nil
            guard index < frames.count else { return nil }
            // An allocation of just this size, so that a sanitizer sees a read beyond it.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: frames[index].count, alignment: 1)
            copy.copyBytes(from: frames[index])
            lent = copy
            index += 1
            return CapturedFrame(
                time: Timestamp(nanoseconds: Int64(index)), length: copy.count, link: link,
                bytes: UnsafeRawBufferPointer(copy))
        }
    }

    static let links: [LinkLayer] = [.ethernet, .cooked, .cooked2, .rawIP, .loopback, .other(7)]

    /// A packet that is right but for some of its bytes, or cut.
    static func mutated(_ bytes: [UInt8], _ random: inout RepeatableRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int(random.uniform() * 6) where !bytes.isEmpty {
            bytes[Int(random.uniform() * Double(bytes.count))] = UInt8(random.uniform() * 256)
        }
        return random.uniform() < 0.5 ? Array(bytes.prefix(Int(random.uniform() * Double(bytes.count + 1)))) : bytes
    }

    static func allFrames(_ name: String) throws -> [[UInt8]] {
        let reader = try Fixture.capture(name)
        var frames: [[UInt8]] = []
        while let frame = reader.next() { frames.append(Array(frame.bytes)) }
        return frames
    }

    @Test(arguments: ["control", "headers", "version6", "fragments", "fragments6", "not_rtp"])
    func `survives mutated packets on every link layer`(name: String) throws {
        let frames = try Self.allFrames(name)
        var random = RepeatableRandom(seed: 42)
        for link in Self.links {
            let hostile = frames.prefix(3000).map { Self.mutated($0, &random) }
            let report = CaptureAnalysis.analyze(Frames(hostile, link: link))
            #expect(report.frames == Int64(hostile.count))
        }
    }

    @Test func `survives every beginning of every packet`() throws {
        for name in ["control", "headers", "version6"] {
            for frame in try Self.allFrames(name).suffix(4) {
                let cut = (0...frame.count).map { Array(frame.prefix($0)) }
                #expect(CaptureAnalysis.analyze(Frames(cut, link: .ethernet)).frames == Int64(cut.count))
            }
        }
    }

    @Test func `survives damaged capture files`() throws {
        var random = RepeatableRandom(seed: 7)
        let path = try Fixture.captures.get() + "/hostile-\(random.uniform()).pcap"
        for name in ["control", "next_generation", "raw_ip"] {
            let bytes = try File.read(Fixture.captures.get() + "/\(name).pcap")
            for round in 0..<150 {
                // Half of the rounds damage the file's own headers.
                var damaged = Array(bytes.prefix(8000))
                for _ in 0..<4 {
                    let reach = round % 2 == 0 ? 120.0 : Double(damaged.count)
                    damaged[Int(random.uniform() * reach)] = UInt8(random.uniform() * 256)
                }
                try File.write(damaged, to: path)
                guard let reader = try? CaptureReader(path: path) else { continue }
                let report = CaptureAnalysis.analyze(reader)
                #expect(report.frames <= 200)
            }
        }
        try File.remove(path)
    }
}
