package import Netlink

/// What hangs at an interface, and whose it is.
package struct InterfaceView: Sendable {
    package let interface: Interface
    /// What leaves goes through these, the root first.
    package let departures: [QdiscRecord]
    /// Where filters see what arrives; absent where nothing does.
    package let ingress: QdiscRecord?
    /// The filters there.
    let filters: [FilterReading]
    /// netlab's own interface for what arrives, where there is one.
    package let ifb: InterfaceState?

    init(_ interface: Interface, _ socket: NetlinkSocket) throws(NetlinkError) {
        self.interface = interface
        let records = try socket.records(of: interface)
        departures = records.filter { $0.parent != .arrivals }
        ingress = records.first { $0.parent == .arrivals }
        filters = try Self.filters(of: ingress, interface, socket)
        let name = ShapeMark.ifb(of: interface)
        ifb = try socket.interfaces().first { $0.interface.name == name && $0.kind == "ifb" }
    }

    private static func filters(
        of ingress: QdiscRecord?, _ interface: Interface, _ socket: NetlinkSocket
    ) throws(NetlinkError) -> [FilterReading] {
        guard let ingress else { return [] }
        var found: [FilterReading] = []
        // Of plain `ingress` both are the same place.
        for place in QdiscHandle.filterPlaces.prefix(ingress.kind == "clsact" ? 2 : 1) {
            found += try socket.filters(of: place, at: interface)
        }
        return found
    }

    /// The root qdisc; absent where the kernel shows none.
    package var root: QdiscRecord? { departures.first { $0.isRoot } }

    /// What leaves goes through these, as far as the kernel did not make them of its own accord.
    var chosenDepartures: [QdiscRecord] { departures.filter { !$0.isDefault } }

    /// What leaves is shaped by netlab.
    package var shapesDepartures: Bool { root?.handle == ShapeMark.root && root?.kind == "netem" }

    /// What arrives is sent through netlab's interface.
    package var shapesArrivals: Bool { filters.contains(where: isOwn) }

    /// There is something that netlab made, whole or in part.
    package var holdsOwn: Bool { shapesDepartures || shapesArrivals || ifb != nil }

    /// The root, where somebody else chose it.
    package var foreignRoot: QdiscRecord? {
        guard let root, !root.isDefault, !shapesDepartures else { return nil }
        return root
    }

    /// Filters for what arrives that are somebody else's.
    var foreignFilters: Int { filters.count { !isOwn($0) } }

    /// What filters for arrivals hang at, where somebody else chose it.
    package var foreignIngress: QdiscRecord? {
        guard let ingress, !shapesArrivals || foreignFilters > 0 else { return nil }
        return ingress
    }

    func isOwn(_ filter: FilterReading) -> Bool {
        filter.priority == ShapeMark.priority && filter.cookie == ShapeMark.cookie
    }
}
