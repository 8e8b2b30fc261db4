import Glibc
import LabModel
import LinuxKit
import Testing

@testable import Capture

/// netlab's own reader of classic captures, held to libpcap on the same bytes.
@Suite struct CaptureReaderTests {
    /// What a frame is, for comparing.
    struct Frame: Equatable {
        var time: Int64
        var length: Int
        var link: LinkLayer
        var bytes: [UInt8]

        static func == (left: Frame, right: Frame) -> Bool {
            left.agrees(with: right.time) && left.length == right.length && left.link == right.link
                && left.bytes == right.bytes
        }

        /// Whether libpcap's time is the same, but for damage: it takes seconds after 2038 and fractions with the highest
        /// bit for negative ones, in one byte order only.
        private func agrees(with other: Int64) -> Bool {
            let second: Int64 = 1_000_000_000
            if time == other || (other < second && time / second >= 1 << 31) { return true }
            return time / second == other / second && time % second == second - 1 && other % second == 0
                || time / second == other / second && time % second == 0 && other % second == second - 1
        }
    }

    /// Where two lists first differ, in few words.
    static func difference(_ left: [Frame], _ right: [Frame]) -> String? {
        for (index, pair) in zip(left, right).enumerated() where pair.0 != pair.1 {
            return "frame \(index): \(pair.0.time), \(pair.0.length) against \(pair.1.time), \(pair.1.length)"
        }
        return left.count == right.count ? nil : "\(left.count) frames against \(right.count)"
    }

    static let folder = Result {
        let target = try Directory.makeUnique("/tmp/netlab-captures-")
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let made = try ChildProcess.run(
            Command("python3", ["/\(tests)/Fixtures/make-captures.py", target]), timeout: 120_000_000_000)
        guard made.status == .exited(0) else { throw Failure(text: made.errorText) }
        return target
    }

    struct Failure: Error {
        var text: String
    }

    static func frames(_ source: any FrameSource) -> [Frame] {
        var frames: [Frame] = []
        while let frame = source.next() {
            frames.append(
                Frame(
                    time: frame.time.nanoseconds, length: frame.length, link: frame.link, bytes: Array(frame.bytes)))
        }
        return frames
    }

    @Test(arguments: [
        "clean", "wrap", "headers", "raw_ip", "cooked", "cooked2", "loopback", "microseconds", "truncated",
        "garbage_behind", "empty",
    ])
    func `reads what libpcap reads`(name: String) throws {
        let path = try Self.folder.get() + "/\(name).pcap"
        let ours = try #require(ClassicCapture(path: path))
        let theirs = try LibraryCapture(path: path)
        #expect(Self.difference(Self.frames(ours), Self.frames(theirs)) == nil)
        #expect((ours.damage == nil) == (theirs.damage == nil))
    }

    @Test func `leaves other formats to libpcap`() throws {
        let path = try Self.folder.get() + "/next_generation.pcap"
        #expect(ClassicCapture(path: path) == nil)
        #expect(Self.frames(try CaptureReader(path: path)).count == 100)
    }

    /// Files of either byte order with some bytes changed: both readers see the same, or both see damage.
    @Test func `agrees with libpcap on damaged files`() throws {
        var random = SystemIndependentRandom(state: 11)
        let bytes = try File.read(Self.folder.get() + "/raw_ip.pcap")
        let path = try Self.folder.get() + "/damaged.pcap"
        for round in 0..<400 {
            var damaged = Array(bytes.prefix(6000 + Int.random(in: 0..<500, using: &random)))
            if round % 3 == 0 { damaged = Self.swapped(damaged) }
            for _ in 0..<2 {
                // The file's own header stays, but for its snap length and link type.
                let place = Int.random(in: 16..<(round % 2 == 0 ? 60 : damaged.count), using: &random)
                damaged[place] = UInt8.random(in: 0...255, using: &random)
            }
            try File.write(damaged, to: path)
            guard let theirs = try? LibraryCapture(path: path) else { continue }
            let ours = try #require(ClassicCapture(path: path))
            #expect(Self.difference(Self.frames(ours), Self.frames(theirs)) == nil)
            #expect((ours.damage == nil) == (theirs.damage == nil))
        }
        try File.remove(path)
    }

    /// The same capture as a machine of the other byte order would write it.
    static func swapped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        func swap(_ start: Int, _ size: Int) {
            guard start + size <= bytes.count else { return }
            bytes[start..<start + size].reverse()
        }
        for (start, size) in [(0, 4), (4, 2), (6, 2), (8, 4), (12, 4), (16, 4), (20, 4)] { swap(start, size) }
        var offset = 24
        while offset + 16 <= bytes.count {
            let length = bytes[offset + 8..<offset + 12].enumerated().reduce(0) {
                $0 | Int($1.element) << (8 * $1.offset)
            }
            for field in 0..<4 { swap(offset + 4 * field, 4) }
            offset += 16 + length
        }
        return bytes
    }

    @Test func `reads a file of many pieces`() throws {
        let path = try Self.folder.get() + "/pieces.pcap"
        let clean = try File.read(Self.folder.get() + "/clean.pcap")
        var bytes = clean
        // Frames of 254 bytes do not divide the pieces that are read: many lie across an edge.
        while bytes.count < 40 << 20 { bytes += clean.dropFirst(24) }
        try File.write(bytes, to: path)
        let ours = try #require(ClassicCapture(path: path))
        let theirs = try LibraryCapture(path: path)
        var count = 0
        while let mine = ours.next(), let other = theirs.next() {
            #expect(mine.bytes.elementsEqual(other.bytes))
            count += 1
        }
        #expect(count == (bytes.count - 24) / (clean.count - 24) * 500)
        #expect(ours.damage == nil)
        try File.remove(path)
    }

    /// As with a live capture that is rotated: what is gone is damage, and no end of this process.
    @Test func `survives a file cut short while it is read`() throws {
        let path = try Self.folder.get() + "/cut.pcap"
        let clean = try File.read(Self.folder.get() + "/clean.pcap")
        var bytes = clean
        while bytes.count < 8 << 20 { bytes += clean.dropFirst(24) }
        try File.write(bytes, to: path)
        let reader = try CaptureReader(path: path)
        #expect(reader.next() != nil)
        #expect(truncate(path, 4 << 20) == 0)
        let frames = Self.frames(reader).count + 1
        let whole = (bytes.count - 24) / (clean.count - 24) * 500
        #expect(frames > whole / 3 && frames < whole)
        #expect(reader.damage?.contains("after frame \(frames)") == true)
        try File.remove(path)
    }

    @Test(arguments: ["/nowhere/file.pcap", "/tmp", "/etc/passwd"])
    func `says why it cannot read`(path: String) {
        #expect(throws: CaptureError.self) { try CaptureReader(path: path) }
    }
}

/// The same numbers on every machine.
struct SystemIndependentRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
