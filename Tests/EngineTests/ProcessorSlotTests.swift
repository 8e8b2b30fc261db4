import LinuxKit
import Testing

@testable import Engine

@Suite struct ProcessorSlotTests {
    @Test func `Each run gets a processor of its own until there are no more`() throws {
        let folder = try ScratchFolder()
        let allowed = Host.allowedProcessors
        var slots = allowed.map { _ in ProcessorSlot.take(in: folder.path) }
        #expect(Set(slots.compactMap { $0?.number }) == Set(allowed))
        #expect(ProcessorSlot.take(in: folder.path) == nil)
        let freed = slots.removeLast()?.number
        #expect(ProcessorSlot.take(in: folder.path)?.number == freed)
    }

    @Test func `A child stays on the processor that it was given`() throws {
        for number in Host.allowedProcessors {
            var command = Command("/bin/sh", ["-c", "grep Cpus_allowed_list /proc/self/status"])
            command.processor = number
            #expect(try ChildProcess.run(command).outputText == "Cpus_allowed_list:\t\(number)\n")
        }
    }
}
