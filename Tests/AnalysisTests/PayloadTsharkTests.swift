import LabModel
import Testing

@testable import Analysis

/// The same figures as tshark's dissectors, on whole captures and on lossy ones.
@Suite struct PayloadTsharkTests {
    static let suffixes = ["", "-lossy"]

    /// Rows of fields, each with all of its values in one packet.
    static func rows(_ name: String, type: Int, as protocolName: String, _ fields: [String]) throws -> [[[Substring]]] {
        let text = try Fixture.run(
            "tshark",
            [
                "-r", try PayloadTests.fixtures.get() + "/\(name).pcap", "-d", "udp.port==5004,rtp", "-o",
                "\(protocolName).dynamic.payload.type:\(type)", "-T", "fields",
            ] + fields.flatMap { ["-e", $0] })
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.split(separator: ",") }
        }
    }

    private func count(_ report: PayloadReport, _ name: String) -> Int64 {
        (report.packets + report.units).first { $0.name == name }?.count ?? 0
    }

    @Test(arguments: suffixes)
    func `H264's packets, units and slices`(suffix: String) throws {
        let report = try #require(try PayloadTests.report("h264" + suffix))
        let rows = try Self.rows(
            "h264" + suffix, type: 96, as: "h264",
            ["h264.nal_unit_hdr", "h264.nal_unit_type", "h264.start.bit", "h264.first_mb_in_slice"])
        let kinds = rows.compactMap { $0[0].first.flatMap { Int($0) } }
        #expect(count(report, "STAP-A") == Int64(kinds.count { $0 == 24 }))
        #expect(count(report, "FU-A") == Int64(kinds.count { $0 == 28 }))
        #expect(count(report, "single NAL unit") == Int64(kinds.count { $0 < 24 }))
        let units = rows.flatMap { row -> [Int] in
            let first = row[0].compactMap { Int($0) }
            switch first.first {
            case 24: return Array(first.dropFirst())
            case 28: return row[2].first == "1" ? row[1].compactMap { Int($0) } : []
            default: return first
            }
        }
        for (type, name) in [1: "slice", 5: "IDR slice", 6: "SEI", 7: "SPS", 8: "PPS"] {
            #expect(count(report, name) == Int64(units.count { $0 == type }), "\(name)")
        }
        let places = rows.flatMap { $0[3] }
        #expect(report.slices == Int64(places.count))
        #expect(report.firstSlices == Int64(places.count { $0 == "0" }))
        #expect(report.mostSlices == 3)
    }

    @Test(arguments: suffixes)
    func `H265's packets and units`(suffix: String) throws {
        let report = try #require(try PayloadTests.report("h265" + suffix))
        let rows = try Self.rows(
            "h265" + suffix, type: 96, as: "h265", ["h265.nal_unit_type", "h265.start.bit"])
        let kinds = rows.compactMap { $0[0].first.flatMap { Int($0) } }
        #expect(count(report, "AP") == Int64(kinds.count { $0 == 48 }))
        #expect(count(report, "FU") == Int64(kinds.count { $0 == 49 }))
        #expect(count(report, "single NAL unit") == Int64(kinds.count { $0 < 48 }))
        let begun = rows.filter { $0[0].first == "49" && $0[1].first == "1" }.compactMap { $0[0].last }
        let single = kinds.filter { $0 < 48 }.map { String($0) }
        let keys = (begun.map(String.init) + single).count { $0 == "19" || $0 == "20" }
        #expect(count(report, "IDR_N_LP") + count(report, "IDR_W_RADL") == Int64(keys))
    }

    @Test(arguments: suffixes)
    func `VP8's frames`(suffix: String) throws {
        let report = try #require(try PayloadTests.report("vp8" + suffix))
        let rows = try Self.rows(
            "vp8" + suffix, type: 96, as: "vp8", ["vp8.pld.s", "vp8.pld.partid", "vp8.keyframe.width"])
        let begun = rows.filter { $0[0].first == "1" && $0[1].first == "0" }
        #expect(count(report, "first of a frame") == Int64(begun.count))
        #expect(count(report, "further") == Int64(rows.count - begun.count))
        #expect(count(report, "key frame") == Int64(rows.count { $0.count > 2 && !$0[2].isEmpty }))
    }

    @Test(arguments: suffixes)
    func `Opus' configurations`(suffix: String) throws {
        let report = try #require(try PayloadTests.report("opus" + suffix, asked: PayloadTests.asked))
        let rows = try Self.rows(
            "opus" + suffix, type: 97, as: "opus", ["opus.TOC.config", "opus.TOC.s", "opus.TOC.c"])
        #expect(rows.allSatisfy { $0[0].first == "31" })
        #expect(report.units.map(\.name) == ["CELT FB 20 ms, mono"])
        #expect(report.units.first?.count == Int64(rows.count))
    }
}
