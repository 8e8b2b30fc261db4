internal import CPcap
internal import Glibc
internal import LabModel
internal import LinuxKit

/// An open capture and the file it goes to; used by one thread at a time.
final class Tap: Sendable {
    /// How long the kernel may keep a block that is not full, so that frames come in batches. With immediate mode there
    /// would be a wake-up a frame, and a blocking read would never return once traffic stops.
    static let blockTime = TimeSpan.milliseconds(20)
    /// Room for more than a second of a gigabit while the disk is slow, in bytes.
    private static let bufferSize: Int32 = 32 << 20
    private static let fileBuffer = 64 << 10
    /// Blocks between two flushes, about a second: no more than that is lost where the machine goes down.
    static let flushEvery = 50
    /// No frame of the lab is longer: offloads are off.
    private static let snapLength: Int32 = 16384

    // One thread opens, another reads, and the last one closes, each after the other.
    private nonisolated(unsafe) let handle: OpaquePointer
    private nonisolated(unsafe) let dump: OpaquePointer
    /// stdio's, of the capture file.
    private nonisolated(unsafe) let buffer: UnsafeMutableRawBufferPointer
    private nonisolated(unsafe) let count: UnsafeMutablePointer<Int64>
    private let file: String

    /// Corresponds to `pcap_create`, `pcap_activate` and `pcap_dump_fopen`.
    init(interface: String, file: String) throws(CaptureError) {
        var reason = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = pcap_create(interface, &reason) else {
            throw CaptureError(operation: "capture on", object: interface, reason: CaptureError.text(reason))
        }
        pcap_set_snaplen(handle, Self.snapLength)
        pcap_set_timeout(handle, Int32(Self.blockTime.milliseconds))
        pcap_set_buffer_size(handle, Self.bufferSize)
        pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
        // Statuses above zero are warnings.
        guard pcap_activate(handle) >= 0, pcap_setnonblock(handle, 1, &reason) == 0 else {
            let words = CaptureError.last(of: handle)
            pcap_close(handle)
            throw CaptureError(operation: "capture on", object: interface, reason: words)
        }
        buffer = .allocate(byteCount: Self.fileBuffer, alignment: 16)
        do throws(CaptureError) {
            dump = try Self.openDump(of: handle, file, buffer)
        } catch {
            pcap_close(handle)
            buffer.deallocate()
            throw error
        }
        self.handle = handle
        self.file = file
        count = .allocate(capacity: 1)
        count.initialize(to: 0)
    }

    /// A file whose buffer holds many frames: with stdio's own, of a block, there would be a write for each.
    private static func openDump(
        of handle: OpaquePointer, _ file: String, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(CaptureError) -> OpaquePointer {
        guard let output = fopen(file, "we") else {
            throw CaptureError(operation: "write", object: file, reason: "\(Errno.last)")
        }
        setvbuf(output, buffer.baseAddress, _IOFBF, buffer.count)
        guard let dump = pcap_dump_fopen(handle, output) else {
            fclose(output)
            throw CaptureError(operation: "write", object: file, reason: CaptureError.last(of: handle))
        }
        return dump
    }

    deinit {
        pcap_dump_close(dump)
        buffer.deallocate()
        pcap_close(handle)
        count.deallocate()
    }

    /// Frames written so far.
    var packets: Int64 { count.pointee }

    /// Waits until the kernel hands over a block of frames; true where the other descriptor can be read first.
    func awaitFrames(or other: Int32) throws(Errno) -> Bool {
        try Poll.readable([other, pcap_get_selectable_fd(handle)], untilMonotonic: nil)[0]
    }

    /// Writes all frames that the kernel has ready. Corresponds to `pcap_dispatch` with `pcap_dump`.
    func drain() throws(CaptureError) {
        while true {
            let frames = pcap_dispatch(
                handle, -1, { dump, header, bytes in pcap_dump(dump, header, bytes) },
                UnsafeMutableRawPointer(dump).assumingMemoryBound(to: UInt8.self))
            if frames < 0 {
                throw CaptureError(operation: "capture for", object: file, reason: CaptureError.last(of: handle))
            }
            if frames == 0 { return }
            count.pointee += Int64(frames)
        }
    }

    /// Corresponds to `pcap_dump_flush`.
    func flush() throws(CaptureError) {
        guard pcap_dump_flush(dump) == 0 else {
            throw CaptureError(operation: "write", object: file, reason: "\(Errno.last)")
        }
    }

    /// Frames that did not get into the file. Corresponds to `pcap_stats`.
    func drops() -> (kernel: Int64, interface: Int64) {
        var statistics = pcap_stat()
        guard pcap_stats(handle, &statistics) == 0 else { return (0, 0) }
        return (Int64(statistics.ps_drop), Int64(statistics.ps_ifdrop))
    }
}
