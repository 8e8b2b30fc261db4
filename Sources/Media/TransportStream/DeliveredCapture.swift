internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes datagrams of a transport stream with their times to a capture file (pcap-savefile(5)).
final class DeliveredCapture {
    private let file: BytesFile
    private var lastFlush = Clock.monotonic()

    init(_ run: RunDirectory) throws(SystemCallError) {
        file = try BytesFile(run.file(RunFolder.delivered))
        for word in [Self.magic, Self.version, 0, 0, Self.longest, Self.linkType] { add(word) }
    }

    func add(_ datagram: ArrivedDatagram) {
        let size = UInt32(datagram.bytes.count)
        for word in [UInt32(datagram.time / 1_000_000_000), UInt32(datagram.time % 1_000_000_000), size, size] {
            add(word)
        }
        file.add(datagram.bytes)
    }

    func flushInTime() throws(SystemCallError) {
        guard Clock.monotonic() - lastFlush > 1_000_000_000 else { return }
        try flush()
        lastFlush = Clock.monotonic()
    }

    func flush() throws(SystemCallError) { try file.flush() }

    private func add(_ word: UInt32) { file.add(withUnsafeBytes(of: word) { Array($0) }) }

    /// Times are in nanoseconds, in this machine's byte order.
    private static let magic: UInt32 = 0xA1B2_3C4D
    /// 2.4, the lower half first.
    private static let version: UInt32 = UInt32(littleEndian: 2 | 4 << 16)
    private static let longest: UInt32 = 65_535
    /// `LINKTYPE_MPEG_2_TS`.
    private static let linkType: UInt32 = 243
}
