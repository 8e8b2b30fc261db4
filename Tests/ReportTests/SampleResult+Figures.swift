import LabModel

extension SampleResult {
    static func readback(_ direction: Direction) -> LinkReadback {
        let netem = QdiscState(
            interface: direction == .downlink ? "port-r" : "port-s", kind: "netem", handle: "1:", parent: "root",
            parameters: [
                .init(name: "delay", value: 0.02, quantity: .time), .init(name: "loss", value: 0.001, quantity: .ratio),
            ], counters: .init(bytes: 9_870_000, packets: 9118, drops: 9))
        let tbf = QdiscState(
            interface: direction == .downlink ? "mid-s" : "mid-r", kind: "tbf", handle: "10:", parent: "1:1",
            parameters: [
                .init(name: "rate", value: 1e7, quantity: .rate), .init(name: "burst", value: 3028, quantity: .size),
            ], counters: .init(bytes: 9_970_000, packets: 9318, drops: 191, backlogBytes: 24_000))
        let filter = FilterState(
            role: .every, command: "tc filter add dev port-r parent 4: bpf bytecode '1,6 0 0 0' action drop",
            packets: 4242, drops: 42)
        let queue = QueueDiscipline.bytes(ByteCount(125_000))
        let applied = Impairment(rate: Rate(bitsPerSecond: 10_000_000), queue: queue, delay: .milliseconds(20))
        return LinkReadback(
            direction: direction, applied: applied, seeded: true, qdiscs: [tbf, netem], filters: [filter],
            burst: ByteCount(3028))
    }

    static var proofs: [LinkProof] {
        proofs(0, 10, rate: (10e6, 9.98e6, -0.002), loss: (0.0012, 0.0006, 0.0021), delay: 0.0201)
            + proofs(10, 20, rate: (2e6, 1.999e6, -0.0005), loss: (0.0009, 0.0002, 0.0024), delay: 0.0203)
            + proofs(20, 30, rate: (10e6, nil, nil), loss: (0.0010, 0.0005, 0.0019), delay: 0.0201)
            + [uplinkDelay]
    }

    private static var uplinkDelay: LinkProof {
        var proof = LinkProof(
            direction: .uplink, property: .delay, from: .zero, to: .seconds(30), quantity: .time, judgement: .confirmed,
            witness: "captures")
        (proof.asked, proof.applied, proof.measured, proof.error) = (0.02, 0.02, 0.0202, 0.0002)
        return proof
    }

    private static func proofs(
        _ from: Double, _ to: Double, rate: (Double, Double?, Double?), loss: (Double, Double, Double), delay: Double
    ) -> [LinkProof] {
        func proof(_ property: LinkProof.Property, _ quantity: Quantity, _ witness: String) -> LinkProof {
            LinkProof(
                direction: .downlink, property: property, from: .seconds(from), to: .seconds(to), quantity: quantity,
                judgement: .confirmed, witness: witness)
        }
        var speed = proof(.rate, .rate, rate.1 == nil ? "nothing" : "captures")
        (speed.asked, speed.applied, speed.measured, speed.error) = (rate.0, rate.0, rate.1, rate.2)
        speed.tolerance = 0.01
        if rate.1 == nil {
            speed.judgement = .unmeasured
            speed.note = "the bottleneck was never busy for as long as a second"
        } else {
            (speed.low, speed.high) = (rate.0 * 0.996, rate.0 * 1.001)
        }
        var wait = proof(.delay, .time, "captures")
        (wait.asked, wait.applied, wait.measured, wait.error) = (0.02, 0.02, delay, 0.0001)
        wait.tolerance = 0.0005
        var spread = proof(.jitter, .time, "captures")
        (spread.asked, spread.applied, spread.measured, spread.predicted) = (0.002, 0.002, 0.00172, 0.00169)
        (spread.error, spread.note) = (0.00003, "kept in order, so what happens is the envelope")
        var losses = proof(.loss, .ratio, "captures")
        (losses.asked, losses.applied, losses.measured) = (0.001, 0.000999, loss.0)
        (losses.low, losses.high, losses.error) = (loss.1, loss.2, loss.0 - 0.001)
        var queue = proof(.queue, .time, "qdisc counters")
        (queue.asked, queue.applied, queue.measured, queue.error) = (0.1, 0.1, from == 10 ? 0.0994 : nil, -0.0006)
        if from != 10 { (queue.judgement, queue.error, queue.note) = (.unmeasured, nil, "it was never full") }
        var order = proof(.order, .count, "captures")
        (order.asked, order.measured, order.error) = (0, 0, 0)
        return [speed, wait, spread, losses, queue, order]
    }

    static var downlink: LinkReport {
        var link = LinkReport(direction: .downlink)
        (link.sentPackets, link.deliveredPackets, link.lost) = (9318, 9104, 214)
        (link.sentBytes, link.deliveredBytes) = (ByteCount(10_120_400), ByteCount(9_884_200))
        (link.queueDrops, link.pathDrops) = (205, 9)
        link.delay = distribution(0.0213, 0.1182, 0.1227)
        link.delayError = distribution(0.00004, 0.00021, 0.0009)
        link.lossRuns = [120, 22, 8, 2, 0, 0, 1, 0, 0, 1]
        link.busyRate = Rate(bitsPerSecond: 1_999_000)
        return link
    }

    static var uplink: LinkReport {
        var link = LinkReport(direction: .uplink)
        (link.sentPackets, link.deliveredPackets) = (14, 14)
        (link.sentBytes, link.deliveredBytes) = (ByteCount(1316), ByteCount(1316))
        (link.queueDrops, link.pathDrops) = (0, 0)
        link.delay = distribution(0.0202, 0.0221, 0.0222)
        return link
    }

    static var video: RTPStreamReport {
        var stream = RTPStreamReport(
            ssrc: 0x1a2b_3c4d, source: "10.77.0.1:5004", destination: "10.77.0.2:5004", first: start)
        stream.payload = payload
        (stream.payloadTypes, stream.stream, stream.codec, stream.clockRate) = ([96], .video, "h264", 90_000)
        stream.last = start + .seconds(29.97)
        (stream.packets, stream.bytes, stream.expected, stream.missing) = (7694, ByteCount(8_941_002), 7902, 208)
        (stream.firstSequence, stream.highestSequence, stream.lostRFC3550) = (4711, 12612, 208)
        (stream.meanJitter, stream.maximumJitter, stream.maximumGap) = (
            .milliseconds(3.4), .milliseconds(11.2), .milliseconds(151)
        )
        (stream.rate, stream.lossRuns, stream.markers) = (
            Rate(bitsPerSecond: 2_386_000), [117, 21, 8, 2, 0, 0, 1], 894
        )
        return stream
    }

    static var audio: RTPStreamReport {
        var stream = RTPStreamReport(
            ssrc: 0x5e6f_7788, source: "10.77.0.1:5006", destination: "10.77.0.2:5006", first: start)
        (stream.payloadTypes, stream.stream, stream.codec, stream.clockRate) = ([97], .audio, "aac", 48_000)
        stream.last = start + .seconds(29.98)
        (stream.packets, stream.bytes, stream.expected, stream.missing) = (1400, ByteCount(498_000), 1406, 6)
        (stream.firstSequence, stream.highestSequence, stream.lostRFC3550) = (100, 1505, 6)
        (stream.meanJitter, stream.maximumJitter, stream.maximumGap) = (
            .milliseconds(1.9), .milliseconds(6.2), .milliseconds(97)
        )
        (stream.rate, stream.lossRuns, stream.markers) = (Rate(bitsPerSecond: 132_900), [6], 1400)
        return stream
    }

    static var receiverReports: [RTCPReport] {
        stride(from: 2.5, to: 30, by: 5).map { time in
            var report = RTCPReport(
                time: start + .seconds(time), kind: .receiverReport, from: 0x99, about: 0x1a2b_3c4d)
            (report.fractionLost, report.cumulativeLost, report.jitter) = (time > 10 && time < 20 ? 0.21 : 0, 208, 306)
            report.highestSequence = 12612
            report.roundTrip = .milliseconds(41.2)
            return report
        }
    }
}
