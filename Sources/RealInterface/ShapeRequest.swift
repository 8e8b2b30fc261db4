internal import Lab
package import LabModel
package import Netlink

/// What an interface is to do to what passes it.
package struct ShapeRequest: Codable, Hashable, Sendable {
    /// What arrives; `nil` leaves it alone.
    package var down: Impairment?
    /// What leaves; `nil` leaves it alone.
    package var up: Impairment?

    package init(down: Impairment?, up: Impairment?) {
        self.down = down
        self.up = up
    }

    /// The requests to the kernel, in their order.
    package func steps(on interface: Interface) -> [ShapeStep] {
        arrivals(interface) + departures(interface)
    }

    private func departures(_ interface: Interface) -> [ShapeStep] {
        guard let up else { return [] }
        return Self.chain(up, on: interface)
    }

    /// The filter comes last, so that nothing is sent through an interface that is not ready.
    private func arrivals(_ interface: Interface) -> [ShapeStep] {
        guard let down else { return [] }
        let ifb = Interface(index: 0, name: ShapeMark.ifb(of: interface))
        return [.addIfb(ifb.name)] + Self.chain(down, on: ifb) + [
            .bringUp(ifb.name), .addIngress(interface), .redirect(from: interface, to: ifb.name),
        ]
    }

    private static func chain(_ impairment: Impairment, on interface: Interface) -> [ShapeStep] {
        SingleHop.qdiscs(of: impairment, on: interface, from: ShapeMark.major).enumerated().map { index, qdisc in
            index == 0 ? .replace(qdisc) : .add(qdisc)
        }
    }
}
