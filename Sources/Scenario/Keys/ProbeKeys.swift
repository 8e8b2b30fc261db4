import LabModel
import YAML

/// The keys of one element of `probes:`.
enum ProbeKeys {
    static let throughput = Key(
        "throughput", ValueKind<ProbePlan.Throughput.Transport>.choice(), "As much as goes through, before the media.")
    static let before = Key("before", .time(from: 0.2, to: 3600), "How long it measures; 5s when left out.")
    static let rate = Key("rate", .rate(), "What a UDP probe offers, Ethernet layer.")
    static let payload = Key(
        "payload", .size(from: 24, to: 1472), "UDP payload of each datagram of a UDP probe; 1200B when left out.")
    static let latency = Key(
        "latency", .time(from: 0.001, to: 60), "From one datagram to the next, while the media plays.")
    static let shape = MappingShape(
        [throughput, before, rate, payload, latency],
        notes: [
            "during": .later, "streams": .later, "direction": .later, "duration": .called("before"),
            "bandwidth": .called("rate"), "ping": .called("latency"),
        ])
}

/// A probe and where it was written.
typealias LocatedProbe = Located<ProbePlan>

extension ValueKind where Value == LocatedProbe {
    static let probe = ValueKind(shape: .mapping(ProbeKeys.shape)) { item in
        guard let fields = Fields(item, ProbeKeys.shape) else { return nil }
        let throughput = fields.located(ProbeKeys.throughput)
        let before = fields.located(ProbeKeys.before)
        let rate = fields.located(ProbeKeys.rate)
        let payload = fields.located(ProbeKeys.payload)
        let latency = fields.located(ProbeKeys.latency)
        switch (item.node["throughput"], item.node["latency"]) {
        case (nil, nil): item.error("a probe is either 'throughput' or 'latency'")
        case (.some, .some): item.error("a probe is either 'throughput' or 'latency'", hint: "write two probes")
        case (.some, nil): return throughput.flatMap { throughputProbe($0, before, rate, payload, item) }
        case (nil, .some):
            for mark in [before?.mark, rate?.mark, payload?.mark].compactMap({ $0 }) {
                item.reading.error("this belongs to a throughput probe", at: mark)
            }
            return latency.map { Located(value: .latency(interval: $0.value), mark: item.node.mark) }
        }
        return nil
    }

    private static func throughputProbe(
        _ transport: Located<ProbePlan.Throughput.Transport>, _ before: Located<TimeSpan>?, _ rate: Located<Rate>?,
        _ payload: Located<ByteCount>?, _ item: Item
    ) -> LocatedProbe? {
        if transport.value == .udp, item.node["rate"] == nil {
            item.error("a udp throughput probe has no 'rate'", hint: "say how much it offers, such as rate: 12mbit")
            return nil
        }
        if transport.value == .tcp, let rate {
            item.reading.error("a tcp throughput probe takes what it gets and has no rate", at: rate.mark)
        }
        if transport.value == .tcp, let payload {
            item.reading.error("tcp has no datagrams whose payload could be chosen", at: payload.mark)
        }
        let plan = ProbePlan.Throughput(
            transport: transport.value, duration: before?.value ?? .seconds(5), offered: rate?.value,
            payload: payload?.value)
        return Located(value: .throughput(plan), mark: item.node.mark)
    }
}
