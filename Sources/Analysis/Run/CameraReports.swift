internal import LabModel

/// Each camera of a run by itself.
struct CameraReports {
    /// `nil` where there is one camera only.
    let reports: [CameraReport]?

    /// - Parameter control: the RTCP that came to the receivers.
    init(_ pass: CapturePass, _ inputs: RunInputs, control: [RTCPReport], times: RunTimes) {
        let cameras = inputs.cameras
        guard cameras.count > 1 else {
            reports = nil
            return
        }
        reports = cameras.map { camera in
            let inputs = inputs.only(camera: camera)
            let units = UnitFate.fates(pass, inputs)
            return CameraReport(
                camera: camera, media: MediaReport.reports(units, inputs),
                player: PlayedFrames(units, inputs).map { PlayerReport($0, origin: times.origin) },
                sync: SyncReports(inputs, units: units, control: control, origin: times.origin).reports)
        }
    }
}

extension UnitFate {
    /// By the packets at the receiver, where each unit has its own, else by what the receiver made of them.
    static func fates(_ pass: CapturePass, _ inputs: RunInputs) -> [MediaKind: [UnitFate]] {
        var fates: [MediaKind: [UnitFate]] = [:]
        for facts in inputs.streams where fates[facts.stream] == nil {
            if let rtp = facts.rtp {
                fates[facts.stream] = pass.units[rtp.ssrc]?.units
            } else {
                fates[facts.stream] = Self.fates(
                    of: inputs.sent.filter { $0.stream == facts.stream },
                    received: inputs.received.filter { $0.stream == facts.stream })
            }
        }
        return fates
    }
}

extension MediaReport {
    static func reports(_ units: [MediaKind: [UnitFate]], _ inputs: RunInputs) -> [MediaReport] {
        MediaKind.allCases.compactMap { kind in
            guard let facts = inputs.facts(kind), let units = units[kind] else { return nil }
            var report = MediaReport(units, facts: facts)
            if kind == .video { MarkAnalysis(inputs.frameMarks, facts: facts)?.count(into: &report) }
            return report
        }
    }
}

extension RTSPReport {
    /// `nil` where the protocol is another.
    init?(_ inputs: RunInputs, departures: [UInt32: UnitTracker]) {
        guard inputs.plan.pipeline.protocol == .rtsp else { return nil }
        var delay = Histogram()
        for tracker in departures.values {
            for fate in tracker.units { if let left = fate.completed { delay.add(left - fate.unit.due) } }
        }
        let last = Dictionary(inputs.rtspServer.map { ($0.ssrc, $0) }) { $0.time < $1.time ? $1 : $0 }
        let known = inputs.streams.compactMap { $0.rtp.flatMap { last[$0.ssrc] } }
        self.init(
            setups: inputs.rtspSessions.sorted { $0.camera < $1.camera }.map(\.setup),
            departure: delay.distribution,
            // A sender of the user's own chooses its identities.
            server: known.isEmpty ? last.values.sorted { $0.ssrc < $1.ssrc } : known)
    }
}
