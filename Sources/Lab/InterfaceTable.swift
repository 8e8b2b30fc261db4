internal import Netlink

/// The interfaces of a namespace by their names.
struct InterfaceTable {
    private let interfaces: [String: Interface]

    init(_ socket: NetlinkSocket) throws(NetlinkError) {
        let all = try socket.interfaces().map(\.interface)
        interfaces = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Interface {
        get throws(NetlinkError) {
            guard let interface = interfaces[name] else {
                throw NetlinkError(operation: "find", object: name, errno: .noSuchDevice)
            }
            return interface
        }
    }
}
