package import LinuxKit
package import Netlink

/// Why an interface could not be shaped, looked at or put back.
package enum ShapeError: Error, Sendable, CustomStringConvertible {
    /// The kernel refused a request.
    case refused(NetlinkError)
    /// A call failed.
    case call(SystemCallError)
    /// CAP_NET_ADMIN is missing.
    case noRight
    /// There is no interface of this name.
    case noInterface(String, others: [String])
    /// The interface is one that netlab made itself.
    case ownInterface(String)
    /// Somebody else's qdisc is in the way. `loss` is what could not be put back.
    case foreign(kind: String, place: String, interface: String, loss: [String])
    /// The qdisc that was named to be replaced is not the one that is there.
    case otherKind(named: String, found: String, interface: String)
    /// The kernel lacks something.
    case missing(String)
    /// What was made is not there.
    case vanished([String])
    /// The process that is to put it back did not start.
    case noGuard(String)

    init(_ error: any Error) {
        switch error {
        case let error as ShapeError: self = error
        case let error as NetlinkError where error.errno == .notPermitted: self = .noRight
        case let error as NetlinkError: self = .refused(error)
        case let error as SystemCallError: self = .call(error)
        default: self = .noGuard("\(error)")
        }
    }

    package var description: String {
        switch self {
        case .refused(let error): error.description
        case .call(let error): error.description
        case .noRight: "changing an interface needs CAP_NET_ADMIN in its network namespace"
        case .noInterface(let name, _): "there is no interface '\(name)'"
        case .ownInterface(let name): "\(name) is netlab's own, made to shape another interface"
        case .foreign(let kind, let place, let interface, _):
            "\(interface) has a qdisc at its \(place) that netlab did not make: \(kind)"
        case .otherKind(let named, let found, let interface):
            "--replace names \(named), and at \(interface) there is \(found)"
        case .missing(let reason): reason
        case .vanished(let what): "the kernel took it and does not show it: " + what.joined(separator: ", ")
        case .noGuard(let reason): "the guard that is to revert it did not start: \(reason)"
        }
    }

    /// Runs `body` and gives what it throws this layer's type.
    static func wrapping<Value>(_ body: () throws -> Value) throws(ShapeError) -> Value {
        do {
            return try body()
        } catch {
            throw ShapeError(error)
        }
    }
}
