package import LabModel
internal import Netlink

/// What there is to say of an interface: values and `tc`'s words, for people to read.
package struct ShapeReport: Sendable {
    /// One way that packets go.
    package struct Way: Sendable {
        /// What was asked; absent where no record says.
        package let asked: Impairment?
        /// What the kernel has, `tc`'s words each, the outermost first.
        package let qdiscs: [String]
        /// Of the outermost.
        package let counters: QdiscState.Counters?
    }

    /// Whether and when it is going to be put back.
    package enum Return: Sendable, Hashable {
        case never
        case after(TimeSpan)
        /// The guard is gone: nobody will do it.
        case unguarded(TimeSpan)
        /// The time is past, and it has not been done.
        case overdue(TimeSpan)
    }

    package let name: String
    /// What arrives; absent where netlab does not shape it.
    package let down: Way?
    /// What leaves; absent where netlab does not shape it.
    package let up: Way?
    /// Something that netlab made is missing: it was ended while it worked, or somebody changed it.
    package let isIncomplete: Bool
    /// What comes back, as `fq_codel 8001:`, or the kernel's default; absent where nobody knows.
    package let before: String?
    package let comesBack: Return
    /// The root that is there, where netlab does not shape what leaves.
    package let root: String?
    /// What filters for arrivals hang at, where netlab does not shape what arrives.
    package let ingress: String?

    /// Netlab shapes it, or left something there.
    package var isShaped: Bool { down != nil || up != nil || isIncomplete }
}

extension InterfaceShaper {
    /// What is there now.
    package func report() throws(ShapeError) -> ShapeReport {
        try ShapeError.wrapping { try reported(InterfaceView(interface, socket)) }
    }

    private func reported(_ view: InterfaceView) throws -> ShapeReport {
        let record = record
        let readings = try socket.qdiscs()
        let down = view.ifb.map { way(record?.asked.down, at: $0.interface, readings) }
        let up = view.shapesDepartures ? way(record?.asked.up, at: interface, readings) : nil
        let asked = record?.asked
        let hasAll =
            (down != nil) == view.shapesArrivals && (asked == nil || (asked?.down != nil) == (down != nil))
            && (asked == nil || (asked?.up != nil) == (up != nil)) && [down, up].allSatisfy { $0?.isWhole ?? true }
        return ShapeReport(
            name: interface.name, down: down, up: up, isIncomplete: !hasAll,
            before: record?.before,
            comesBack: record?.timer?.outlook ?? .never, root: view.shapesDepartures ? nil : view.root?.title,
            ingress: view.shapesArrivals ? nil : view.ingress?.title)
    }

    private func way(_ asked: Impairment?, at place: Interface, _ readings: [QdiscReading]) -> ShapeReport.Way {
        let own = readings.filter { $0.interface == place.index && $0.handle.major >= ShapeMark.major }
            .sorted { $0.handle.major < $1.handle.major }.filter { $0.parent != .arrivals }
        return ShapeReport.Way(
            asked: asked, qdiscs: own.map { "\($0.handle) " + ($0.options?.words ?? $0.kind) },
            counters: own.first?.counters)
    }
}

extension ShapeReport.Way {
    /// As many qdiscs as what was asked is made of.
    fileprivate var isWhole: Bool {
        guard let asked else { return true }
        let nowhere = Interface(index: 0, name: "")
        return ShapeRequest(down: nil, up: asked).steps(on: nowhere).count == qdiscs.count
    }
}

extension ShapeRecord {
    /// What comes back, as people read it.
    fileprivate var before: String {
        departures.first?.title ?? "the kernel's default" + (rootKind.map { ", \($0)" } ?? "")
    }
}

extension ShapeTimer {
    var outlook: ShapeReport.Return {
        if left < .zero { return .overdue(TimeSpan(nanoseconds: -left.nanoseconds)) }
        return process?.isRunning ?? false ? .after(left) : .unguarded(left)
    }
}
