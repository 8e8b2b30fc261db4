internal import LabModel

/// A classic capture file (pcap-savefile(5)).
///
/// libpcap copies every byte of the file twice, through buffers that are too small to be worth their calls, and that is
/// most of the time that an analysis of headers takes. What libpcap does with this format, this does too, and a test holds
/// one to the other.
final class ClassicCapture: FrameSource {
    private(set) var damage: String?
    private var window: FileWindow
    private let link: LinkLayer
    private let isSwapped: Bool
    /// Nanoseconds of one unit of a record's fraction.
    private let unit: Int64
    private let snapLength: Int
    private var offset = 24
    private var frames: Int64 = 0

    /// libpcap's limit (MAXIMUM_SNAPLEN): a longer frame is damage.
    private static let longestFrame = 262_144

    /// `nil` for what is no regular file or has another format: then libpcap tells what it is.
    init?(path: String) {
        guard var window = FileWindow(path: path), let header = window.bytes(at: 0, count: 24) else { return nil }
        let word = { (offset: Int) in header.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
        switch word(0) {
        case 0xa1b2_c3d4: (isSwapped, unit) = (false, 1000)
        case 0xa1b2_3c4d: (isSwapped, unit) = (false, 1)
        case 0xd4c3_b2a1: (isSwapped, unit) = (true, 1000)
        case 0x4d3c_b2a1: (isSwapped, unit) = (true, 1)
        default: return nil
        }
        let version = header.loadUnaligned(fromByteOffset: 4, as: UInt16.self)
        guard (isSwapped ? version.byteSwapped : version) == 2 else { return nil }
        let snap = Int(isSwapped ? word(16).byteSwapped : word(16))
        snapLength = snap > 0 && snap <= Self.longestFrame ? snap : Self.longestFrame
        // The upper bits tell of frame check sequences.
        let kind = (isSwapped ? word(20).byteSwapped : word(20)) & 0x03ff_ffff
        link = LinkLayer(dataLink: Int32(kind))
        self.window = window
    }

    func next() -> CapturedFrame? {
        guard damage == nil, offset < window.size else { return nil }
        guard let record = window.bytes(at: offset, count: 16).map(Record.init) else {
            return broken("the file ends in its header")
        }
        let captured = Int(order(record.captured))
        guard captured <= Self.longestFrame else { return broken("the next frame's length, \(captured), is no length") }
        guard let bytes = window.bytes(at: offset + 16, count: captured) else {
            return broken("the file ends within the next frame")
        }
        offset += 16 + captured
        frames += 1
        return CapturedFrame(
            time: Timestamp(captured: Int64(order(record.seconds)), nanoseconds: Int64(order(record.fraction)) * unit),
            length: Int(order(record.length)), link: link,
            bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(snapLength)))
    }

    private func broken(_ reason: String) -> CapturedFrame? {
        damage = "after frame \(frames): \(reason)"
        return nil
    }

    private func order(_ word: UInt32) -> UInt32 { isSwapped ? word.byteSwapped : word }
}

/// What stands before each frame, in the file's byte order.
private struct Record {
    var seconds: UInt32
    var fraction: UInt32
    var captured: UInt32
    var length: UInt32

    init(_ bytes: UnsafeRawBufferPointer) {
        seconds = bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
        fraction = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        captured = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        length = bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    }
}
