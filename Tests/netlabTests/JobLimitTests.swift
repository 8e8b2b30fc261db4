import LabModel
import Testing

@testable import netlab

@Suite("How many runs go on side by side")
struct JobLimitTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let request: JobLimit.Request
        var runs = 100
        var processors = 8
        var allowance: Double?
        /// MiB; a run here takes 512 and 128.
        var memory: Int64? = 64 << 10
        var room: Int64? = 64 << 10
        var kernel: Int64 = 512
        let count: Int
        /// Words of the reason; nil where it is what was asked.
        var reason: String?
    }

    @Test(
        "is bounded by the machine",
        arguments: [
            Case(testDescription: "one", request: .exactly(1), count: 1),
            Case(testDescription: "as asked", request: .exactly(3), count: 3),
            Case(testDescription: "no more than there are runs", request: .exactly(3), runs: 2, count: 2),
            Case(
                testDescription: "processors", request: .exactly(9), count: 8,
                reason: "this machine lets it use 8 processors"),
            Case(testDescription: "what nobody asked for needs no reason", request: .exactly(9), runs: 4, count: 4),
            Case(
                testDescription: "a control group's time", request: .exactly(4), allowance: 1.5, count: 2,
                reason: "a control group allows 2 processors worth of time"),
            Case(
                testDescription: "memory", request: .exactly(4), memory: 1900, count: 2,
                reason: "1900 MiB of memory are free, and a run takes up to 640 MiB"),
            Case(
                testDescription: "the folder of the kernels' memory", request: .exactly(4), room: 1100, count: 2,
                reason: "kernels find room for 1100 MiB of memory in TMPDIR or /dev/shm, and one takes up to 512 MiB"),
            Case(
                testDescription: "on the host's kernel that folder is of no matter", request: .exactly(4), memory: 600,
                room: 10, kernel: 0, count: 4),
            Case(
                testDescription: "on the host's kernel memory is", request: .exactly(4), memory: 300, kernel: 0,
                count: 2, reason: "300 MiB of memory are free, and a run takes up to 128 MiB"),
            Case(
                testDescription: "too little for one is the run's to say", request: .exactly(2), memory: 100, count: 1,
                reason: "100 MiB of memory are free"),
            Case(
                testDescription: "what is not known bounds nothing", request: .exactly(4), memory: nil, room: nil,
                count: 4),
            Case(testDescription: "auto: processors", request: .automatic, count: 8),
            Case(testDescription: "auto: memory", request: .automatic, memory: 2400, count: 3),
            Case(testDescription: "auto: runs", request: .automatic, runs: 5, count: 5),
            Case(testDescription: "auto: never none", request: .automatic, memory: 1, count: 1),
        ])
    func bounds(_ given: Case) {
        func bytes(_ mebibytes: Int64) -> ByteCount { ByteCount(mebibytes << 20) }
        let machine = JobLimit.Machine(
            processors: given.processors, allowance: given.allowance, memory: given.memory.map(bytes),
            kernelRoom: given.room.map(bytes))
        let limit = JobLimit(
            given.request, runs: given.runs, need: JobLimit.Need(kernel: bytes(given.kernel)), machine: machine)
        #expect(limit.count == given.count)
        guard let words = given.reason else { return #expect(limit.reason == nil) }
        #expect(limit.reason?.contains(words) == true, "\(limit.reason ?? "no reason")")
    }
}
