internal import CNetlink

/// The attributes of a reply, by their type. Of several of one type the last counts.
struct Attributes: Sendable {
    private var values: [Int: [UInt8]] = [:]

    /// Reads attributes up to the first that does not fit. Corresponds to `nla_for_each_attr`.
    init(_ bytes: some Sequence<UInt8>) {
        Array(bytes).withUnsafeBytes { buffer in
            var rest = Int32(buffer.count)
            var next = buffer.baseAddress?.assumingMemoryBound(to: nlattr.self)
            while let current = next, nla_ok(current, rest) != 0 {
                let payload = UnsafeRawBufferPointer(start: nla_data(current), count: Int(nla_len(current)))
                values[Int(nla_type(current))] = Array(payload)
                next = UnsafePointer(nla_next(current, &rest))
            }
        }
    }

    /// The attribute's bytes; `nil` where it is absent.
    func bytes(_ attribute: Int) -> [UInt8]? { values[attribute] }

    /// The attribute as a structure or a number; `nil` where it is absent or shorter.
    func value<Value: BitwiseCopyable>(_ attribute: Int, as type: Value.Type = Value.self) -> Value? {
        values[attribute]?.structure()
    }

    /// The attribute as a text without its closing zero.
    func text(_ attribute: Int) -> String? {
        values[attribute].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The attributes that an attribute holds, behind `offset` bytes of a fixed structure; none where it is absent.
    func nested(_ attribute: Int, behind offset: Int = 0) -> Attributes {
        Attributes((values[attribute] ?? []).dropFirst(offset))
    }
}

extension [UInt8] {
    /// The structure or number at the start; `nil` where there are too few bytes.
    func structure<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) -> Value? {
        guard count >= MemoryLayout<Value>.size else { return nil }
        return withUnsafeBytes { $0.loadUnaligned(as: Value.self) }
    }
}
