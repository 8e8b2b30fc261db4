internal import CPcap
internal import Glibc
internal import LinuxKit

/// A regular file, mapped piece by piece, so that memory does not grow with it.
struct FileWindow: ~Copyable {
    /// The file's length when it was opened.
    let size: Int
    private let descriptor: FileDescriptor
    private var base: UnsafeMutableRawPointer?
    private var start = 0
    private var length = 0

    private static let pieceSize = 16 << 20

    /// `nil` for what cannot be opened or is no regular file.
    init?(path: String) {
        guard File.kind(path) == .regular, let size = try? File.size(path),
            let descriptor = try? FileDescriptor.open(path)
        else { return nil }
        self.size = Int(size)
        self.descriptor = descriptor
    }

    deinit {
        if let base { munmap(base, length) }
    }

    /// The bytes from `offset` on, valid until the next call; `nil` where the file has not that many.
    mutating func bytes(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, offset <= size - count else { return nil }
        if offset < start || offset + count > start + length { move(to: offset) }
        guard let base, offset >= start, offset + count <= start + length else { return nil }
        return UnsafeRawBufferPointer(start: base + (offset - start), count: count)
    }

    /// Begins to fetch memory that will be asked for soon.
    func prefetch(at offset: Int) {
        guard let base, offset >= start, offset < start + length else { return }
        cpcap_prefetch(base + (offset - start))
    }

    /// Maps the piece that begins with `offset`. Corresponds to `mmap(MAP_PRIVATE)`.
    private mutating func move(to offset: Int) {
        if let base { munmap(base, length) }
        start = offset & ~0xffff
        length = min(Self.pieceSize, size - start)
        let mapped = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor.raw, start)
        base = mapped == MAP_FAILED ? nil : mapped
        if let base { madvise(base, length, MADV_SEQUENTIAL) } else { length = 0 }
    }
}
