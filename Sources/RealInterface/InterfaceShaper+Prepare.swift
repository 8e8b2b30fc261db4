internal import Netlink

/// What is going to be done, and what that costs.
package struct ShapePlan: Sendable {
    package let record: ShapeRecord
    /// The requests to the kernel, in their order.
    package let steps: [ShapeStep]
    /// What of somebody else's could not be put back, a sentence each.
    package let losses: [String]
}

extension InterfaceShaper {
    /// What `apply` would do. Changes nothing of the interface; what can be tried is tried in a namespace of its own.
    ///
    /// - Parameter kinds: The kinds of somebody else's qdiscs that may be replaced.
    package func prepare(_ request: ShapeRequest, replacing kinds: [String]) throws(ShapeError) -> ShapePlan {
        let view = try view()
        let rehearsal = Rehearsal(view: view, socket: socket)
        var losses: [String] = []
        var clearing: [ShapeStep] = []
        if request.up != nil, let root = view.foreignRoot {
            losses += try consent(to: root, "egress", kinds) { try rehearsal.lossOfDepartures() }
        }
        if request.down != nil, let ingress = view.foreignIngress {
            losses += try consent(to: ingress, "ingress", kinds) { rehearsal.lossOfFilters() }
            clearing = [.deleteQdisc(at: .arrivals, of: interface)]
        }
        try rehearsal.tryOut(request)
        let old = view.holdsOwn ? record : nil
        let returning = Returning(view: view, record: old, deletesRoot: request.up != nil)
        let undoing = view.holdsOwn ? returning.removal + (request.up == nil ? returning.restoration : []) : []
        let record = old?.asking(request, now: view) ?? ShapeRecord(of: view, asked: request)
        return ShapePlan(
            record: record, steps: undoing + clearing + request.steps(on: interface), losses: losses)
    }

    /// What would be lost with a qdisc that is not netlab's, if it may be replaced.
    private func consent(
        to found: QdiscRecord, _ place: String, _ kinds: [String], loss: () throws -> [String]
    ) throws(ShapeError) -> [String] {
        let loss = try ShapeError.wrapping(loss)
        if kinds.contains(found.kind) { return loss }
        if let named = kinds.first { throw .otherKind(named: named, found: found.kind, interface: interface.name) }
        throw .foreign(kind: found.kind, place: place, interface: interface.name, loss: loss)
    }
}
