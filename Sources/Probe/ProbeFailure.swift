/// Why a probe could not do as planned: the words of `ProbeResult.failure`.
struct ProbeFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
