package import LabModel

/// A capture file, pcap or pcapng, read frame by frame with nanosecond times; a damaged one gives what comes before.
package final class CaptureReader: FrameSource {
    package let path: String
    private let source: any FrameSource

    /// Opens a file: classic ones directly, all others by libpcap.
    package init(path: String) throws(CaptureError) {
        self.path = path
        source = if let mapped = ClassicCapture(path: path) { mapped } else { try LibraryCapture(path: path) }
    }

    package func next() -> CapturedFrame? { source.next() }

    package func forEach(_ body: (CapturedFrame) -> Void) { source.forEach(body) }

    package var damage: String? { source.damage }
}

extension Timestamp {
    /// The time of a captured frame; one that no clock shows, as a damaged file may hold, becomes the nearest possible.
    init(captured seconds: Int64, nanoseconds: Int64) {
        self.init(
            nanoseconds: min(max(seconds, 0), 0xffff_ffff) * 1_000_000_000 + min(max(nanoseconds, 0), 999_999_999))
    }
}
