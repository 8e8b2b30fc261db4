package import LinuxKit
package import Netlink

/// Why a lab could not be built, changed or read.
package enum LabError: Error, CustomStringConvertible {
    /// The kernel refused a request.
    case refused(NetlinkError)
    /// A call failed.
    case call(SystemCallError)
    /// The kernel took a request and does something else.
    case differs(what: String, asked: String, found: String)
    /// The network was not ready in time.
    case notReady([String])
    /// A change that cannot be made without losing what is queued.
    case unchangeable(String)
    /// Anything else, in words.
    case other(String)

    init(_ error: any Error) {
        self =
            switch error {
            case let error as LabError: error
            case let error as NetlinkError: .refused(error)
            case let error as SystemCallError: .call(error)
            default: .other("\(error)")
            }
    }

    package var description: String {
        switch self {
        case .refused(let error): error.description
        case .call(let error): error.description
        case .differs(let what, let asked, let found): "\(what) was set to \(asked), and the kernel says \(found)"
        case .notReady(let names): "not up in time: " + names.joined(separator: ", ")
        case .unchangeable(let words): words
        case .other(let words): words
        }
    }

    /// Runs `body` and gives what it throws this layer's type.
    static func wrapping<Value>(_ body: () throws -> Value) throws(LabError) -> Value {
        do {
            return try body()
        } catch {
            throw LabError(error)
        }
    }
}
