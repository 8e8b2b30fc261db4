internal import CAV

/// What a demuxer reads from instead of a file or a socket.
final class InputFeed {
    let raw: UnsafeMutablePointer<AVIOContext>
    private let next: (UnsafeMutableBufferPointer<UInt8>) -> Int

    /// What a demuxer is told where `next` has nothing.
    private let nothing: Int32

    /// - Parameters:
    ///   - isPackets: each piece is a packet of its own, and where there is none now, more may come; else the pieces are
    ///     one stream, which ends there.
    ///   - next: puts the next bytes into the buffer and says how many; 0 where there are none.
    init(
        size: Int, isPackets: Bool, next: @escaping (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) throws(AVFailure) {
        self.next = next
        nothing = isPackets ? cav_again : cav_end
        guard let buffer = av_malloc(size) else { throw .outOfMemory }
        // Packets want it open for writing too: only then does libavio hand each through as it is, and the receiver
        // reports that a demuxer makes need somewhere to go. netlab sends its own, so these end here.
        let raw = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Int32(size), isPackets ? 1 : 0, nil,
            { owner, target, size in
                guard let owner, let target else { return cav_end }
                let feed = Unmanaged<InputFeed>.fromOpaque(owner).takeUnretainedValue()
                let count = feed.next(UnsafeMutableBufferPointer(start: target, count: Int(size)))
                return count > 0 ? Int32(count) : feed.nothing
            }, isPackets ? { _, _, size in size } : nil, nil)
        guard let raw else {
            av_free(buffer)
            throw .outOfMemory
        }
        self.raw = raw
        raw.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
        raw.pointee.seekable = 0
    }

    /// One stream of bytes out of pieces of any size.
    ///
    /// - Parameter next: the next piece; nil at the end.
    static func joining(_ next: @escaping () -> [UInt8]?) throws(AVFailure) -> InputFeed {
        var rest: ArraySlice<UInt8> = []
        return try InputFeed(size: 1 << 15, isPackets: false) { buffer in
            if rest.isEmpty {
                guard let piece = next() else { return 0 }
                rest = piece[...]
            }
            let count = min(rest.count, buffer.count)
            _ = buffer.update(fromContentsOf: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }

    deinit {
        av_freep(&raw.pointee.buffer)
        var raw: UnsafeMutablePointer<AVIOContext>? = raw
        avio_context_free(&raw)
    }
}
