import LabModel
import Testing

@Suite struct IPVersionTests {
    struct Row: CustomTestStringConvertible {
        var ip: IPVersion
        var payload: Int
        var mtu: Int64
        /// In bytes.
        var frames: [Int64]
        var testDescription: String { "\(payload) bytes over IPv\(ip.rawValue) at \(mtu)" }
    }

    @Test(arguments: [
        Row(ip: .v4, payload: 1200, mtu: 1500, frames: [1242]), Row(ip: .v6, payload: 1200, mtu: 1500, frames: [1262]),
        Row(ip: .v4, payload: 1472, mtu: 1500, frames: [1514]),
        Row(ip: .v4, payload: 1473, mtu: 1500, frames: [1514, 35]),
        // 1276: 20 of header and 157 times 8.
        Row(ip: .v4, payload: 1400, mtu: 1280, frames: [14 + 1276, 14 + 20 + 152]),
        // 1280: 40 of header, 8 of extension, and 154 times 8.
        Row(ip: .v6, payload: 1400, mtu: 1280, frames: [14 + 1280, 14 + 48 + 176]),
        Row(ip: .v6, payload: 1232, mtu: 1280, frames: [1294]),
        Row(ip: .v4, payload: 100, mtu: 68, frames: [82, 82, 14 + 20 + 12]),
    ])
    func `a datagram takes as many bytes as its frames`(row: Row) {
        let size = row.ip.framedSize(ofUDP: row.payload, mtu: ByteCount(row.mtu))
        #expect(size == ByteCount(row.frames.reduce(0, +)))
    }
}
