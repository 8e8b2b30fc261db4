import LinuxKit
import Testing

@testable import Engine

@Suite struct KernelConfigurationTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let fragment: String
        let configuration: String
        let refused: [String]
    }

    @Test(arguments: [
        Case(
            testDescription: "all there", fragment: "CONFIG_A=y\nCONFIG_B=n\n",
            configuration: "CONFIG_A=y\n# CONFIG_B is not set\n", refused: []),
        Case(
            testDescription: "one missing", fragment: "CONFIG_A=y\n", configuration: "CONFIG_AB=y\n",
            refused: ["CONFIG_A=y"]),
        Case(
            testDescription: "one too many", fragment: "CONFIG_A=n\n", configuration: "CONFIG_A=y\n",
            refused: ["CONFIG_A=n"]),
        Case(testDescription: "one unknown", fragment: "CONFIG_OLD=y\n", configuration: "", refused: []),
        Case(testDescription: "comments", fragment: "# CONFIG_A=y\n\n", configuration: "", refused: []),
    ])
    func `says which options were refused`(_ test: Case) {
        let refused = KernelConfiguration.refused(fragment: test.fragment, configuration: test.configuration) {
            $0 != "OLD"
        }
        #expect(refused == test.refused)
    }

    @Test func `raises the tick rate and nothing else`() {
        let before = "config A\n\tint\n\tdefault 100\n\nconfig HZ\n\tint\n\tdefault 100\n\nconfig B\n\tdefault 100\n"
        let after = "config A\n\tint\n\tdefault 100\n\nconfig HZ\n\tint\n\tdefault 1000\n\nconfig B\n\tdefault 100\n"
        #expect(KernelConfiguration.raiseTickRate(ofKconfig: before) == after)
        #expect(KernelConfiguration.raiseTickRate(ofKconfig: "config A\n\tdefault 100\n") == nil)
    }

    @Test func `the source's own version`() {
        let text = "# comment\nVERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\nEXTRAVERSION = -rc2\nNAME = x\n"
        #expect(KernelSource.version(inMakefile: text) == "7.3.4-rc2")
        #expect(KernelSource.version(inMakefile: "all:\n\techo\n") == nil)
    }

    @Test func `the shipped fragment is found, and its mark changes with it`() throws {
        let installation = try Installation.find()
        let bytes = try File.read(try #require(installation.kernelFragment))
        #expect(String(decoding: bytes, as: UTF8.self).contains("CONFIG_NET_SCH_NETEM=y"))
        #expect(Kernel.mark(ofFragment: bytes) != Kernel.mark(ofFragment: bytes + [10]))
        #expect(Kernel.mark(ofFragment: []).count == 16)
    }
}
