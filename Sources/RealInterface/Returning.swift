internal import Netlink

/// The way from what netlab made, whole or in part, back to what was there before.
struct Returning {
    let view: InterfaceView
    let record: ShapeRecord?
    /// The root goes even where there is something to put in its place.
    var deletesRoot = false

    /// Takes away what netlab made.
    var removal: [ShapeStep] {
        let interface = view.interface
        var steps: [ShapeStep] = []
        if view.shapesArrivals { steps.append(.deleteRedirection(interface)) }
        if ingressIsOwn { steps.append(.deleteQdisc(at: .arrivals, of: interface)) }
        if let ifb = view.ifb { steps.append(.deleteLink(ifb.interface.name)) }
        // What is put back takes the root's place at once; without anything to put back the kernel's default does.
        if view.shapesDepartures, deletesRoot || departures.isEmpty {
            steps.append(.deleteQdisc(at: .root, of: interface))
        }
        return steps
    }

    /// Puts back what somebody else had there, as far as it is not there.
    var restoration: [ShapeStep] {
        var missing: [QdiscRecord] = []
        if view.shapesDepartures || view.root?.isDefault ?? true || view.root?.handle == departures.first?.handle {
            missing = departures.filter { record in
                !view.departures.contains { $0.handle == record.handle && $0.kind == record.kind }
            }
        }
        if let ingress = record?.ingress, view.ingress == nil || ingressIsOwn { missing.append(ingress) }
        return missing.map { .restore($0, on: view.interface) }
    }

    private var departures: [QdiscRecord] { record?.departures ?? [] }

    /// Made for netlab's filter: it holds nothing else. Without the filter only the record tells, and then somebody
    /// else's, being empty, is the same as a new one.
    private var ingressIsOwn: Bool {
        guard view.ingress?.kind == "ingress", view.foreignFilters == 0 else { return false }
        return view.shapesArrivals || record?.asked.down != nil
    }
}
