import LabModel

/// The keys of `pfifo` and `bfifo`.
enum FifoKeys {
    static let limit = Key("limit", .queueLimit, required: true, "What it holds.")
    static let shape = MappingShape([limit])
}

extension ValueKind where Value == QueueDraft {
    static let pfifo = fifo("pfifo counts packets", "write a limit such as 50packets") { limit in
        if case .packets = limit { true } else { false }
    }

    static let bfifo = fifo("bfifo counts bytes", "write a limit such as 100ms or 64kB, or take pfifo") { limit in
        if case .packets = limit { false } else { true }
    }

    private static func fifo(
        _ complaint: String, _ hint: String, fits: @escaping @Sendable (QueueLimit) -> Bool
    ) -> ValueKind {
        ValueKind(shape: .mapping(FifoKeys.shape)) { item in
            guard let limit = Fields(item, FifoKeys.shape)?.located(FifoKeys.limit) else { return nil }
            guard fits(limit.value) else {
                item.reading.error(complaint, at: limit.mark, hint: hint)
                return nil
            }
            return QueueDraft { _ in .fifo(limit.value) }
        }
    }
}
