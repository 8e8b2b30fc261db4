import Lab
import LabModel
import LinuxKit
import Testing

@testable import Capture

/// Live captures in a lab. Needs root in a kernel with everything.
@Suite(.serialized) struct LiveCaptureKernelTests {
    @Test func `records every packet at both ends with the delay between`() throws {
        let folder = try Directory.makeUnique("/tmp/netlab-live-")
        let plan = Plan(
            slug: "test", name: "test", link: [.downlink: Impairment(delay: .milliseconds(20)), .uplink: .clean])
        let (facts, failures) = try NetworkNamespace.make().inside { try Self.record(plan, to: folder) }
        #expect(facts.allSatisfy { $0.droppedByKernel == 0 && $0.droppedByInterface == 0 })
        #expect(failures == [])
        let times = try facts.map { facts -> [Int64] in
            let frames = CaptureReaderTests.frames(try CaptureReader(path: "\(folder)/\(facts.file)"))
            #expect(frames.count == Int(facts.packets))
            return frames.filter { $0.length == 742 }.map(\.time)
        }
        #expect(times.map(\.count) == [500, 500])
        let delays = zip(times[0], times[1]).map { $1 - $0 }.sorted()
        #expect(abs(delays[250] - 20_000_000) < 500_000)
        try Directory.removeTree(folder)
    }

    /// Captures 500 datagrams of 700 bytes; what is expected of them is for the test's own thread to say.
    private static func record(_ plan: Plan, to folder: String) throws -> (facts: [CaptureFacts], failures: [String]) {
        let lab = try Lab.build(plan: plan)
        let captures = try [(lab.sender, CaptureFacts.Point.sender), (lab.receiver, .receiver)].map { host, point in
            try LiveCapture.start(
                on: host.interface, in: host.namespace, point: point, folder: folder, file: "\(point.rawValue).pcap")
        }
        let address = try DatagramAddress(lab.receiver.address, port: 5004)
        let near = try lab.sender.namespace.inside { try DatagramSocket(bindingTo: lab.sender.address, port: 0) }
        let far = try lab.receiver.namespace.inside {
            try DatagramSocket(bindingTo: lab.receiver.address, port: 5004)
        }
        for number in 0..<500 {
            try near.send(Array(repeating: UInt8(truncatingIfNeeded: number), count: 700), to: address)
            Clock.sleep(for: 1_000_000)
        }
        Clock.sleep(for: 50_000_000)
        return withExtendedLifetime(far) { (captures.map { $0.stop() }, captures.compactMap(\.failure)) }
    }
}
