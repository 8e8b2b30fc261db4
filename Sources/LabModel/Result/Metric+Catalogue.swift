extension Metric {
    static func streamMetrics(_ kind: MediaKind) -> [Metric] {
        let name = kind.rawValue
        return [
            Metric(name: "rtp.\(name).loss", quantity: .ratio, summary: "RTP packets of \(name) that never came") {
                $0.rtp(kind)?.loss
            },
            Metric(name: "rtp.\(name).missing", quantity: .count, summary: "RTP packets of \(name) that never came") {
                ($0.rtp(kind)?.missing).map(Double.init)
            },
            Metric(name: "rtp.\(name).duplicates", quantity: .count, summary: "RTP packets of \(name) that came twice")
            {
                ($0.rtp(kind)?.duplicates).map(Double.init)
            },
            Metric(name: "rtp.\(name).reordered", quantity: .count, summary: "RTP packets of \(name) out of order") {
                ($0.rtp(kind)?.reordered).map(Double.init)
            },
            Metric(name: "rtp.\(name).jitter", quantity: .time, summary: "mean RFC 3550 jitter of \(name)") {
                $0.rtp(kind)?.meanJitter?.seconds
            },
            Metric(name: "rtp.\(name).bursts", quantity: .count, summary: "bursts of loss of \(name) (RFC 3611)") {
                result in
                result.rtp(kind).map { Double($0.bursts?.bursts ?? 0) }
            },
            Metric(name: "rtp.\(name).drift", quantity: .ratio, summary: "how much faster \(name)'s clock is") {
                $0.rtp(kind)?.drift
            },
            Metric(name: "rtp.\(name).rate", quantity: .rate, summary: "received rate of \(name), UDP payload") {
                ($0.rtp(kind)?.rate?.bitsPerSecond).map(Double.init)
            },
            Metric(name: "media.\(name).complete", quantity: .ratio, summary: "access units of \(name) that came whole")
            {
                $0.media(kind).flatMap { $0.sent > 0 ? Double($0.complete) / Double($0.sent) : nil }
            },
            Metric(name: "media.\(name).lost", quantity: .count, summary: "access units of \(name) never whole") {
                ($0.media(kind)?.lost).map(Double.init)
            },
        ]
    }

    static let playerMetrics: [Metric] = [
        Metric(name: "player.startup", quantity: .time, summary: "from the stream's start to the first frame shown") {
            $0.player?.startup?.seconds
        },
        Metric(
            name: "player.startup.request", quantity: .time,
            summary: "from the receiver's first packet to the first frame shown"
        ) { $0.player?.startupFromRequest?.seconds },
        Metric(name: "player.stall.count", quantity: .count, summary: "how often playing stopped") {
            ($0.played?.stalls.count).map(Double.init)
        },
        Metric(name: "player.stall.total", quantity: .time, summary: "how long playing stopped, in all") {
            $0.played?.stallTotal.seconds
        },
        Metric(name: "player.stall.longest", quantity: .time, summary: "the longest stall") {
            $0.played?.longestStall.seconds
        },
        Metric(name: "player.late", quantity: .count, summary: "frames that came whole but too late") {
            ($0.player?.late).map(Double.init)
        },
        Metric(name: "player.dropped", quantity: .count, summary: "frames that never came whole") {
            ($0.player?.dropped).map(Double.init)
        },
        Metric(name: "player.shown", quantity: .ratio, summary: "frames shown of frames sent") {
            $0.player.flatMap { $0.frames > 0 ? Double($0.shown) / Double($0.frames) : nil }
        },
        Metric(name: "player.latency.p50", quantity: .time, summary: "median live latency of the frames shown") {
            $0.player?.liveLatency?.p50.seconds
        },
        Metric(name: "player.latency.p95", quantity: .time, summary: "95th percentile of live latency") {
            $0.player?.liveLatency?.p95.seconds
        },
    ]

    static let syncMetrics: [Metric] = [
        Metric(name: "avsync.p95", quantity: .time, summary: "95th percentile of the offset of sound and picture") {
            $0.bestSync?.magnitudeP95.seconds
        },
        Metric(name: "avsync.mean", quantity: .time, summary: "mean offset of sound and picture, audio late negative") {
            $0.bestSync?.offset.mean.seconds
        },
        Metric(name: "avsync.outside", quantity: .ratio, summary: "time outside -125 ms to +45 ms (ITU-R BT.1359)") {
            $0.bestSync?.outside
        },
    ]

    static func linkMetrics(_ direction: Direction) -> [Metric] {
        let name = "link.\(direction.rawValue)"
        return [
            Metric(name: "\(name).loss", quantity: .ratio, summary: "packets lost on the way, queue and path") {
                $0.link(direction).flatMap { $0.sentPackets > 0 ? Double($0.lost) / Double($0.sentPackets) : nil }
            },
            Metric(name: "\(name).delay.p50", quantity: .time, summary: "median one-way delay, queue included") {
                $0.link(direction)?.delay?.p50.seconds
            },
            Metric(name: "\(name).delay.p95", quantity: .time, summary: "95th percentile of the one-way delay") {
                $0.link(direction)?.delay?.p95.seconds
            },
            Metric(name: "\(name).delay.maximum", quantity: .time, summary: "greatest one-way delay") {
                $0.link(direction)?.delay?.maximum.seconds
            },
            Metric(name: "\(name).reordered", quantity: .count, summary: "packets that overtook another") {
                ($0.link(direction)?.reordered).map(Double.init)
            },
        ]
    }

    static let probeMetrics: [Metric] = [
        Metric(name: "probe.tcp.rate", quantity: .rate, summary: "TCP throughput, payload") {
            ($0.throughput(.tcp)?.payloadRate?.bitsPerSecond).map(Double.init)
        },
        Metric(name: "probe.tcp.retransmissions", quantity: .count, summary: "TCP segments sent again") {
            ($0.throughput(.tcp)?.retransmissions).map(Double.init)
        },
        Metric(name: "probe.udp.rate", quantity: .rate, summary: "UDP throughput, payload") {
            ($0.throughput(.udp)?.payloadRate?.bitsPerSecond).map(Double.init)
        },
        Metric(name: "probe.udp.loss", quantity: .ratio, summary: "UDP datagrams lost") { result in
            guard let probe = result.throughput(.udp), let sent = probe.sent, sent > 0 else { return nil }
            return probe.lost.map { Double($0) / Double(sent) }
        },
    ]
}

extension RunResult {
    /// The RTP stream of `kind` as the receiver got it; of several cameras the first one's.
    package func rtp(_ kind: MediaKind) -> RTPStreamReport? {
        received?.streams.first { $0.stream == kind && ($0.camera ?? 1) == 1 }
    }

    package func media(_ kind: MediaKind) -> MediaReport? {
        media.first { $0.stream == kind }
    }

    package func link(_ direction: Direction) -> LinkReport? {
        links.first { $0.direction == direction && $0.hop == nil }
    }

    package var bestSync: SyncReport? { sync.best }

    package func throughput(_ transport: ProbePlan.Throughput.Transport) -> ProbeResult? {
        run.probes.first {
            if case .throughput(let plan) = $0.plan {
                plan.transport == transport && plan.rivalry == nil
            } else {
                false
            }
        }
    }
}

extension RunResult {
    /// The player where it showed anything: one that never began has not kept playing either.
    fileprivate var played: PlayerReport? { player.flatMap { $0.startup == nil ? nil : $0 } }
}

extension [SyncReport] {
    /// Content before transport: what the viewer gets counts more than what the headers say.
    package var best: SyncReport? {
        first { $0.method == .content } ?? first { $0.method == .transport } ?? first
    }
}
