import Capture
import FoundationEssentials
import LabModel
import LinuxKit
import Testing

@testable import Analysis

/// What RTP packets carry: media that ffmpeg packetised, with known packets missing, against what became of its frames
/// and against tshark's dissectors.
@Suite struct PayloadTests {
    static let fixtures = Fixture.made(by: "make-payloads.py", [])

    /// What the script says of each format.
    struct Truth: Decodable {
        struct Fates: Decodable {
            var complete: Int64
            var damaged: Int64
            var missing: Int64
        }

        var whole: Fates
        var lossy: Fates
        var units: [String: Int64]?
    }

    static func report(_ name: String, asked: [UInt8: PayloadFormat] = [:]) throws -> PayloadReport? {
        let capture = try CaptureReader(path: fixtures.get() + "/\(name).pcap")
        return CaptureAnalysis.analyze(capture, payloads: asked).streams.first?.payload
    }

    static func truth(_ format: PayloadFormat) throws -> Truth {
        let data = Data(try File.read(fixtures.get() + "/truth.json"))
        return try #require(try JSONDecoder().decode([String: Truth].self, from: data)[format.rawValue])
    }

    /// Opus fits anything, so it has to be named.
    static let asked: [UInt8: PayloadFormat] = [97: .opus]

    @Test(arguments: PayloadFormat.allCases)
    func `finds out what is carried`(format: PayloadFormat) throws {
        let report = try #require(try Self.report(format.rawValue, asked: format == .opus ? Self.asked : [:]))
        #expect(report.format == format)
        #expect(report.origin == (format == .opus ? .option : format == .mpegTS ? .type : .guess))
        #expect(report.unreadable == 0)
    }

    @Test func `a wrong name shows`() throws {
        let report = try #require(try Self.report("h264", asked: [96: .mpegTS]))
        #expect(report.unreadable == report.packets.reduce(report.unreadable) { $0 + $1.count })
        #expect(try Self.report("opus") == nil)
    }

    @Test(arguments: [PayloadFormat.h264, .h265, .vp8, .vp9, .av1, .opus], [false, true])
    func `puts frames together`(format: PayloadFormat, isLossy: Bool) throws {
        let name = format.rawValue + (isLossy ? "-lossy" : "")
        let report = try #require(try Self.report(name, asked: format == .opus ? Self.asked : [:]))
        let frames = try #require(report.frames)
        let truth = try Self.truth(format)
        let fates = isLossy ? truth.lossy : truth.whole
        #expect(frames.complete == fates.complete)
        #expect(frames.damaged == fates.damaged)
        #expect(frames.missing == fates.missing)
        guard !isLossy, format != .opus else { return }
        // Three seconds, a key frame each second.
        #expect(frames.completeKeys == 3)
        #expect(frames.damagedKeys == 0)
    }

    @Test(arguments: [false, true])
    func `counts access units of sound`(isLossy: Bool) throws {
        let units = try #require(try Self.truth(.aac).units)
        let report = try #require(try Self.report(isLossy ? "aac-lossy" : "aac"))
        #expect(report.frames?.complete == units[isLossy ? "lossy" : "whole"])
        #expect(report.frames?.damaged == 0)
    }

    @Test(arguments: [
        (PayloadFormat.h264, "320x240"), (.h265, "320x240"), (.vp8, "320x240"), (.vp9, "320x240"),
    ])
    func `reads the size`(format: PayloadFormat, size: String) throws {
        let report = try #require(try Self.report(format.rawValue))
        #expect(report.parameters.count == 1)
        #expect(report.parameters.first?.hasSuffix(size) == true, "\(report.parameters)")
    }

    @Test func `a session description says what is carried`() {
        let text =
            "RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=video 0 RTP/AVP 96\r\n"
            + "a=rtpmap:96 H265/90000\r\na=rtpmap:97 mpeg4-generic/48000/2\r\na=rtpmap:98 telephone-event/8000\r\n"
            + "a=rtpmap:300 H264/90000\r\na=rtpmap:99\r\n"
        let formats = Array(text.utf8).withUnsafeBytes { SessionDescription.formats(in: $0) }
        #expect(formats == [96: .h265, 97: .aac])
        #expect(
            Array("GET / HTTP/1.1\r\na=rtpmap:96 H264".utf8).withUnsafeBytes { SessionDescription.formats(in: $0) }
                == [:])
    }
}
