/// The user's own programs in a pipeline: in place of one of netlab's ends, or all of it (`StreamProtocol.command`).
package struct ProgramsPlan: Codable, Hashable, Sendable {
    package var sender: ProgramPlan?
    package var server: ProgramPlan?
    package var receiver: ProgramPlan?

    package init(sender: ProgramPlan? = nil, server: ProgramPlan? = nil, receiver: ProgramPlan? = nil) {
        self.sender = sender
        self.server = server
        self.receiver = receiver
    }

    /// Those that there are, each with its part in the stream, which is its name in logs and reports.
    package var named: [(role: String, program: ProgramPlan)] {
        [("sender", sender), ("server", server), ("receiver", receiver)].compactMap { role, program in
            program.map { (role, $0) }
        }
    }
}

/// A command line and when its program can be used.
package struct ProgramPlan: Codable, Hashable, Sendable {
    /// What shows that a program can be used.
    package enum Readiness: Codable, Hashable, Sendable {
        /// A TCP socket listens at the port, or a UDP socket is bound to it.
        case port(UInt16)
        /// A file has come into being, relative to the folder that the program runs in.
        case file(String)
        /// So much time has passed.
        case after(TimeSpan)
    }

    /// For /bin/sh -c.
    package var run: String
    /// Absent: a sender is started when the stream begins, everything else counts as ready once it has been started.
    package var ready: Readiness?

    package init(run: String, ready: Readiness? = nil) {
        self.run = run
        self.ready = ready
    }
}

extension PipelinePlan {
    /// Whether the units that the receiver is to get are known: netlab's sender writes them down, and of the user's own
    /// they are those of the media file.
    package var knowsUnits: Bool { `protocol` != .command }

    /// Whether it is known when each unit left.
    package var knowsDepartures: Bool { knowsUnits && programs?.sender == nil }

    /// Whether it is known what the receiver made of what came.
    package var knowsReception: Bool { knowsUnits && programs?.receiver == nil }
}
