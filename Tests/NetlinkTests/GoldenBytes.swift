import Testing

@testable import Netlink

/// A request as hexadecimal digits, in pieces so that each can be explained.
struct GoldenBytes: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    /// Builds the request that should have these bytes.
    let build: @Sendable () -> [UInt8]

    init(_ name: String, _ pieces: [String], build: @escaping @Sendable () -> [UInt8]) {
        testDescription = name
        let digits = Array(pieces.joined().filter { $0 != " " })
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0..<$0 + 2]), radix: 16)! }
        self.build = build
    }

    init(_ name: String, _ qdisc: Qdisc, _ pieces: [String]) {
        self.init(name, pieces) { NetlinkSocket.request(qdisc, flags: 0).bytes }
    }
}
