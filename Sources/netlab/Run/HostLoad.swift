import LabModel
import LinuxKit

/// How busy the host was while a run went on: a busy host disturbs real time, so the report says it.
struct HostLoad {
    private let begin = Host.processorTimes
    private let started = Timestamp(nanoseconds: Clock.realtime())

    /// Adds what the host did since this was made.
    func note(in harness: inout HarnessFacts) {
        harness.started = started
        guard let begin, let end = Host.processorTimes, end.total > begin.total else { return }
        let total = Double(end.total - begin.total)
        harness.steal = Probability(clamping: Double(end.steal - begin.steal) / total)
        harness.busy = Probability(clamping: 1 - Double(end.idle - begin.idle) / total)
    }
}
