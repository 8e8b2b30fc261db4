/// What `netlab-media fork` is told on its standard input, one JSON object a line: a worker to make.
package struct WorkerStart: Codable, Sendable {
    /// `sender` or `receiver`.
    package var role: String
    /// The worker's subcommand and its options.
    package var arguments: [String]
    /// Paths of the worker's network namespace and of its three streams.
    package var namespace: String
    package var input: String
    package var output: String
    package var errors: String

    package init(
        role: String, arguments: [String], namespace: String, input: String, output: String, errors: String
    ) {
        self.role = role
        self.arguments = arguments
        self.namespace = namespace
        self.input = input
        self.output = output
        self.errors = errors
    }
}

/// What it answers, one JSON object a line.
package struct WorkerStarted: Codable, Sendable {
    /// The worker's process, a child of the one who asked; absent in the first line, which says that all is loaded.
    package var pid: Int32?

    package init(pid: Int32? = nil) {
        self.pid = pid
    }
}
