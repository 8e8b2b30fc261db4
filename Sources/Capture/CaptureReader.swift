internal import CPcap
package import LabModel

/// A capture file, pcap or pcapng, read frame by frame with nanosecond times; a damaged one gives what comes before.
package final class CaptureReader: FrameSource {
    package let path: String
    package private(set) var damage: String?
    private let handle: OpaquePointer
    private let link: LinkLayer
    private var frames: Int64 = 0

    /// Opens a file. Corresponds to `pcap_open_offline_with_tstamp_precision`.
    package init(path: String) throws(CaptureError) {
        var reason = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let opened = pcap_open_offline_with_tstamp_precision(path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &reason)
        guard let handle = opened else {
            throw CaptureError(operation: "read", object: path, reason: CaptureError.text(reason))
        }
        self.path = path
        self.handle = handle
        link = LinkLayer(dataLink: pcap_datalink(handle))
    }

    deinit {
        pcap_close(handle)
    }

    /// Corresponds to `pcap_next_ex`.
    package func next() -> CapturedFrame? {
        guard damage == nil else { return nil }
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var bytes: UnsafePointer<UInt8>?
        let outcome = pcap_next_ex(handle, &header, &bytes)
        guard outcome == 1, let header else {
            if outcome == PCAP_ERROR {
                damage = "after frame \(frames): \(CaptureError.last(of: handle))"
            }
            return nil
        }
        frames += 1
        return CapturedFrame(
            time: Timestamp(capture: header.pointee.ts), length: Int(header.pointee.len), link: link,
            bytes: UnsafeRawBufferPointer(start: bytes, count: Int(header.pointee.caplen)))
    }
}

extension Timestamp {
    /// The time of a captured frame; one that no clock shows, as a damaged file may hold, becomes the nearest possible.
    fileprivate init(capture time: timeval) {
        let seconds = min(max(Int64(time.tv_sec), 0), 0xffff_ffff)
        // With nanosecond precision libpcap puts nanoseconds where the microseconds stand.
        self.init(nanoseconds: seconds * 1_000_000_000 + min(max(Int64(time.tv_usec), 0), 999_999_999))
    }
}
