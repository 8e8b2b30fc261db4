internal import CAV
internal import LabModel

/// libavformat's RTMP client (Adobe's Real Time Messaging Protocol 1.0), publishing what it is given as FLV.
final class RTMPPublication {
    private let raw: UnsafeMutablePointer<AVIOContext>
    private let interruption: Interruption

    /// Connects and returns when the server takes the stream.
    init(to url: String, until isDue: @escaping () -> Bool) throws(AVFailure) {
        let interruption = Interruption(when: isDue)
        var callback = interruption.callback
        // A frame's end must not wait for an acknowledgement of its beginning.
        var options = Options(["tcp_nodelay": "1"])
        var raw: UnsafeMutablePointer<AVIOContext>?
        try AVFailure.check(avio_open2(&raw, url, AVIO_FLAG_WRITE, &callback, &options.raw))
        guard let raw else { throw .outOfMemory }
        self.raw = raw
        self.interruption = interruption
    }

    /// Says that the stream has ended, where the server still listens.
    deinit {
        avio_close(raw)
    }

    /// Returns when the kernel has all of it.
    func write(_ bytes: [UInt8]) throws(AVFailure) {
        avio_write(raw, bytes, Int32(bytes.count))
        avio_flush(raw)
        try AVFailure.check(raw.pointee.error)
    }
}
