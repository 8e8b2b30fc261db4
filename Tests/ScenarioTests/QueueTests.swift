import LabModel
import Testing

@testable import Scenario

@Suite("Queues")
struct QueueTests {
    private func queue(_ text: String, rate: String = "10mbit") -> QueueDiscipline? {
        load("link: {downlink: {rate: \(rate), queue: \(text)}}").plan?.impairment(of: .downlink).queue
    }

    @Test(
        "are what tc makes of a word alone",
        arguments: [
            ("codel", QueueDiscipline.codel(CoDel(limit: 1000, ecn: false))),
            ("fq_codel", .fqCodel(FQCoDel(codel: CoDel(limit: 10240, ecn: true)))), ("pie", .pie(PIE())),
            ("{fq_pie: {}}", .fqPie(FQPIE())), ("cake", .cake(Cake())), ("100ms", .time(.milliseconds(100))),
            ("{bfifo: {limit: 64kB}}", .bytes(ByteCount(64000))), ("{pfifo: {limit: 50packets}}", .packets(50)),
        ])
    func defaults(_ text: String, _ expected: QueueDiscipline) {
        #expect(queue(text) == expected)
    }

    @Test("take every parameter")
    func parameters() {
        #expect(
            queue(
                "{fq_codel: {limit: 500packets, target: 2ms, interval: 50ms, flows: 16, quantum: 3000B, ecn: false, "
                    + "ce_threshold: 1ms, memory_limit: 1MB, drop_batch: 4}}")
                == .fqCodel(
                    FQCoDel(
                        codel: CoDel(
                            limit: 500, target: .milliseconds(2), interval: .milliseconds(50), ecn: false,
                            ceThreshold: .milliseconds(1)), flows: 16, quantum: ByteCount(3000),
                        memoryLimit: ByteCount(1_000_000), dropBatch: 4)))
        #expect(
            queue("{cake: {overhead: 18B, mpu: 64B, framing: ptm, isolation: dual-srchost, diffserv: besteffort}}")
                == .cake(Cake(diffserv: .besteffort, isolation: .dualSource, overhead: 18, mpu: 64, framing: .ptm)))
    }

    /// 100 ms of 10 Mbit/s are 125 000 bytes, or 82.6 frames of 1514.
    @Test("turn a time or a size into packets of 1514 bytes, rounded up")
    func limits() {
        #expect(queue("{codel: {limit: 100ms}}") == .codel(CoDel(limit: 83)))
        #expect(queue("{pie: {limit: 3kB}}") == .pie(PIE(limit: 2)))
        #expect(queue("{codel: {limit: 1ms}}", rate: "1mbit") == .codel(CoDel(limit: 1)))
    }

    /// 400 ms of 10 Mbit/s are 500 kB; a quarter is 125 kB, a third of that 41.7 kB, and (2 min + max) / 3000 is 69.
    @Test("give red tc's thresholds")
    func red() {
        #expect(
            queue("red")
                == .red(
                    RED(
                        limit: ByteCount(500_000), min: ByteCount(41_666), max: ByteCount(125_000), burst: 69,
                        bandwidth: Rate(bitsPerSecond: 10_000_000))))
        guard case .red(let red)? = queue("{red: {min: 10ms, ecn: true}}") else { return #expect(Bool(false)) }
        #expect(red.min == ByteCount(12_500))
        #expect(red.max == ByteCount(37_500))
        #expect(red.ecn)
    }

    @Test("keep their limit when the rate changes, and change where the kernel can")
    func timeline() {
        let plan = load(
            """
            link: {downlink: {rate: 10mbit, queue: {codel: {limit: 100ms}}}, uplink: {rate: 10mbit, queue: 50ms}}
            timeline:
              - {at: 5s, both: {rate: 1mbit}}
              - {at: 6s, downlink: {queue: {codel: {limit: 100ms, target: 9ms}}}}
            """
        ).plan
        #expect(plan?.impairment(of: .downlink, at: .seconds(5)).queue == .codel(CoDel(limit: 83)))
        #expect(plan?.impairment(of: .uplink, at: .seconds(5)).queue == .time(.milliseconds(50)))
        #expect(
            plan?.impairment(of: .downlink, at: .seconds(6)).queue
                == .codel(CoDel(limit: 9, target: .milliseconds(9))))
    }

    @Test(
        "refuse what cannot be, at its place",
        arguments: [
            ("codel: {target: 100ms, interval: 50ms}", 57, "target 100ms is not less than the interval of 50ms"),
            ("codel: {target: 100ms}", 57, "target 100ms is not less than the interval of 100ms"),
            ("codel: {target: 1us}", 57, "target 1us is less than 2us"),
            ("codel: {limit: 0packets}", 56, "limit 0packets is less than 1 packets"),
            ("codel: {limit: 1000}", 56, "limit 1000 has no unit"),
            ("fq_codel: {quantum: 200B}", 61, "quantum 200B is less than 256B"),
            ("fq_codel: {flows: 70000}", 59, "flows must be a whole number from 1 to 65536, not '70000'"),
            ("pie: {alpha: 33}", 54, "alpha must be a whole number from 0 to 32, not '33'"),
            ("pie: {tupdate: 10us}", 56, "tupdate 10us is less than 1ms"),
            ("fq_pie: {ecn_prob: 12.5%}", 60, "ecn_prob must be a whole percentage"),
            ("red: {min: 30kB, max: 20kB}", 52, "min 30kB is not less than max 20kB"),
            ("red: {min: 20kB, max: 20kB}", 52, "min 20kB is not less than max 20kB"),
            ("red: {limit: 20kB, max: 30kB}", 65, "max 30kB is more than the limit of 20kB"),
            ("red: {limit: 4kB}", 54, "min 333B is less than a packet of 1514 bytes"),
            ("red: {min: 20kB, max: 60kB, burst: 5}", 76, "burst 5 is too small for min 20kB"),
            ("red: {probability: 0%}", 60, "probability 0% drops nothing below max"),
            ("cake: {overhead: 300B}", 58, "overhead 300B is more than 256B"),
            ("cake: {bandwidth: 5mbit}", 48, "cake's bandwidth is the direction's rate"),
            ("cake: {nat: true}", 48, "no address is translated in a lab"),
            ("pfifo: {limit: 100ms}", 56, "pfifo counts packets"),
            ("bfifo: {limit: 9packets}", 56, "bfifo counts bytes"), ("bfifo: {}", 48, "bfifo has no 'limit'"),
            ("fq-codel: {}", 41, "unknown key 'fq-codel' in queue"),
            ("codel: {}, pie: {}", 40, "queue has 2 disciplines"), ("", 40, "queue has no discipline"),
            ("codel: {ecn: maybe}", 54, "ecn cannot be 'maybe'"),
        ])
    func mistakes(_ text: String, _ column: Int, _ message: String) {
        let mistakes = load("link: {downlink: {rate: 10mbit, queue: {\(text)}}}").mistakes
        #expect(mistakes.contains("x.yaml:1:\(column): error: \(message)"), "\(mistakes)")
    }

    @Test(
        "refuse a change that would lose what is queued",
        arguments: [
            ("codel", "pie", "a timeline cannot replace codel by pie: what is queued would be lost"),
            ("100ms", "codel", "a timeline cannot replace bfifo by codel: what is queued would be lost"),
            ("fq_codel", "{fq_codel: {flows: 7}}", "a timeline cannot change how many flows fq_codel has"),
            ("red", "{red: {ecn: true}}", "a timeline cannot change red: the kernel would drop what is queued"),
            (
                "100ms", "9packets",
                "a timeline cannot change a queue between bytes and packets: what is queued would be lost"
            ),
        ])
    func changes(_ before: String, _ after: String, _ message: String) {
        let mistakes = load(
            """
            link: {downlink: {rate: 10mbit, queue: \(before)}}
            timeline: [{at: 5s, downlink: {queue: \(after)}}]
            """
        ).mistakes
        #expect(mistakes.contains("x.yaml:2:39: error: \(message)"), "\(mistakes)")
    }

    @Test("warn of what is allowed and seldom meant")
    func warnings() {
        #expect(
            load("link: {downlink: {rate: 1mbit, queue: {fq_codel: {quantum: 300B}}}}").warnings.contains("quantum"))
        #expect(load("link: {downlink: {queue: codel}}").warnings.contains("queue does nothing without a rate"))
        #expect(load("link: {downlink: {rate: 1mbit, shaper: htb, queue: cake}}").mistakes.contains("keeps the rate"))
    }
}
