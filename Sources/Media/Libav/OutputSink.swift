internal import CAV

/// What a muxer writes to instead of a file or a socket: every write is handed on, in the pieces that the muxer makes.
final class OutputSink {
    let raw: UnsafeMutablePointer<AVIOContext>
    private let take: (UnsafeBufferPointer<UInt8>) -> Void

    /// - Parameters:
    ///   - size: of the largest piece, in bytes.
    ///   - isPackets: each piece is a packet of its own; else pieces are as large as `size` allows.
    init(size: Int, isPackets: Bool, take: @escaping (UnsafeBufferPointer<UInt8>) -> Void) throws(AVFailure) {
        self.take = take
        guard let buffer = av_malloc(size) else { throw .outOfMemory }
        let raw = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Int32(size), 1, nil, nil,
            { owner, bytes, count in
                guard let owner, let bytes else { return count }
                Unmanaged<OutputSink>.fromOpaque(owner).takeUnretainedValue()
                    .take(UnsafeBufferPointer(start: bytes, count: Int(count)))
                return count
            }, nil)
        guard let raw else {
            av_free(buffer)
            throw .outOfMemory
        }
        self.raw = raw
        raw.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
        if isPackets { raw.pointee.max_packet_size = Int32(size) }
    }

    deinit {
        av_freep(&raw.pointee.buffer)
        var raw: UnsafeMutablePointer<AVIOContext>? = raw
        avio_context_free(&raw)
    }
}
