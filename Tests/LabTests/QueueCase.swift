import LabModel
import Testing

/// One queue of each discipline, and most of them with everything changed.
struct QueueCase: CustomTestStringConvertible, Sendable {
    let queue: QueueDiscipline
    let testDescription: String

    init(_ queue: QueueDiscipline, _ note: String = "as usual") {
        self.queue = queue
        testDescription = "\(queue.kind) \(note)"
    }

    static let red = RED(
        limit: ByteCount(200_000), min: ByteCount(12_000), max: ByteCount(36_000), burst: 20,
        bandwidth: Rate(bitsPerSecond: 5_000_000))

    static let usual = [
        QueueCase(.codel(CoDel())), QueueCase(.fqCodel(FQCoDel())), QueueCase(.pie(PIE())),
        QueueCase(.fqPie(FQPIE())), QueueCase(.red(red)), QueueCase(.cake(Cake())),
    ]

    private static let codel = CoDel(
        limit: 333, target: .milliseconds(7), interval: .milliseconds(70), ecn: true, ceThreshold: .milliseconds(3))
    private static let pie = PIE(
        limit: 444, target: .milliseconds(20), update: .milliseconds(30), alpha: 3, beta: 15, ecn: true, byteMode: true,
        rateEstimator: true)

    static let changed: [QueueCase] = [
        QueueCase(.codel(codel), "changed"),
        QueueCase(
            .fqCodel(
                FQCoDel(
                    codel: codel, flows: 64, quantum: ByteCount(300), memoryLimit: ByteCount(1_000_000), dropBatch: 8)),
            "changed"),
        QueueCase(.pie(pie), "changed"),
        QueueCase(
            .fqPie(
                FQPIE(
                    pie: pie, flows: 128, quantum: ByteCount(3000), memoryLimit: ByteCount(2_000_000),
                    ecnProbability: Probability(clamping: 0.25))), "changed"),
        QueueCase(
            .red(
                RED(
                    limit: ByteCount(300_000), min: ByteCount(20_000), max: ByteCount(90_000), burst: 40,
                    bandwidth: Rate(bitsPerSecond: 2_000_000), probability: Probability(clamping: 0.1),
                    averagePacket: ByteCount(1400), ecn: true, hardDrop: true)), "changed"),
        QueueCase(
            .cake(
                Cake(
                    rtt: .milliseconds(40), diffserv: .diffserv4, isolation: .dualSource, overhead: 18, mpu: 64,
                    framing: .ptm, ackFilter: .aggressive, wash: true, ingress: true, splitGSO: false,
                    memoryLimit: ByteCount(1_000_000))), "changed"),
        QueueCase(.cake(Cake(diffserv: .besteffort, isolation: .flowblind, framing: .atm)), "over ATM"),
    ]
}
