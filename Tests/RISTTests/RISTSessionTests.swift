import Glibc
import LabModel
import LinuxKit
import RIST
import Testing

@Suite(.serialized) struct RISTSessionTests {
    /// An address on loopback of this test alone.
    private func point(_ profile: RISTPlan.Profile, line: Int = #line) -> RISTPoint {
        let process = getpid()
        return RISTPoint(
            "127.\(1 + (process >> 8) % 254).\(process % 254 + 1).\(1 + line % 250)", port: 7000,
            RISTPlan(profile: profile, buffer: .milliseconds(100)))
    }

    @Test(arguments: RISTPlan.Profile.allCases)
    func `Datagrams arrive in order, and both ends tell their figures`(_ profile: RISTPlan.Profile) throws {
        let point = point(profile, line: profile == .main ? 1 : 2)
        let told = Condition<[RISTSample]>([])
        let note: @Sendable (String) -> Void = { json in
            if let sample = RISTSample(json: json, at: Timestamp(nanoseconds: 0)) { told.change { $0.append(sample) } }
        }
        let receiver = try RISTSession.receiver(at: point, statistics: note)
        let sender = try RISTSession.sender(to: point, flow: 0x1234_5679, statistics: note)
        try sender.awaitPeer()
        try receiver.awaitPeer()
        // librist gives out nothing of the first packets of a flow, and does not count them.
        let lead = 5
        for _ in 0..<lead {
            try sender.send([0])
            Clock.sleep(for: 20_000_000)
        }
        let numbers = (0..<40).map { UInt8($0) }
        for number in numbers { try sender.send([UInt8](repeating: number, count: 1316)) }
        var came: [UInt8] = []
        while came.count < numbers.count, let message = try receiver.receive(patience: .seconds(3)) {
            if message.count == 1316, Set(message).count == 1 { came.append(message[0]) }
        }
        #expect(came == numbers)
        let isTold = told.wait(untilMonotonic: Clock.monotonic() + 3_000_000_000) { samples -> Bool? in
            let sent = samples.compactMap(\.sent).reduce(0) { $0 + Int($1.packets) }
            let received = samples.compactMap(\.received).reduce(0) { $0 + Int($1.packets) }
            // The main profile's RTCP is sent by the same socket.
            let isSent = profile == .simple ? sent == numbers.count + lead : sent >= numbers.count + lead
            return isSent && (numbers.count...numbers.count + lead).contains(received) ? true : nil
        }
        #expect(isTold == true, "\(told.look { $0 })")
    }

    @Test func `Who meets nobody says so in time`() throws {
        let point = point(.main)
        let sender = try RISTSession.sender(to: point, flow: 2) { _ in }
        #expect(throws: RISTError("meet the other end at", "\(point)", "nobody answered in 0.3 s")) {
            try sender.awaitPeer(.milliseconds(300))
        }
    }

    @Test func `A port in use is an error`() throws {
        let point = point(.main)
        let taken = try DatagramSocket(bindingTo: point.address, port: point.port)
        defer { withExtendedLifetime(taken) {} }
        do {
            _ = try RISTSession.receiver(at: point) { _ in }
            Issue.record("the port was free")
        } catch {
            #expect(error.description.hasPrefix("cannot listen on \(point): "))
        }
    }
}
