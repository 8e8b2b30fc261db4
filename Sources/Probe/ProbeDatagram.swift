internal import LabModel

/// The head of a probe's datagram: a mark, a number and the time of sending, 8 bytes each in network byte order; what
/// follows is filling.
struct ProbeDatagram: Hashable, Sendable {
    /// The head's size; a datagram is no smaller.
    static let size = 24

    private static let mark: UInt64 = 0x6e65_746c_6162_2e70  // "netlab.p"

    var number: Int64
    var sent: Timestamp

    init(number: Int64, sent: Timestamp) {
        self.number = number
        self.sent = sent
    }

    /// The head of a datagram; nil where it is not one of a probe's, or the number is none that a probe sends.
    init?(_ bytes: UnsafeRawBufferPointer, numbersBelow limit: Int64) {
        guard bytes.count >= Self.size, Self.word(0, of: bytes) == Self.mark,
            let number = Int64(exactly: Self.word(1, of: bytes)), number < limit
        else { return nil }
        self.number = number
        sent = Timestamp(nanoseconds: Int64(bitPattern: Self.word(2, of: bytes)))
    }

    /// The datagram, filled up to `count` bytes.
    func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(count, Self.size))
        let words = [Self.mark, UInt64(number), UInt64(bitPattern: sent.nanoseconds)]
        bytes.withUnsafeMutableBytes { buffer in
            for (index, word) in words.enumerated() {
                buffer.storeBytes(of: word.bigEndian, toByteOffset: index * 8, as: UInt64.self)
            }
        }
        return bytes
    }

    private static func word(_ index: Int, of bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
}
