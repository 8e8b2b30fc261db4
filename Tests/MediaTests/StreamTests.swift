import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    /// The bytes of each unit as network units, since start codes may have three or four bytes.
    private func payload(_ kind: MediaKind, _ bytes: [UInt8]) -> [[UInt8]] {
        kind == .audio ? [bytes] : NetworkUnits.units(bytes).map { Array(bytes[$0]) }
    }

    private func received(_ run: RunDirectory) throws -> [(unit: ReceivedUnit, bytes: [UInt8])] {
        let files: [MediaKind: [UInt8]] = [
            .video: try File.read(run.file(RunFolder.receivedVideo)),
            .audio: try File.read(run.file(RunFolder.receivedAudio)),
        ]
        return try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits).map { unit in
            let start = Int(unit.offset)
            return (unit, Array(files[unit.stream, default: []][start..<(start + Int(unit.size.bytes))]))
        }
    }

    @Test(arguments: [(AudioPlan.Codec.aac, Pacing.burst), (.opus, .spread)])
    func `Every access unit arrives with its bytes and its timestamp`(_ codec: AudioPlan.Codec, _ pacing: Pacing) throws
    {
        let plan = Sample.plan(audio: codec, pacing: pacing)
        let session = try Session(plan)
        let messages = try session.stream()
        let source = try MediaSource.load(Sample.file(plan))
        let units = try received(session.run)
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        for stream in source.streams {
            let got = units.filter { $0.unit.stream == stream.kind }
            let gone = sent.filter { $0.stream == stream.kind }
            #expect(got.count == stream.units.count)
            #expect(gone.count == stream.units.count)
            for (index, pair) in zip(stream.units, got).enumerated() {
                #expect(payload(stream.kind, pair.0.bytes) == payload(stream.kind, pair.1.bytes), "unit \(index)")
                #expect(pair.1.unit.timestamp == gone[index].timestamp)
                #expect(pair.1.unit.key == pair.0.isKey && gone[index].key == pair.0.isKey)
                #expect(pair.1.unit.index == index && gone[index].index == index)
                #expect(gone[index].due <= gone[index].firstSent && gone[index].firstSent <= gone[index].lastSent)
                #expect(pair.1.unit.time >= gone[index].firstSent)
            }
            let ends = zip(gone, gone.dropFirst()).filter { $0.lastSequence.map { $0 + 1 } != $1.firstSequence }
            #expect(ends.isEmpty)
        }
        let packets = sent.reduce(0) { $0 + $1.packetCount }
        let ended = messages.filter { $0.ended == true }
        #expect(ended.map(\.packets) == [packets, packets])
        #expect(ended[0].lateness?.count == packets && ended[1].socketDrops == 0)
        let last = try #require(messages.compactMap(\.progress).last)
        // Told each half second, and the stream ends just before the third.
        #expect(last.missing == 0 && last.stalls == 0 && (2.5...3.3).contains(last.elapsed.seconds))
    }

    @Test func `With packets lost, a number that both strips agree on is never wrong`() throws {
        let session = try Session(Sample.plan(duration: .seconds(5)))
        let dropped = RandomLoss(seed: 11, share: 0.02)
        let relay = try Relay(port: session.firstPort, to: Session.receiverAddress) { dropped.loses($0) }
        let messages = try session.stream(to: Relay.address)
        let lost = try relay.end()
        #expect(lost > 5)
        let ended = messages.filter { $0.ended == true }
        #expect((ended[0].packets ?? 0) - (ended[1].packets ?? 0) == Int64(lost))
        try MarkReader(run: session.run.path).read()
        let streams = try session.run.read([StreamFacts].self, from: RunFolder.streams)
        let marks = try session.run.readLines(FrameMark.self, from: RunFolder.frameMarks)
        let exact = marks.filter { $0.top != nil && $0.top == $0.bottom }
        #expect(marks.count > 130)
        #expect(exact.count > 40)
        for mark in exact {
            // A frame takes 3000 ticks of the video clock.
            #expect((mark.timestamp &- streams[0].firstTimestamp) / 3000 == mark.top)
        }
        let sounds = try session.run.readLines(SoundMark.self, from: RunFolder.soundMarks)
        #expect(sounds.count >= 20)
        for mark in sounds { #expect(abs(mark.found.seconds - (0.1 + 0.2 * Double(mark.slot))) < 0.001) }
        let reports = try session.run.readLines(
            ReportLog.Line.self, from: "\(RunFolder.logs)/receiver-reports.jsonl")
        let highest = streams.map { stream in
            reports.filter { $0.ssrc == stream.rtp?.ssrc }.map(\.cumulativeLost).max() ?? 0
        }
        #expect(highest.reduce(0, +) > 0 && highest.reduce(0, +) <= lost)
    }

    @Test func `stop ends both workers at once, with BYE and whole files`() throws {
        let session = try Session(Sample.plan(duration: .seconds(5)))
        let start = Clock.monotonic()
        let messages = try session.stream(stoppingAfter: 700_000_000)
        #expect(Clock.monotonic() - start < 3_000_000_000)
        #expect(messages.count { $0.ended == true } == 2)
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        let units = try received(session.run)
        #expect(sent.count > 30 && sent.count < 80)
        #expect(units.count == sent.count)
    }

    @Test func `A receiver that nothing comes to any more ends by itself`() throws {
        let session = try Session(Sample.plan(duration: .seconds(1)))
        // Neither BYE nor anything else gets through after the tenth packet.
        let relay = try Relay(port: session.firstPort, to: Session.receiverAddress, losesReports: true) { $0 > 10 }
        let messages = try session.stream(to: Relay.address, linger: 1_000_000_000)
        _ = try relay.end()
        #expect(messages.filter { $0.ended == true }.map(\.packets).last == 10)
    }
}

/// The same packets of a stream lost in every run.
struct RandomLoss: Sendable {
    let seed: UInt64
    let share: Double

    func loses(_ number: Int) -> Bool {
        var random = RepeatableRandom(seed: seed &+ UInt64(number) &* 0x1234_5679)
        return Double(random.next() >> 11) / Double(1 << 53) < share
    }
}
