import LabModel
import LinuxKit
import RunStore
import Testing

/// Every shipped scenario, for real, in virtual time; or on the engine that NETLAB_TEST_ENGINE names, to see how long they
/// would take there.
@Suite struct ShippedScenarioTests {
    static let engine = Environment.value("NETLAB_TEST_ENGINE") ?? "virtual"

    static let names: [String] = {
        let folder = InstalledProgram.shared.prefix + "/share/netlab/Scenarios"
        let files = (try? Directory.list(folder)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }()

    @Test func `There are scenarios to test`() {
        #expect(Set(["clean", "10mbit", "lossy", "bursty", "jittery", "narrow", "changing"]).isSubset(of: Self.short))
    }

    /// The cases of a standard take minutes each; that they are valid is tested where scenarios are read. The comparison
    /// is many runs, of which `MatrixRunTests` makes some.
    static let short = names.filter { !$0.hasPrefix("rfc") && $0 != "protocols" }

    @Test(arguments: short)
    func `A shipped scenario passes, and its link is what it asked for`(_ name: String) throws {
        let place = try Workplace()
        let run = try InstalledProgram.shared.run(["run", name, "--engine", Self.engine, "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result(name)
        #expect(result.verdict == .pass)
        #expect(result.validity.filter { !$0.passed }.map(\.finding) == [])
        #expect(result.proofs.filter { $0.judgement == .off }.map(\.property) == [])
        #expect(result.proofs.contains { $0.property == .delay && $0.judgement == .confirmed })
        // Every sent unit is accounted for.
        for media in result.media { #expect(media.complete + media.damaged + media.missing == media.sent) }
        #expect(result.run.captures.allSatisfy { $0.droppedByKernel == 0 })
    }

    @Test func `A scenario is found by its path and by its name, whatever the letters' case`() throws {
        let place = try Workplace()
        try Directory.link("\(place.path)/Scenarios", to: InstalledProgram.shared.prefix + "/share/netlab/Scenarios")
        for name in ["scenarios/10mbit.yaml", "Scenarios/10MBIT.yaml", "10mbit", "10Mbit.yaml"] {
            let plan = try InstalledProgram.shared.run(["validate", name], in: place.path)
            #expect(plan.status == .success, "\(name): \(plan.errorText)")
        }
    }
}
