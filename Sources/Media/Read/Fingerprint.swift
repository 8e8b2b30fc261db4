internal import CAV

/// A hash of bytes by which what was once worked out from them is found again: MurmurHash3 of 128 bits, as libavutil
/// has it. It keeps apart what differs by chance; nobody's safety hangs on it.
struct Fingerprint: ~Copyable {
    private let raw: OpaquePointer

    init() throws(AVFailure) {
        guard let raw = av_murmur3_alloc() else { throw .outOfMemory }
        av_murmur3_init(raw)
        self.raw = raw
    }

    deinit { av_free(UnsafeMutableRawPointer(raw)) }

    func add(_ bytes: [UInt8]) { av_murmur3_update(raw, bytes, bytes.count) }

    /// The text's bytes and a zero, so that what follows cannot be taken for a part of it.
    func add(_ text: String) { add(Array(text.utf8) + [0]) }

    func add(_ numbers: [Int64]) {
        numbers.withUnsafeBytes { av_murmur3_update(raw, $0.baseAddress, $0.count) }
    }

    /// The hash of all that was added, as 32 hexadecimal digits.
    consuming func text() -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        av_murmur3_final(raw, &digest)
        return Hexadecimal.text(digest)
    }
}
