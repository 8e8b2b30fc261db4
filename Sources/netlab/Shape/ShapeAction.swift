import CommandLineKit
import LabModel
import LinuxKit
import RealInterface

/// Carries out what `netlab shape` was asked for and tells what came of it.
struct ShapeAction {
    let shaper: InterfaceShaper
    /// Prints commands and changes nothing.
    let isDry: Bool

    private var name: String { shaper.name }

    func look() throws -> CommandLineKit.ExitStatus {
        for line in ShapeText(report: try shaper.report()).lines { print(line) }
        return .pass
    }

    func set(
        _ request: ShapeRequest, for duration: TimeSpan?, replacing kind: String?
    ) throws -> CommandLineKit.ExitStatus {
        let plan = try shaper.prepare(request, replacing: kind.map { [$0] } ?? [])
        for loss in plan.losses { ErrorOutput.write("netlab: warning: cannot be put back: \(loss)\n") }
        if isDry {
            show(plan.steps)
            return .pass
        }
        try requireRight()
        try shaper.apply(plan, for: duration) { try ShapeGuard.start(name, $0, store: shaper.folder) }
        return try look()
    }

    func clear() throws -> CommandLineKit.ExitStatus {
        if isDry {
            show(try shaper.clearingSteps())
            return .pass
        }
        try requireRight()
        guard try shaper.report().isShaped || shaper.record != nil else {
            print("\(name) is not shaped by netlab")
            return .pass
        }
        let lost = try shaper.clear()
        for loss in lost { ErrorOutput.write("netlab: warning: \(loss)\n") }
        let report = try shaper.report()
        print("\(name) is no longer shaped by netlab" + (report.root.map { "; it has \($0)" } ?? ""))
        return lost.isEmpty ? .pass : .invalid
    }

    private func show(_ steps: [ShapeStep]) {
        for step in steps { print(step.command) }
    }

    /// Before the record is written, so that the folder's rights are not what is complained about.
    private func requireRight() throws {
        let capNetAdmin: UInt64 = 12
        if Host.hasCapability(capNetAdmin) == false { throw ShapeError.noRight }
    }
}
