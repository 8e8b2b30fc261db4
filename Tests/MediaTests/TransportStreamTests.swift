import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

@Suite(.timeLimit(.minutes(2))) struct TransportStreamTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var rate: Rate?
        var pacing = Pacing.burst
        var isRTP = false
    }

    static let cases = [
        Case(testDescription: "as large as its media, each unit at once"),
        Case(testDescription: "as large as its media, spread", pacing: .spread),
        Case(testDescription: "at a constant rate", rate: Rate(bitsPerSecond: 1_000_000)),
        Case(testDescription: "in RTP", isRTP: true),
    ]

    private func stream(_ test: Case) throws -> (Session, Plan, [WorkerMessage]) {
        let plan = Sample.plan(pacing: test.pacing, transportStream: TransportStreamPlan(rate: test.rate))
        let session = try Session(plan)
        let messages = try session.streamTransport(
            carrier: { to, port in
                if test.isRTP { return try RTPCarrier(seed: 42, bind: Session.senderAddress, to: to, port: port) }
                return try UDPCarrier(bind: Session.senderAddress, to: to, port: port)
            },
            source: { port in
                if test.isRTP { return try RTPSource(bind: Session.receiverAddress, port: port) }
                return try UDPSource(bind: Session.receiverAddress, port: port)
            })
        return (session, plan, messages)
    }

    @Test(arguments: cases)
    func `Every access unit arrives with its content, its timestamp and a time`(_ test: Case) throws {
        let (session, plan, messages) = try stream(test)
        let ended = messages.filter { $0.ended == true }
        #expect(ended.map(\.packets) == [ended[0].packets, ended[0].packets] && ended[1].socketDrops == 0)
        let source = try MediaSource.load(Sample.file(plan))
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        let received = try session.run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        for stream in source.streams {
            let gone = sent.filter { $0.stream == stream.kind }
            let got = received.filter { $0.stream == stream.kind }
            #expect(gone.count == stream.units.count && got.count == gone.count)
            for (one, other) in zip(gone, got) {
                #expect(one.content == other.content && one.timestamp == other.timestamp && one.key == other.key)
                #expect(one.due <= one.firstSent && one.firstSent <= one.lastSent)
                // The last datagram's, not that of the next unit, which the demuxer waits for.
                #expect(other.time >= one.firstSent && other.time <= one.lastSent + .milliseconds(10))
            }
        }
        try MarkReader(run: session.run.path).read()
        let marks = try session.run.readLines(FrameMark.self, from: RunFolder.frameMarks)
        #expect(marks.count == 90 && marks.enumerated().allSatisfy { $0.element.top == UInt32($0.offset) })
        let sounds = try session.run.readLines(SoundMark.self, from: RunFolder.soundMarks)
        #expect(sounds.count >= 13)
        for mark in sounds { #expect(abs(mark.found.seconds - (0.1 + 0.2 * Double(mark.slot))) < 0.001) }
    }

    @Test func `With datagrams lost, what differs from what was sent is not taken for it`() throws {
        let session = try Session(Sample.plan())
        let dropped = RandomLoss(seed: 5, share: 0.03)
        let relay = try Relay(port: session.firstPort, to: Session.receiverAddress) { dropped.loses($0) }
        _ = try session.streamTransport(
            to: Relay.address, carrier: { try UDPCarrier(bind: Session.senderAddress, to: $0, port: $1) },
            source: { try UDPSource(bind: Session.receiverAddress, port: $0) })
        let lost = try relay.end()
        #expect(lost > 3)
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        let received = try session.run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        let whole = Set(received.compactMap(\.content))
        let missing = sent.count { $0.content.map { !whole.contains($0) } ?? true }
        // A datagram carries a part of one unit.
        #expect((1...lost).contains(missing))
    }

    @Test func `A multiplex of constant rate has full datagrams at one distance, and clocks as often as is asked`()
        throws
    {
        let source = try MediaSource.load(Sample.file(Sample.plan()))
        let rate = Rate(bitsPerSecond: 1_000_000)
        let schedule = try DatagramSchedule(transportStream: source, rate: rate, pacing: .burst, marked: true)
        #expect(schedule.datagrams.dropLast().allSatisfy { $0.bytes.count == 1316 })
        let step = 1316.0 * 8 / 1_000_000 * 1e9
        for (index, datagram) in schedule.datagrams.enumerated() {
            #expect(abs(Double(datagram.due) - Double(index + 1) * step) < 2)
        }
        // Nothing is in the stream before it is due.
        for unit in schedule.units {
            #expect(schedule.datagrams[unit.datagrams.lowerBound].due >= unit.due)
        }
        let file = "\(try Directory.makeUnique("/tmp/netlab-ts-"))/stream.ts"
        defer { try? Directory.removeTree(Directory.parent(of: file)) }
        try File.write(schedule.datagrams.flatMap(\.bytes), to: file)
        let counted = try output(
            of: "ffprobe",
            [
                "-v", "warning", "-count_packets", "-show_entries", "stream=codec_type,nb_read_packets", "-of",
                "csv=p=0", file,
            ])
        let lines = Set(try #require(counted).split(separator: "\n").map { $0.trimmingSuffix(",") })
        #expect(lines.isSuperset(of: ["video,90", "audio,\(source.streams[1].units.count)"]))
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        last == suffix ? String(dropLast()) : String(self)
    }
}
