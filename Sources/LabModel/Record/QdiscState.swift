/// One qdisc or class as the kernel reports it.
package struct QdiscState: Codable, Hashable, Sendable {
    /// The lab's name of the interface, such as `mid-s`.
    package var interface: String
    /// `netem`, `tbf`, `htb`, `bfifo`, ...
    package var kind: String
    /// As `tc` writes it, such as `1:`.
    package var handle: String
    /// As `tc` writes it, or `root`.
    package var parent: String
    /// What the kernel says it does, in `tc`'s words, in the order that `tc` prints it.
    package var parameters: [Parameter]
    /// What the qdisc counts beyond `counters`, under `tc`'s names (`TCA_STATS_APP`); absent where it counts nothing.
    package var statistics: [Parameter]?
    package var counters: Counters

    /// One parameter in base units (seconds, bit/s, bytes, ratio, count).
    package struct Parameter: Codable, Hashable, Sendable {
        package var name: String
        package var value: Double
        package var quantity: Quantity
        /// What `tc` says in place of the number, such as `on` or `diffserv3`.
        package var word: String?

        package init(name: String, value: Double, quantity: Quantity, word: String? = nil) {
            self.name = name
            self.value = value
            self.quantity = quantity
            self.word = word
        }
    }

    /// `TCA_STATS2`, counted since the qdisc was made.
    package struct Counters: Codable, Hashable, Sendable {
        package var bytes: Int64
        package var packets: Int64
        package var drops: Int64
        package var overlimits: Int64
        package var backlogBytes: Int64
        package var backlogPackets: Int64

        package init(
            bytes: Int64 = 0, packets: Int64 = 0, drops: Int64 = 0, overlimits: Int64 = 0, backlogBytes: Int64 = 0,
            backlogPackets: Int64 = 0
        ) {
            self.bytes = bytes
            self.packets = packets
            self.drops = drops
            self.overlimits = overlimits
            self.backlogBytes = backlogBytes
            self.backlogPackets = backlogPackets
        }
    }

    package init(
        interface: String, kind: String, handle: String, parent: String, parameters: [Parameter],
        statistics: [Parameter]? = nil, counters: Counters
    ) {
        self.interface = interface
        self.kind = kind
        self.handle = handle
        self.parent = parent
        self.parameters = parameters
        self.statistics = statistics
        self.counters = counters
    }

    package func parameter(_ name: String) -> Double? {
        parameters.first { $0.name == name }?.value
    }
}
