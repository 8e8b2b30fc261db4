import LabModel

/// The keys of `cake`, as tc-cake(8) has them; what it says by a word alone has a key here.
enum CakeKeys {
    static let rtt = Key("rtt", .time(from: 1e-5, to: 60), "The round trip it is made for; 100ms when left out.")
    static let diffserv = Key("diffserv", ValueKind<Cake.Diffserv>.choice(), "How classes of service are told apart.")
    static let isolation = Key("isolation", ValueKind<Cake.Isolation>.choice(), "Among whom the rate is shared.")
    static let overhead = Key(
        "overhead", .size(from: 0, to: 256), "Counted on top of a packet's IP length; Ethernet's 14 when left out.")
    static let mpu = Key("mpu", .size(from: 0, to: 256), "Counted for a packet at least; 0B when left out.")
    static let framing = Key("framing", ValueKind<Cake.Framing>.choice(), "How the link packs bytes.")
    static let ackFilter = Key("ack-filter", ValueKind<Cake.AckFilter>.choice(), "Acknowledgements that make way.")
    static let wash = Key("wash", .yesOrNo, "Clear the class of service; off when left out.")
    static let ingress = Key("ingress", .yesOrNo, "Dropped packets use up the rate too; off when left out.")
    static let splitGSO = Key("split-gso", .yesOrNo, "Split aggregated packets; on when left out.")
    static let memoryLimit = Key("memlimit", .size(from: 4096, to: 4_294_967_295), "Memory for all packets.")

    static let shape = MappingShape(
        [rtt, diffserv, isolation, overhead, mpu, framing, ackFilter, wash, ingress, splitGSO, memoryLimit],
        notes: [
            "bandwidth": .explained(message: "cake's bandwidth is the direction's rate", hint: "write it as 'rate'"),
            "rate": .explained(message: "cake's rate is the direction's", hint: "write it beside 'queue'"),
            "limit": .called("memlimit"), "interval": .called("rtt"), "ack_filter": .called("ack-filter"),
            "split_gso": .called("split-gso"),
            "target": .explained(message: "cake's target is a twentieth of its rtt", hint: "write 'rtt'"),
            "ecn": .explained(message: "cake always marks what can be marked", hint: "leave it out"),
            "nat": .explained(message: "no address is translated in a lab", hint: "leave 'nat' out"),
            "autorate-ingress": .explained(
                message: "the rate is what the scenario asks for", hint: "change it on the timeline"),
        ])
}

extension ValueKind where Value == QueueDraft {
    static let cake = ValueKind(shape: .mapping(CakeKeys.shape)) { item in
        Fields(item, CakeKeys.shape).map { fields in
            var cake = Cake()
            cake.rtt = fields(CakeKeys.rtt) ?? cake.rtt
            cake.diffserv = fields(CakeKeys.diffserv) ?? cake.diffserv
            cake.isolation = fields(CakeKeys.isolation) ?? cake.isolation
            cake.overhead = fields(CakeKeys.overhead).map { Int($0.bytes) }
            cake.mpu = fields(CakeKeys.mpu).map { Int($0.bytes) } ?? cake.mpu
            cake.framing = fields(CakeKeys.framing) ?? cake.framing
            cake.ackFilter = fields(CakeKeys.ackFilter) ?? cake.ackFilter
            cake.wash = fields(CakeKeys.wash) ?? cake.wash
            cake.ingress = fields(CakeKeys.ingress) ?? cake.ingress
            cake.splitGSO = fields(CakeKeys.splitGSO) ?? cake.splitGSO
            cake.memoryLimit = fields(CakeKeys.memoryLimit)
            return QueueDraft { [cake] _ in .cake(cake) }
        }
    }
}
