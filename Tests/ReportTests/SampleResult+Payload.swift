import LabModel

extension SampleResult {
    static var payload: PayloadReport {
        var report = PayloadReport(.h264, origin: .run)
        report.packets = [.init("single NAL unit", 320), .init("STAP-A", 15), .init("FU-A", 7359)]
        report.units = [.init("slice", 2640), .init("IDR slice", 44), .init("SPS", 15), .init("PPS", 15)]
        var frames = PayloadReport.Frames()
        (frames.complete, frames.damaged, frames.missing) = (781, 113, 6)
        (frames.completeKeys, frames.damagedKeys) = (11, 4)
        report.frames = frames
        (report.slices, report.firstSlices, report.mostSlices) = (2684, 890, 3)
        report.parameters = ["High 3.1, 1280x720"]
        return report
    }

    static var transportStreams: [TransportStreamReport] {
        CaptureFacts.Point.allCases.map { point in
            var stream = TransportStreamReport(source: "10.77.0.1:5004", destination: "10.77.0.2:5004")
            (stream.point, stream.packets, stream.nullPackets) = (point, 11_487, 1702)
            stream.checks = TransportStreamReport.Indicator.allCases.map { indicator in
                let isBroken = point == .receiver && indicator == .continuity
                return .init(indicator, errors: isBroken ? 12 : 0, first: isBroken ? .milliseconds(412) : nil)
            }
            var clock = TransportStreamReport.Clock(pid: 256, references: 600)
            (clock.jitter, clock.drift) = (distribution(0.00004, 0.0012, 0.0031), 1.2e-7)
            clock.rate = Rate(bitsPerSecond: 1_500_000)
            stream.clocks = [clock]
            stream.streams = [.init(pid: 256, type: 0x1b, packets: 7411)]
            return stream
        }
    }
}
