/// A filter of a qdisc: `bpf` with an action that counts what it takes (tc-bpf(8), tc-gact(8)).
package struct PacketFilter: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// The packet goes to a class of the qdisc.
        case pass(QdiscHandle)
        case drop
        /// The packet is dropped where its number among those that the program means is a multiple of this, 1 to 65535;
        /// any other goes on to the next filter.
        case dropEvery(UInt16)
    }

    package var interface: Interface
    /// The qdisc whose packets it sees.
    package var parent: QdiscHandle
    /// Filters are asked in the order of their priorities, from 1.
    package var priority: UInt16
    /// Its number among those of its priority, from 1.
    package var handle: UInt32
    package var program: PacketProgram
    package var verdict: Verdict

    package init(
        on interface: Interface, parent: QdiscHandle, priority: UInt16, handle: UInt32, _ program: PacketProgram,
        _ verdict: Verdict
    ) {
        self.interface = interface
        self.parent = parent
        self.priority = priority
        self.handle = handle
        self.program = program
        self.verdict = verdict
    }
}

/// A filter as the kernel reports it.
package struct PacketFilterReading: Hashable, Sendable {
    package var filter: PacketFilter
    /// Packets that its program meant, and those of them that were dropped, since it was made.
    package var packets: Int64
    package var drops: Int64
}

extension PacketFilter {
    /// The command of `tc(8)` that does the same; `verb` is `add`, `replace` or `del`.
    package func command(_ verb: String) -> String {
        let place =
            "tc filter \(verb) dev \(TcWords.quoted(interface.name)) parent \(parent) protocol all prio \(priority)"
            + " handle \(handle) bpf"
        return verb == "del" ? place : "\(place) bytecode '\(program.bytecode)' \(verdict.words)"
    }
}

extension PacketFilter.Verdict {
    fileprivate var words: String {
        switch self {
        case .pass(let handle): "classid \(handle) action pass"
        case .drop: "action drop"
        case .dropEvery(let count): "action continue random determ drop \(count)"
        }
    }
}
