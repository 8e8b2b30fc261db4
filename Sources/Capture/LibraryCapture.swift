internal import CPcap
internal import LabModel

/// A capture file of any format that libpcap reads.
final class LibraryCapture: FrameSource {
    private(set) var damage: String?
    private let handle: OpaquePointer
    private let link: LinkLayer
    private var frames: Int64 = 0

    /// Corresponds to `pcap_open_offline_with_tstamp_precision`.
    init(path: String) throws(CaptureError) {
        var reason = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let opened = pcap_open_offline_with_tstamp_precision(path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &reason)
        guard let handle = opened else {
            throw CaptureError(operation: "read", object: path, reason: CaptureError.text(reason))
        }
        self.handle = handle
        link = LinkLayer(dataLink: pcap_datalink(handle))
    }

    deinit {
        pcap_close(handle)
    }

    /// Corresponds to `pcap_next_ex`.
    func next() -> CapturedFrame? {
        guard damage == nil else { return nil }
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var bytes: UnsafePointer<UInt8>?
        let outcome = pcap_next_ex(handle, &header, &bytes)
        guard outcome == 1, let header else {
            if outcome == PCAP_ERROR { damage = "after frame \(frames): \(CaptureError.last(of: handle))" }
            return nil
        }
        frames += 1
        let time = header.pointee.ts
        return CapturedFrame(
            // With nanosecond precision libpcap puts nanoseconds where the microseconds stand.
            time: Timestamp(captured: Int64(time.tv_sec), nanoseconds: Int64(time.tv_usec)),
            length: Int(header.pointee.len), link: link,
            bytes: UnsafeRawBufferPointer(start: bytes, count: Int(header.pointee.caplen)))
    }
}
