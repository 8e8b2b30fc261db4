import LabModel
import Testing

@testable import Analysis

/// RTP in the middle of an RTSP connection.
@Suite struct InterleavedTests {
    /// A message, a packet, a message with a body, and a packet that looks like a message.
    private static let stream: [UInt8] =
        Array("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".utf8) + framed([0x80, 1, 2, 3])
        + Array("RTSP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n$ab\r\n".utf8) + framed(Array("RTSP/1.0".utf8))
        + framed([])

    private static let packets: [[UInt8]] = [[0x80, 1, 2, 3], Array("RTSP/1.0".utf8), []]

    private static func framed(_ packet: [UInt8]) -> [UInt8] {
        [0x24, 0, UInt8(packet.count >> 8), UInt8(packet.count & 255)] + packet
    }

    /// What comes of segments that begin at these places and reach to the next given end.
    private func read(_ segments: [Range<Int>], first: UInt32 = .max - 20) -> [[UInt8]] {
        var interleaved = InterleavedPackets(startingAt: first)
        return segments.flatMap { range in
            Self.stream[range].withUnsafeBytes {
                interleaved.add($0, at: first &+ UInt32(range.lowerBound))
            }
        }
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var segments: [Range<Int>]
    }

    private static let all = 0..<stream.count

    @Test(arguments: [
        Case(testDescription: "all at once", segments: [all]),
        Case(testDescription: "byte by byte", segments: all.map { $0..<$0 + 1 }),
        Case(testDescription: "again", segments: [0..<40, 0..<40, 20..<60, 60..<stream.count]),
        Case(testDescription: "out of order", segments: [0..<10, 50..<stream.count, 30..<50, 10..<30]),
        Case(testDescription: "out of order, overlapping", segments: [40..<stream.count, 5..<45, 0..<10]),
    ])
    func `Packets are found whatever the segments`(of segments: Case) {
        #expect(read(segments.segments) == Self.packets)
    }

    @Test func `What is not there holds back all that follows`() {
        #expect(read([0..<10, 30..<Self.stream.count]) == [])
    }

    @Test func `A connection is taken for RTSP by its first words`() {
        func isRTSP(_ text: String) -> Bool {
            Array(text.utf8).withUnsafeBytes { InterleavedPackets.begin(with: $0) }
        }
        #expect(isRTSP("OPTIONS rtsp://192.0.2.1/ RTSP/1.0\r\n"))
        #expect(isRTSP("RTSP/1.0 200 OK\r\n"))
        #expect(!isRTSP("GET / HTTP/1.1\r\n") && !isRTSP("$\0\0\0") && !isRTSP(""))
    }
}
