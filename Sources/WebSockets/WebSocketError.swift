/// What could not be done with a WebSocket connection, with whom, and why.
package struct WebSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `listen on`, `connect to`, ...
    package let operation: String
    /// Address and port.
    package let object: String
    package let reason: String

    init(_ operation: String, _ object: String, _ reason: String) {
        self.operation = operation
        self.object = object
        self.reason = reason
    }

    package var description: String { "cannot \(operation) \(object): \(reason)" }
}
