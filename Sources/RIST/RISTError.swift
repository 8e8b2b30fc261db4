/// What librist could not do, with whom, and why.
package struct RISTError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `listen on`, `meet`, ...
    package let operation: String
    /// Address and port.
    package let object: String
    package let reason: String

    package init(_ operation: String, _ object: String, _ reason: String) {
        self.operation = operation
        self.object = object
        self.reason = reason
    }

    /// `cannot meet 10.77.0.2 port 7000: nobody answered in 10.0 s`.
    package var description: String { "cannot \(operation) \(object): \(reason)" }
}
