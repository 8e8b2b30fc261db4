import LabModel

extension SampleResult {
    static var media: [MediaReport] {
        var video = MediaReport(stream: .video, codec: "h264")
        (video.width, video.height, video.framesPerSecond) = (1280, 720, 30)
        (video.sent, video.complete, video.damaged, video.missing) = (900, 781, 113, 6)
        (video.keyFrames, video.keyFramesComplete, video.rate) = (15, 11, Rate(bitsPerSecond: 2_499_000))
        (video.sentBytes, video.deliveredBytes) = (ByteCount(9_371_000), ByteCount(7_964_000))
        video.deliveredRate = Rate(bitsPerSecond: 2_123_000)
        (video.decoded, video.identified, video.misplaced) = (890, 812, 0)
        var audio = MediaReport(stream: .audio, codec: "aac")
        (audio.sampleRate, audio.channels, audio.rate) = (48_000, 2, Rate(bitsPerSecond: 128_000))
        (audio.sent, audio.complete, audio.missing) = (1406, 1400, 6)
        return [video, audio]
    }

    static var player: PlayerReport {
        var player = PlayerReport(policy: PlayerPolicy())
        (player.startup, player.startupFromRequest) = (.milliseconds(255), .milliseconds(305))
        player.stalls = [
            .init(start: .seconds(11.4), length: .milliseconds(820)),
            .init(start: .seconds(14.93), length: .milliseconds(640)),
            .init(start: .seconds(18.2), length: .milliseconds(470)),
        ]
        (player.frames, player.shown, player.late, player.dropped) = (900, 768, 13, 119)
        player.liveLatency = distribution(0.255, 2.14, 2.19)
        let points: [(buffer: Double, stalled: Double, count: Int, notShown: Int64)] = [
            (50, 3.41, 11, 160), (100, 2.62, 7, 141), (200, 1.93, 3, 132), (500, 0.81, 2, 125), (1000, 0.22, 1, 121),
            (2000, 0, 0, 119), (4000, 0, 0, 119),
        ]
        player.stallsByBuffer = points.map {
            .init(
                buffer: .milliseconds($0.buffer), stallTotal: .seconds($0.stalled), stallCount: $0.count,
                notShown: $0.notShown)
        }
        return player
    }

    static var wire: WireReport {
        var wire = WireReport(time: .seconds(29.98))
        (wire.downlink.packets, wire.downlink.bytes) = (9318, ByteCount(10_120_400))
        (wire.uplink.packets, wire.uplink.bytes) = (14, ByteCount(1316))
        wire.downlink.rate = Rate(bitsPerSecond: 2_700_000)
        (wire.sentMedia, wire.deliveredMedia) = (ByteCount(9_850_000), ByteCount(8_430_000))
        wire.parts = [
            .init(.undelivered, ByteCount(1_420_000)), .init(.packaging, ByteCount(18_000)),
            .init(.headers, ByteCount(250_000)), .init(.control, ByteCount(2400)),
        ]
        (wire.mediaPackets, wire.mediaPacketsLost) = (9288, 214)
        return wire
    }

    static var outages: [OutageReport] {
        var outage = OutageReport(start: .seconds(12), end: .seconds(13), directions: [.downlink, .uplink])
        (outage.recovery, outage.firstUnit) = (.milliseconds(220), .milliseconds(20))
        outage.firstKeyFrame = .seconds(1.1)
        return [outage]
    }

    static var absences: [Absence] {
        [Absence("outage.latency", because: "live latency did not come back after the outage at 12.0 s")]
    }

    static var sync: [SyncReport] {
        var transport = distribution(0.0021, 0.0085, 0.0121)
        transport.minimum = .milliseconds(-9)
        var content = distribution(-0.0192, -0.009, 0.004)
        content.minimum = .milliseconds(-41)
        return [
            SyncReport(method: .transport, offset: transport, magnitudeP95: .milliseconds(9.1), outside: 0),
            SyncReport(method: .content, offset: content, magnitudeP95: .milliseconds(31), outside: 0.004),
        ]
    }

    static var throughput: ProbeResult {
        let plan = ProbePlan.Throughput(transport: .tcp, duration: .seconds(5))
        var probe = ProbeResult(
            plan: .throughput(plan), started: start - .seconds(5.6), ended: start - .seconds(0.6))
        for second in 0..<5 {
            let slowStart = second == 0
            var interval = ProbeResult.Interval(
                start: .seconds(Double(second)), end: .seconds(Double(second + 1)),
                bytes: ByteCount(slowStart ? 1_050_000 : 1_196_000))
            interval.retransmissions = slowStart ? 31 : 2
            interval.roundTrip = .milliseconds(slowStart ? 92 : 131)
            interval.congestionWindow = ByteCount(172_000)
            probe.intervals.append(interval)
        }
        probe.ethernetRate = Rate(bitsPerSecond: 9_981_000)
        probe.payloadRate = Rate(bitsPerSecond: 9_559_000)
        probe.retransmissions = 39
        return probe
    }

    static var latency: ProbeResult {
        var probe = ProbeResult(
            plan: .latency(interval: .milliseconds(50)), started: start, ended: start + .seconds(30))
        probe.echoes = (0..<600).map { index in
            let sent = start + .milliseconds(Double(index) * 50)
            let trip: Double = (200..<400).contains(index) ? 139 : 41
            return ProbeResult.Echo(sent: sent, roundTrip: index % 97 == 5 ? nil : .milliseconds(trip))
        }
        return probe
    }
}
