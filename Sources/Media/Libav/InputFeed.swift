internal import CAV

/// What a demuxer reads from instead of a file or a socket.
final class InputFeed {
    let raw: UnsafeMutablePointer<AVIOContext>
    private let next: (UnsafeMutableBufferPointer<UInt8>) -> Int

    /// - Parameter next: puts the next bytes into the buffer and says how many; 0 at the end.
    init(size: Int, next: @escaping (UnsafeMutableBufferPointer<UInt8>) -> Int) throws(AVFailure) {
        self.next = next
        guard let buffer = av_malloc(size) else { throw .outOfMemory }
        let raw = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Int32(size), 0, nil,
            { owner, target, size in
                guard let owner, let target else { return cav_end }
                let count = Unmanaged<InputFeed>.fromOpaque(owner).takeUnretainedValue()
                    .next(UnsafeMutableBufferPointer(start: target, count: Int(size)))
                return count > 0 ? Int32(count) : cav_end
            }, nil, nil)
        guard let raw else {
            av_free(buffer)
            throw .outOfMemory
        }
        self.raw = raw
        raw.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
        raw.pointee.seekable = 0
    }

    deinit {
        av_freep(&raw.pointee.buffer)
        var raw: UnsafeMutablePointer<AVIOContext>? = raw
        avio_context_free(&raw)
    }
}
