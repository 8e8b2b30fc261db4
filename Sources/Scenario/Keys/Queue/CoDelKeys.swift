import LabModel

/// The keys of `codel` and `fq_codel`, as tc-codel(8) and tc-fq_codel(8) have them.
enum CoDelKeys {
    // The kernel keeps microseconds in units of 1024 ns: what is less than two becomes nothing.
    private static let longest = ValueKind<TimeSpan>.time(from: 2e-6, to: 60)

    static let limit = Key("limit", .queueLimit, "What it holds; a time or size counts in packets of 1514 bytes.")
    static let target = Key("target", longest, "The wait that may stand; 5ms when left out.")
    static let interval = Key("interval", longest, "How long it may be longer than that; 100ms when left out.")
    static let ecn = Key("ecn", .yesOrNo, "Mark in place of dropping; codel does not, fq_codel does when left out.")
    static let ceThreshold = Key("ce_threshold", longest, "The wait above which every packet is marked.")
    static let shape = MappingShape([limit, target, interval, ecn, ceThreshold])

    static let dropBatch = Key("drop_batch", .wholeNumber(1...65536), "Dropped at once when it is full; 64.")
    static let fair = MappingShape(
        [limit, target, interval, ecn, ceThreshold] + FairKeys.keys + [dropBatch])
}

/// The keys of all queues in which flows take turns.
enum FairKeys {
    static let flows = Key("flows", .wholeNumber(1...65536), "Queues that flows are hashed into; 1024 when left out.")
    static let quantum = Key("quantum", .size(from: 256, to: 1_048_576), "What a flow sends in a turn; 1514B.")
    static let memoryLimit = Key(
        "memory_limit", .size(from: 4096, to: 2_147_483_648), "Memory for all packets; 32 MiB when left out.")
    static let keys: [any KeyDescription] = [flows, quantum, memoryLimit]

    /// Takes what `fields` say; what they leave out stays.
    static func read(
        _ fields: Fields, _ item: Item, flows: inout Int, quantum: inout ByteCount, memoryLimit: inout ByteCount
    ) {
        flows = fields(Self.flows) ?? flows
        quantum = fields(Self.quantum) ?? quantum
        memoryLimit = fields(Self.memoryLimit) ?? memoryLimit
        check(fields, item)
    }

    /// Less than the kernel's least is an error already; this is allowed, and seldom meant.
    private static func check(_ fields: Fields, _ item: Item) {
        guard let quantum = fields.located(quantum), quantum.value < .largestFrame else { return }
        item.reading.warning(
            "quantum \(UnitText.size(quantum.value)) is less than a packet of \(ByteCount.largestFrame.bytes) bytes",
            at: quantum.mark, hint: "a flow then waits several turns for one large packet")
    }
}

extension CoDel {
    /// What `fields` say over what is usual; the limit is for the rate to tell.
    fileprivate init(_ fields: Fields, usual: CoDel, _ item: Item) {
        self = usual
        target = fields(CoDelKeys.target) ?? usual.target
        interval = fields(CoDelKeys.interval) ?? usual.interval
        ecn = fields(CoDelKeys.ecn) ?? usual.ecn
        ceThreshold = fields(CoDelKeys.ceThreshold)
        guard target >= interval else { return }
        item.reading.error(
            "target \(UnitText.time(target)) is not less than the interval of \(UnitText.time(interval))",
            at: (fields.located(CoDelKeys.target) ?? fields.located(CoDelKeys.interval))?.mark ?? fields.mark,
            hint: "RFC 8289 advises a target of 5% to 10% of the interval")
    }
}

extension ValueKind where Value == QueueDraft {
    static let codel = ValueKind(shape: .mapping(CoDelKeys.shape)) { item in
        Fields(item, CoDelKeys.shape).map { fields in
            let codel = CoDel(fields, usual: CoDel(), item)
            let limit = fields(CoDelKeys.limit)
            return QueueDraft { rate in
                var codel = codel
                codel.limit = limit?.packets(at: rate) ?? codel.limit
                return .codel(codel)
            }
        }
    }

    static let fqCodel = ValueKind(shape: .mapping(CoDelKeys.fair)) { item in
        Fields(item, CoDelKeys.fair).map { fields in
            var queue = FQCoDel()
            queue.codel = CoDel(fields, usual: queue.codel, item)
            FairKeys.read(
                fields, item, flows: &queue.flows, quantum: &queue.quantum, memoryLimit: &queue.memoryLimit)
            queue.dropBatch = fields(CoDelKeys.dropBatch) ?? queue.dropBatch
            let limit = fields(CoDelKeys.limit)
            return QueueDraft { [queue] rate in
                var queue = queue
                queue.codel.limit = limit?.packets(at: rate) ?? queue.codel.limit
                return .fqCodel(queue)
            }
        }
    }
}
