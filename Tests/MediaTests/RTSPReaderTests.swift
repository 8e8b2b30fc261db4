import Testing

@testable import Media

/// What an RTSP server says, in whatever pieces it comes.
@Suite struct RTSPReaderTests {
    private static let answer = """
        RTSP/1.0 200 OK\r\nCSeq: 3\r\nTransport: RTP/AVP;unicast;client_port=5004-5005;server_port=40000-40001;mode="RECORD"\r\n\
        Session: abc;timeout=60\r\n\r\n
        """
    private static let refusal = "RTSP/1.0 404 Not Found\r\nCSeq: 4\r\nContent-Length: 4\r\n\r\nnone"
    private static let packets: [UInt8] = [0x24, 1, 0, 2, 7, 8, 0x24, 0, 0, 0]

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `Responses and packets are found in pieces of any size`(size: Int) throws {
        let bytes = Array(Self.answer.utf8) + Self.packets + Array(Self.refusal.utf8) + Self.packets
        var reader = RTSPReader()
        var items: [RTSPReader.Item] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            items += try reader.add(bytes[start..<min(start + size, bytes.count)])
        }
        let responses = items.compactMap { if case .response(let response) = $0 { response } else { nil } }
        #expect(responses.map(\.status) == [200, 404] && responses.map(\.number) == [3, 4])
        #expect(responses[0].session == "abc" && responses[1].reason == "Not Found")
        #expect(try #require(responses[0].transport("server_port")) == (40000, 40001))
        #expect(responses[0].transport("interleaved") == nil)
        let packets: [RTSPReader.Item] = [.packet(channel: 1, [7, 8]), .packet(channel: 0, [])]
        #expect(items.filter { if case .packet = $0 { true } else { false } } == packets + packets)
    }

    @Test func `A request of the server's is passed over`() throws {
        var reader = RTSPReader()
        let items = try reader.add(Array(("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" + Self.refusal).utf8))
        #expect(items.count == 1)
    }

    @Test(arguments: ["HTTP says nothing of the kind\n", "RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n"])
    func `What is no RTSP, or would not end, is refused`(text: String) {
        var reader = RTSPReader()
        #expect(throws: RTSPReader.Nonsense.self) {
            _ = try reader.add(Array(String(repeating: text, count: 3000).utf8))
        }
    }
}
