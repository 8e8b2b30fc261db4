import FoundationEssentials
import LabModel
import Testing

/// What describes packets and their places.
@Suite struct FlowTests {
    @Test(arguments: [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
        (111, "111th"), (1000, "1000th"), (1003, "1003rd"),
    ]) func aPlaceHasItsEnding(_ count: Int, _ text: String) {
        #expect(DropList.Nth(count).ordinal == text)
    }

    @Test func aDropListComesBackFromJSON() throws {
        let term = PacketMatch.Term(.udp, ports: [1, 65535], host: IPAddress("fd77::2"), content: .srtControl)
        let link = Impairment(
            match: PacketMatch([term]),
            drop: DropList(places: [.video: [1, 2], .audio: [3]], every: DropList.Nth(7, of: PacketMatch([term]))))
        #expect(try JSONDecoder().decode(Impairment.self, from: JSONEncoder().encode(link)) == link)
        #expect(
            link.text
                == "no rate limit, delay 0 ms, for udp 1 or 65535 host fd77::2 srt control only, drop video 1, 2; audio 3;"
                + " every 7th of udp 1 or 65535 host fd77::2 srt control")
    }

    /// A plan of an earlier version says nothing of them.
    @Test func anImpairmentWithoutThemHasNone() throws {
        let text = String(decoding: try JSONEncoder().encode(Impairment.clean), as: UTF8.self)
        #expect(!text.contains("match") && !text.contains("drop"))
        #expect(try JSONDecoder().decode(Impairment.self, from: Data(text.utf8)) == .clean)
    }

    @Test(
        arguments: [
            ("10.77.0.2", [0x0a4d_0002]), ("0.0.0.0", [0]), ("255.255.255.255", [0xffff_ffff]),
            ("fd77::2", [0xfd77_0000, 0, 0, 2]), ("::", [0, 0, 0, 0]),
            ("1:2:3:4:5:6:7:8", [0x1_0002, 0x3_0004, 0x5_0006, 0x7_0008]),
        ] as [(String, [UInt32])]) func anAddressIsRead(_ text: String, _ words: [UInt32]) throws
    {
        let address = try #require(IPAddress(text))
        #expect(address.words == words)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "10.77.0", "10.77.0.2.1", "10.77.0.2.x", "10.77.0.256", "10.77..2", "host", ":", ":::", "1::2::3", "g::1",
        "::x",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "12345::1", ":1:2:3:4:5:6:7:8",
    ]) func whatIsNoAddressIsRefused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    /// The first of a stream, and where its 16 bits begin again.
    @Test func placesAreSequenceNumbers() {
        let identity = StreamIdentity.of(.video, seed: 7)
        #expect(identity == StreamIdentity.draw(seed: 7)[0])
        #expect(identity.sequence(at: 1) == identity.firstSequence)
        #expect(identity.sequence(at: 65536) == identity.firstSequence &- 1)
        #expect(identity.ssrc != StreamIdentity.of(.audio, seed: 7).ssrc)
    }
}
