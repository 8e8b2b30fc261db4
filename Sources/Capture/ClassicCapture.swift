internal import LabModel

/// A classic capture file (pcap-savefile(5)).
///
/// libpcap copies every byte of the file twice, through buffers that are too small to be worth their calls, and that is
/// most of the time that an analysis of headers takes. What libpcap does with this format, this does too, and a test holds
/// one to the other.
final class ClassicCapture: FrameSource {
    private var records: ClassicRecords

    /// `nil` for what is no regular file or has another format: then libpcap tells what it is.
    init?(path: String) {
        guard let records = ClassicRecords(path: path) else { return nil }
        self.records = records
    }

    var damage: String? { records.damage }

    func next() -> CapturedFrame? { records.next() }

    func forEach(_ body: (CapturedFrame) -> Void) { records.forEach(body) }
}

/// The frames of a classic capture and the place among them: a value, so that a loop over all of them is one access to it.
private struct ClassicRecords: ~Copyable {
    private(set) var damage: String?
    private var window: FileWindow
    private let header: ClassicHeader
    private var offset = ClassicHeader.size
    private var frames: Int64 = 0

    init?(path: String) {
        guard var window = FileWindow(path: path),
            let header = window.bytes(at: 0, count: ClassicHeader.size).flatMap(ClassicHeader.init)
        else { return nil }
        self.window = window
        self.header = header
    }

    mutating func forEach(_ body: (CapturedFrame) -> Void) {
        while let frame = next() { body(frame) }
    }

    mutating func next() -> CapturedFrame? {
        guard damage == nil, offset < window.size else { return nil }
        guard let record = window.bytes(at: offset, count: 16).map(Record.init) else {
            return broken("the file ends in its header")
        }
        let captured = Int(order(record.captured))
        guard captured <= ClassicHeader.longestFrame else {
            return broken("the next frame's length, \(captured), is no length")
        }
        guard let bytes = window.bytes(at: offset + 16, count: captured) else {
            return broken("the file ends within the next frame")
        }
        offset += 16 + captured
        frames += 1
        return CapturedFrame(
            time: Timestamp(
                captured: Int64(order(record.seconds)), nanoseconds: Int64(order(record.fraction)) * header.unit),
            length: Int(order(record.length)), link: header.link,
            bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(header.snapLength)))
    }

    private mutating func broken(_ reason: String) -> CapturedFrame? {
        damage = "after frame \(frames): \(reason)"
        return nil
    }

    private func order(_ word: UInt32) -> UInt32 { header.isSwapped ? word.byteSwapped : word }
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
