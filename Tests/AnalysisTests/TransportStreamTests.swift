import Capture
import FoundationEssentials
import LabModel
import LinuxKit
import Testing

@testable import Analysis

/// TR 101 290 on transport streams whose damage is known, and against tshark's dissector.
@Suite struct TransportStreamTests {
    static let fixtures = Fixture.made(by: "make-transport-streams.py", [])

    static let names = [
        "clean", "lost", "swapped", "copied", "copied_twice", "out_of_sync", "given_up", "no_association", "no_map",
        "damaged_table", "wrong_table", "sound_gone", "slow_clock", "jumping_clock", "announced_jump", "rough_clock",
        "wrapping_clock", "scrambled",
    ]

    static func report(_ name: String) throws -> TransportStreamReport {
        let capture = try CaptureReader(path: fixtures.get() + "/\(name).pcap")
        var tap = try #require(TransportStreamTap(.udpTS))
        capture.forEach { frame in
            if let packet = NetworkPacket(frame) { tap.add(packet, at: frame.time, .receiver) }
        }
        return try #require(tap.finish().first)
    }

    @Test(arguments: names)
    func `counts what was damaged, and nothing else`(name: String) throws {
        let truth = try JSONDecoder().decode(
            [String: [String: Int64]].self, from: Data(File.read(Self.fixtures.get() + "/truth.json")))
        let expected = try #require(truth[name])
        let report = try Self.report(name)
        #expect(report.checks.map(\.indicator) == TransportStreamReport.Indicator.allCases)
        for check in report.checks {
            #expect(check.errors == expected[check.indicator.rawValue] ?? 0, "\(check.indicator)")
            #expect((check.errors > 0) == (check.first != nil))
        }
        #expect(report.streams.map(\.type) == [0x02, 0x03])
    }

    /// tshark takes a third copy of a packet for one, and a packet without payload for one that counts.
    @Test(arguments: names.filter { $0 != "copied_twice" })
    func `agrees with tshark on skipped counters and on clock references`(name: String) throws {
        let text = try Fixture.run(
            "tshark",
            [
                "-r", try Self.fixtures.get() + "/\(name).pcap", "-d", "udp.port==5004,mp2t", "-T", "fields", "-e",
                "mp2t.analysis.skips", "-e", "mp2t.af.pcr",
            ])
        let rows = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        let count = { (column: Int) in
            rows.reduce(0) { sum, row in sum + (column < row.count ? row[column].split(separator: ",").count : 0) }
        }
        let report = try Self.report(name)
        #expect(report.errors(.continuity) == Int64(count(0)))
        #expect(report.clocks.map(\.references) == [Int64(count(1))])
    }

    @Test func `a clock that goes evenly has no jitter and the drift that it was given`() throws {
        let clock = try #require(try Self.report("clean").clocks.first)
        #expect(abs(try #require(clock.rate).bitsPerSecond - 1_500_000) <= 2)
        // Seven packets leave together, so that a reference waits for up to six at 1.5 Mbit/s; the line tilts a little.
        let jitter = try #require(clock.jitter)
        #expect((jitter.maximum - jitter.minimum).seconds < 6.2 * 188 * 8 / 1.5e6)
        #expect(abs(try #require(clock.drift)) < 20e-6)

        var watch = ClockWatch(pid: 256)
        var log = IndicatorLog()
        let bytes = [UInt8](repeating: 0, count: 188)
        bytes.withUnsafeBytes { bytes in
            let packet = TransportPacket(bytes)
            for index in 0..<1000 {
                // 100 ppm fast, at 20 ms and 5000 bytes from one to the next.
                let ticks = Int64((Double(index) * 540_000 * 1.0001).rounded())
                let time = Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(index) * 20_000_000)
                watch.add(ticks, of: packet, at: time, position: Int64(index) * 5000, &log)
            }
        }
        let fast = watch.finish(&log)
        #expect(abs(try #require(fast.drift) - 100e-6) < 1e-8)
        #expect(try #require(fast.jitter).standardDeviation < .microseconds(1))
    }

    /// Null packets that are lost move what comes behind them, and nothing else shows it.
    @Test(arguments: [(off: 0, errors: 0), (off: 7 * 188, errors: 0), (off: 10, errors: 1)])
    func `null packets that are missing are no inaccuracy`(known: (off: Int64, errors: Int64)) {
        var watch = ClockWatch(pid: 256)
        var log = IndicatorLog()
        [UInt8](repeating: 0, count: 188).withUnsafeBytes { bytes in
            for index in 0..<100 {
                watch.add(
                    Int64(index) * 540_000, of: TransportPacket(bytes),
                    at: Timestamp(nanoseconds: Int64(index) * 20_000_000),
                    position: Int64(index) * 5000 - (index >= 50 ? known.off : 0), &log)
            }
        }
        // What is off by ten bytes is off in the rate, too.
        let rate = watch.finish(&log).rate?.bitsPerSecond ?? 0
        #expect(abs(rate - 2_000_000) < 100)
        let checks = log.checks(without: [], start: Timestamp(nanoseconds: 0))
        #expect(checks.first { $0.indicator == .pcrAccuracy }?.errors == known.errors)
    }

    /// Of random bytes it must come to an end.
    @Test(arguments: 0..<50)
    func `bears any bytes`(seed: Int) {
        var random = SystemRandomNumberGenerator()
        var monitor = TransportStreamMonitor(source: "", destination: "", start: Timestamp(nanoseconds: 0))
        for datagram in 0..<40 {
            var bytes = (0..<(188 * 7)).map { _ in UInt8.random(in: 0...255, using: &random) }
            for place in stride(from: 0, to: bytes.count, by: 188) {
                bytes[place] = 0x47
                // Mostly tables, whose lengths are then any.
                if seed % 2 == 0 { (bytes[place + 1], bytes[place + 2]) = (0x40, UInt8(seed % 3)) }
            }
            bytes.withUnsafeBytes { monitor.add($0, at: Timestamp(nanoseconds: Int64(datagram) * 1_000_000)) }
        }
        #expect(monitor.finish() != nil)
    }
}
