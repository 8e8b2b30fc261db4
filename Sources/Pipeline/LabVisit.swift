internal import Glibc
internal import Lab
package import LabModel
package import LinuxKit

/// The lab of a plan for one program of the user's: its link, which changes as the timeline says, and no stream.
package struct LabVisit {
    /// Where the program runs.
    package enum End: String, CaseIterable, Sendable {
        case sender
        case receiver
    }

    /// Builds the lab, lets `body` run a program there and wait for it, and takes the lab down. The timeline begins when
    /// the program does, and what it says last stays. Runs as root of its own kernel or namespaces.
    ///
    /// - Parameters:
    ///   - command: is given the namespace, and what `LabEnvironment` says.
    ///   - warn: hears why the link could not be changed, where it could not.
    package static func perform(
        _ plan: Plan, at end: End, _ command: Command, folder: String, warn: (String) -> Void,
        _ body: (Command) throws -> Int32
    ) throws -> Int32 {
        let lab = try Lab.build(plan: plan)
        let driver = try LinkDriver.start(
            lab, timeline: plan.timeline, samples: nil, events: EventStream(.open("/dev/null", O_WRONLY)))
        defer {
            if let failure = driver.stop().failure { warn("the link's timeline stopped: \(failure)") }
        }
        var command = command
        command.namespace = (end == .sender ? lab.sender : lab.receiver).namespace
        command.environment.merge(LabEnvironment(lab, folder: folder).values) { $1 }
        driver.begin(StreamClock(startingIn: .zero))
        return try body(command)
    }
}
