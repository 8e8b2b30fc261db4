internal import FoundationEssentials
package import LabModel
package import LinuxKit
package import Netlink

/// What has to be known to put an interface back as it was: written before anything is changed.
package struct ShapeRecord: Codable, Sendable {
    package static let currentVersion = 1

    package var version = currentVersion
    /// The interface's name and number; another of the same name is none of ours.
    package var name: String
    package var index: Int32
    package var asked: ShapeRequest
    /// What left went through these; empty is the kernel's default.
    package var departures: [QdiscRecord]
    /// The kind of root that was there, the kernel's default included; absent where there was none.
    package var rootKind: String?
    /// What filters for arrivals hung at.
    package var ingress: QdiscRecord?
    /// Who is to put it back, where somebody is.
    package var timer: ShapeTimer?

    /// Of an interface that is as it was before netlab.
    init(of view: InterfaceView, asked: ShapeRequest) {
        name = view.interface.name
        index = view.interface.index
        self.asked = asked
        rootKind = view.root?.kind
        departures = view.foreignRoot == nil ? [] : view.chosenDepartures
        ingress = view.foreignIngress
    }

    /// The same interface with another setting, what is there `now` taken where netlab has changed nothing yet.
    func asking(_ request: ShapeRequest, now view: InterfaceView) -> ShapeRecord {
        let fresh = ShapeRecord(of: view, asked: request)
        var record = self
        record.asked = request
        record.timer = nil
        if !view.shapesDepartures { (record.departures, record.rootKind) = (fresh.departures, fresh.rootKind) }
        if !view.shapesArrivals { record.ingress = fresh.ingress }
        return record
    }

    /// What is not as it was, a sentence each.
    func differences(from view: InterfaceView) -> [String] {
        if let other = view.foreignRoot, other.handle != departures.first?.handle {
            return asked.up == nil ? [] : ["\(other.title) was put at \(name) since, and is left there"]
        }
        if departures.isEmpty, let root = view.root, root.isDefault, let rootKind, root.kind != rootKind {
            return ["\(name) has \(root.kind), which is the kernel's default now, and had \(rootKind)"]
        }
        return departures.differences(from: view.departures)
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    init?(text: [UInt8]) {
        guard let record = try? JSONDecoder().decode(Self.self, from: Data(text)), record.version == Self.currentVersion
        else { return nil }
        self = record
    }
}

/// When an interface is to be put back, and the process that waits for it.
package struct ShapeTimer: Codable, Hashable, Sendable {
    /// Tells one setting from the next.
    package var token: UInt64
    /// On the clock that counts from boot, sleep included, and that nobody can set, ns.
    package var deadline: Int64
    /// Absent before it runs.
    package var process: ProcessIdentity?

    /// That long from now on.
    init(_ duration: TimeSpan) {
        // JSON's numbers hold 53 bits.
        token = UInt64.random(in: 1...(1 << 53))
        deadline = Clock.boottime() + duration.nanoseconds
    }

    /// How long until then; negative where it is past.
    package var left: TimeSpan { TimeSpan(nanoseconds: deadline - Clock.boottime()) }
}
