package import LabModel
internal import LinuxKit
internal import Netlink

extension Lab {
    /// The bottleneck of each direction of each hop now, in one request to the kernel.
    package func sampleQueues() throws(LabError) -> [QueueSample] {
        let qdiscs = try LabError.wrapping { try socket.qdiscs() }
        let time = Timestamp(nanoseconds: Clock.realtime())
        return shapings.compactMap { shaping in
            let queue = qdiscs.first {
                $0.interface == shaping.bottleneck.index && $0.handle == Shaping.queueHandle
            }
            let path = qdiscs.first { $0.interface == shaping.path.index && $0.handle == Shaping.pathHandle }
            guard let queue, let path else { return nil }
            return QueueSample(
                time: time, direction: shaping.direction, hop: number(of: shaping),
                backlog: ByteCount(queue.counters.backlogBytes),
                backlogPackets: queue.counters.backlogPackets, queueDrops: queue.counters.drops,
                marks: queue.statistics?.marks, pathDrops: path.counters.drops)
        }
    }

    /// Whether no packet waits in a queue or is held back by a delay, on any hop in either direction.
    package func isQuiet() throws(LabError) -> Bool {
        try LabError.wrapping { try socket.qdiscs() }.allSatisfy { $0.counters.backlogPackets == 0 }
    }
}
