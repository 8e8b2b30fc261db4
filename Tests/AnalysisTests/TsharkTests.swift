import Capture
import LabModel
import Testing

@testable import Analysis

/// The same figures as tshark's on the same file; docs/RTP-FIGURES.md lists where the definitions differ.
@Suite struct TsharkTests {
    /// One line of `tshark -z rtp,streams`.
    struct Line {
        var ssrc: UInt32
        var packets: Int64
        var lost: Int64
        var maximumDelta: Double
        var meanJitter: Double
        var maximumJitter: Double

        /// The payload's name may hold blanks, so the figures are found from the number of packets on: it stands before
        /// the losses and their share in brackets.
        init?(_ text: Substring) {
            let words = text.split(separator: " ")
            guard let name = words.first(where: { $0.hasPrefix("0x") }),
                let ssrc = UInt32(name.dropFirst(2), radix: 16),
                let share = words.firstIndex(where: { $0.hasPrefix("(") }), share >= 2, words.count > share + 6,
                let packets = Int64(words[share - 2]), let lost = Int64(words[share - 1])
            else { return nil }
            let figures = words[(share + 1)...].compactMap { Double($0) }
            guard figures.count >= 6 else { return nil }
            (self.ssrc, self.packets, self.lost) = (ssrc, packets, lost)
            (maximumDelta, meanJitter, maximumJitter) = (figures[2], figures[4], figures[5])
        }
    }

    static func streams(_ name: String) throws -> [UInt32: Line] {
        let text = try Fixture.run(
            "tshark",
            [
                "-r", try Fixture.captures.get() + "/\(name).pcap", "-d", "udp.port==5004,rtp", "-q", "-z",
                "rtp,streams",
            ])
        let lines = text.split(separator: "\n").compactMap(Line.init)
        return Dictionary(lines.map { ($0.ssrc, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: [
        "clean", "loss", "bursts", "duplicates", "reordered", "wrap", "two_streams", "changed_source", "version6",
        "next_generation",
    ])
    func `agrees on packets, loss, gap and jitter`(name: String) throws {
        let theirs = try Self.streams(name)
        let ours = CaptureAnalysis.analyze(try Fixture.capture(name)).streams
        #expect(Set(ours.map(\.ssrc)) == Set(theirs.keys))
        for stream in ours {
            let line = try #require(theirs[stream.ssrc])
            #expect(stream.packets == line.packets)
            #expect(stream.lostRFC3550 == line.lost)
            // tshark prints three decimals of a millisecond.
            #expect(abs(stream.maximumGap.milliseconds - line.maximumDelta) <= 0.0011)
            let mean = try #require(stream.meanJitter)
            let maximum = try #require(stream.maximumJitter)
            #expect(abs(mean.milliseconds - line.meanJitter) <= 0.0011)
            #expect(abs(maximum.milliseconds - line.maximumJitter) <= 0.0011)
        }
    }

    /// The figures that tshark has no summary of, from the fields that it dissects.
    @Test(arguments: ["clean", "loss", "bursts", "duplicates", "reordered", "outage"])
    func `agrees with the sequence numbers that tshark dissects`(name: String) throws {
        let text = try Fixture.run(
            "tshark",
            [
                "-r", try Fixture.captures.get() + "/\(name).pcap", "-d", "udp.port==5004,rtp", "-T", "fields", "-e",
                "rtp.seq", "-e", "rtp.marker",
            ])
        let numbers = text.split(separator: "\n").compactMap { Int64($0.split(separator: "\t")[0]) }
        var seen: Set<Int64> = []
        var (greatest, duplicates, reordered, distance) = (Int64(-1), Int64(0), Int64(0), Int64(0))
        for number in numbers {
            if !seen.insert(number).inserted {
                duplicates += 1
            } else if number < greatest {
                reordered += 1
                distance = max(distance, greatest - number)
            }
            greatest = max(greatest, number)
        }
        let first = try #require(seen.min())
        let stream = try #require(CaptureAnalysis.analyze(try Fixture.capture(name)).streams.first)
        #expect(stream.packets == Int64(numbers.count))
        #expect(stream.expected == greatest - first + 1)
        #expect(stream.missing == greatest - first + 1 - Int64(seen.count))
        #expect(stream.duplicates == duplicates)
        #expect(stream.reordered == reordered)
        #expect(stream.reorderDistance == distance)
    }
}
