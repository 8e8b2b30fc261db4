internal import LinuxKit
internal import Netlink

/// Tries on an interface of its own, in a namespace that is gone afterwards, what is to be done to a real one.
struct Rehearsal {
    let view: InterfaceView
    let socket: NetlinkSocket

    /// Throws `missing` where this kernel cannot do what is asked. Who may not make a namespace finds out later.
    func tryOut(_ request: ShapeRequest) throws(ShapeError) {
        let outcome = inScratch { socket, scratch in
            for step in request.steps(on: scratch) { try step.perform(socket) }
            return [String]()
        }
        if case .failure(let error) = outcome { throw .missing("\(error)") }
    }

    /// What is lost of the qdiscs that packets leave through when they are replaced and put back, a sentence each.
    func lossOfDepartures() throws -> [String] {
        let departures = view.chosenDepartures
        var losses: [String] = []
        let filters = try departures.map { try socket.filters(of: $0.handle, at: view.interface).count }.reduce(0, +)
        if filters > 0 { losses.append("\(count(filters, "filter")) of what leaves \(view.interface.name)") }
        let outcome = inScratch { socket, scratch in
            var refused: [String] = []
            for record in departures {
                do throws(NetlinkError) {
                    try socket.restore(record, on: scratch)
                } catch {
                    refused.append("\(record.title): \(error.reason ?? error.errno.description)")
                }
            }
            return try refused + departures.differences(from: socket.records(of: scratch))
        }
        switch outcome {
        case .success(let found): losses += found
        case .failure(let error): losses.append("\(error)")
        case nil: losses.append("whether it can be put back was not tried: that takes CAP_SYS_ADMIN")
        }
        return losses
    }

    /// What is lost of the filters for what arrives.
    func lossOfFilters() -> [String] {
        if view.foreignFilters == 0 { return [] }
        return ["\(count(view.foreignFilters, "filter")) of what arrives at \(view.interface.name)"]
    }

    private func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

    /// `nil` where no namespace can be made.
    private func inScratch(
        _ body: (NetlinkSocket, Interface) throws -> [String]
    ) -> Result<[String], any Error>? {
        guard let namespace = try? NetworkNamespace.make() else { return nil }
        let queues = (try? socket.transmitQueues(of: view.interface)) ?? 1
        return Result {
            try namespace.inside {
                let socket = try NetlinkSocket.open()
                return try body(socket, Self.makeScratch(socket, queues))
            }
        }
    }

    /// With as many transmit queues as the real one, where the kernel has an interface that can.
    private static func makeScratch(_ socket: NetlinkSocket, _ queues: UInt32) throws -> Interface {
        let name = "scratch"
        do throws(NetlinkError) {
            try socket.addIfb(name, queues: queues)
        } catch  where error.errno == .notSupported {
            try socket.addVeth(
                VethEnd(name, EthernetAddress(local: 1)), VethEnd("scratch-peer", EthernetAddress(local: 2)), mtu: 1500)
        }
        return try ShapeStep.find(name, socket)
    }
}

extension [QdiscRecord] {
    /// What of these is not the same in `found`, a sentence each.
    func differences(from found: [QdiscRecord]) -> [String] {
        compactMap { record in
            guard let same = found.first(where: { $0.handle == record.handle && $0.isClass == record.isClass }) else {
                return "\(record.title) is not put back"
            }
            if same.kind != record.kind { return "\(record.title) is not put back" }
            return same.hasOptions(of: record) ? nil : "\(record.title) comes back with other parameters"
        }
    }
}

extension QdiscRecord {
    /// The same parameters, but for the last digit of a number: the kernel keeps some in units of its own, and what it
    /// tells of 7 ms of codel's is 6.999 ms.
    func hasOptions(of other: QdiscRecord) -> Bool {
        guard let options, let others = other.options else { return options == other.options }
        guard options.count == others.count else { return false }
        return stride(from: 0, to: options.count, by: 4).allSatisfy { start in
            let end = min(start + 4, options.count)
            let (one, two) = (Self.number(options[start..<end]), Self.number(others[start..<end]))
            return max(one, two) - min(one, two) <= 1
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// `fq_codel 8001:`.
    var title: String { "\(kind) \(isClass ? "class " : "")\(handle)" }
}
