package import LabModel
package import LinuxKit
internal import Netlink

/// Shapes one interface of the machine and puts it back. It touches what it made and nothing else, except for what it
/// was told by name to replace.
package struct InterfaceShaper: Sendable {
    let interface: Interface
    let socket: NetlinkSocket
    let store: ShapeStore

    /// The interface of this name in the calling thread's network namespace.
    package init(_ name: String, store: ShapeStore) throws(ShapeError) {
        let socket = try ShapeError.wrapping { try NetlinkSocket.open() }
        let states = try ShapeError.wrapping { try socket.interfaces() }
        guard let state = states.first(where: { $0.interface.name == name }) else {
            throw .noInterface(name, others: states.map(\.interface.name))
        }
        let isOwn = states.contains { ShapeMark.ifb(of: $0.interface) == name && state.kind == "ifb" }
        if isOwn { throw .ownInterface(name) }
        interface = state.interface
        self.socket = socket
        self.store = store
    }

    package var name: String { interface.name }

    /// Where the record is.
    package var folder: String { store.folder }

    /// What hangs there now.
    func view() throws(ShapeError) -> InterfaceView {
        try ShapeError.wrapping { try InterfaceView(interface, socket) }
    }

    /// The record of this very interface; one of another that had its name is none.
    package var record: ShapeRecord? {
        store.record(of: interface.name).flatMap { $0.index == interface.index ? $0 : nil }
    }

    /// Makes it so. Where it throws, the interface is as it was before netlab.
    ///
    /// - Parameters:
    ///   - duration: How long; for ever where there is none.
    ///   - startGuard: Starts the process that calls `revert(token:)` at the deadline.
    package func apply(
        _ plan: ShapePlan, for duration: TimeSpan?, startGuard: (ShapeTimer) throws -> ProcessIdentity
    ) throws(ShapeError) {
        try ShapeError.wrapping {
            try store.exclusively {
                record?.timer?.process?.end()
                var record = plan.record
                record.timer = duration.map(ShapeTimer.init)
                try store.write(record)
                do {
                    if let timer = record.timer {
                        record.timer?.process = try startGuard(timer)
                        try store.write(record)
                    }
                    for step in plan.steps { try step.perform(socket) }
                    try check(plan)
                } catch {
                    _ = try? putBack()
                    throw error
                }
            }
        }
    }

    /// Puts back what was there before netlab; what could not be is returned, a sentence each.
    package func clear() throws(ShapeError) -> [String] {
        try ShapeError.wrapping { try store.exclusively { try putBack() } }
    }

    /// The guard's part: the same, where the setting that it waited for is still in force.
    package func revert(token: UInt64) throws(ShapeError) {
        try ShapeError.wrapping {
            try store.exclusively {
                if record?.timer?.token == token { _ = try putBack() }
            }
        }
    }

    /// Removes what was made for an interface that is no longer there; false where it is, or where nothing was made.
    package static func clearGone(_ name: String, _ store: ShapeStore) throws(ShapeError) -> Bool {
        try ShapeError.wrapping {
            let socket = try NetlinkSocket.open()
            let states = try socket.interfaces()
            guard let record = store.record(of: name), !states.contains(where: { $0.interface.index == record.index })
            else { return false }
            let ifb = ShapeMark.ifb(of: Interface(index: record.index, name: name))
            try store.exclusively {
                if let process = record.timer?.process, process.pid != Host.processID { process.end() }
                for state in states where state.interface.name == ifb && state.kind == "ifb" {
                    try socket.deleteLink(state.interface)
                }
                try store.remove(name)
            }
            return !states.contains { $0.interface.name == name }
        }
    }

    /// What `clear` would ask of the kernel.
    package func clearingSteps() throws(ShapeError) -> [ShapeStep] {
        let view = try view()
        let returning = Returning(view: view, record: record)
        return returning.removal + returning.restoration
    }

    /// May be cut short anywhere: the record stays until all is done, so that it can be begun again.
    private func putBack() throws -> [String] {
        let record = record
        if let process = record?.timer?.process, process.pid != Host.processID { process.end() }
        let view = try InterfaceView(interface, socket)
        guard view.holdsOwn || record != nil else { return [] }
        let returning = Returning(view: view, record: record)
        for step in returning.removal { try step.perform(socket) }
        var lost: [String] = []
        for step in returning.restoration {
            do throws(NetlinkError) {
                try step.perform(socket)
            } catch {
                lost.append("\(error)")
            }
        }
        let after = try InterfaceView(interface, socket)
        if after.shapesDepartures { try socket.deleteQdisc(at: .root, of: interface) }
        if let record { lost += record.differences(from: try InterfaceView(interface, socket)) }
        try store.remove(interface.name)
        return lost
    }

    /// Whether the kernel shows all that was made.
    private func check(_ plan: ShapePlan) throws {
        let readings = try socket.qdiscs()
        var missing: [String] = []
        for qdisc in plan.steps.compactMap(\.qdisc) {
            let index = try ShapeStep.located(qdisc, socket).interface.index
            let isThere = readings.contains {
                $0.interface == index && $0.handle == qdisc.handle && $0.kind == qdisc.options.kind
            }
            if !isThere { missing.append("\(qdisc.options.kind) \(qdisc.handle) of \(qdisc.interface.name)") }
        }
        if plan.record.asked.down != nil, try !InterfaceView(interface, socket).shapesArrivals {
            missing.append("the redirection of what arrives")
        }
        if !missing.isEmpty { throw ShapeError.vanished(missing) }
    }
}
