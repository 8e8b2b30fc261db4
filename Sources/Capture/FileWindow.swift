internal import Glibc
internal import LinuxKit

/// A regular file, read piece by piece into one buffer, so that memory does not grow with it.
///
/// Reading beats mapping here although it copies: the piece stays in the processor's cache, and there are no page faults.
/// And where another process cuts the file short, a read ends early; a mapping would end this process (SIGBUS).
struct FileWindow: ~Copyable {
    /// The file's length when it was opened.
    let size: Int
    private let descriptor: FileDescriptor
    private let buffer: UnsafeMutableRawBufferPointer
    /// What the buffer holds: `length` bytes of the file from `start` on.
    private var start = 0
    private var length = 0

    /// Small enough for the cache, more than the longest frame with its header.
    private static let pieceSize = 512 << 10
    private static let pageSize = 4096

    /// `nil` for what cannot be opened or is no regular file.
    init?(path: String) {
        guard File.kind(path) == .regular, let size = try? File.size(path),
            let descriptor = try? FileDescriptor.open(path)
        else { return nil }
        self.size = Int(size)
        self.descriptor = descriptor
        buffer = .allocate(byteCount: Self.pieceSize, alignment: Self.pageSize)
        // The kernel then reads further ahead; it is advice, so nothing is lost where it is refused.
        _ = posix_fadvise(self.descriptor.raw, 0, 0, Int32(POSIX_FADV_SEQUENTIAL))
    }

    deinit {
        buffer.deallocate()
    }

    /// The bytes from `offset` on, valid until the next call; `nil` where the file has not, or no longer, that many.
    mutating func bytes(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, offset <= size - count else { return nil }
        if offset < start || offset + count > start + length { move(to: offset) }
        guard offset >= start, offset + count <= start + length else { return nil }
        return UnsafeRawBufferPointer(rebasing: buffer[offset - start..<offset - start + count])
    }

    /// Reads the piece that holds `offset`, from the beginning of its page: whole pages are copied faster.
    private mutating func move(to offset: Int) {
        start = offset & ~(Self.pageSize - 1)
        length = 0
        let wanted = min(Self.pieceSize, size - start)
        while length < wanted {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[length..<wanted])
            guard let count = try? descriptor.read(into: rest, at: start + length), count > 0 else { return }
            length += count
        }
    }
}
