internal import LabModel
internal import LinuxKit

/// MPEG-TS in RTP (RFC 2250 section 2): a header of 12 bytes before up to seven packets.
package final class RTPCarrier: DatagramCarrier {
    /// RFC 3551 table 5.
    private static let payloadType: UInt8 = 33
    private let udp: UDPCarrier
    private let ssrc: UInt32
    private let firstTimestamp: UInt32
    private var sequence: UInt16
    private let start = Clock.monotonic()

    /// - Parameter seed: of the run, from which SSRC and first numbers are drawn.
    package init(seed: UInt64, bind: String, to: String, port: UInt16) throws {
        let identity = StreamIdentity.draw(seed: seed, count: 1)[0]
        udp = try UDPCarrier(bind: bind, to: to, port: port)
        ssrc = identity.ssrc
        firstTimestamp = identity.firstTimestamp
        sequence = identity.firstSequence
    }

    /// The timestamp is the moment of sending, at 90 kHz (RFC 2250 section 2).
    package func send(_ datagrams: [[UInt8]]) throws -> Int {
        let ticks = (Clock.monotonic() - start) * 9 / 100_000
        let timestamp = firstTimestamp &+ UInt32(truncatingIfNeeded: ticks)
        let first = sequence
        let packets = datagrams.enumerated().map { index, bytes in
            [0x80, Self.payloadType] + (first &+ UInt16(truncatingIfNeeded: index)).bytes + timestamp.bytes + ssrc.bytes
                + bytes
        }
        let sent = try udp.send(packets)
        sequence &+= UInt16(truncatingIfNeeded: sent)
        return sent
    }
}

/// The transport stream in RTP packets of one port, in the order of their numbers.
package final class RTPSource: DatagramSource {
    /// How long a packet waits for one before it that is missing, ns; ffmpeg's default.
    private static let patience: Int64 = 100_000_000
    private let udp: UDPSource
    private var order = ReorderBuffer(patience: patience)

    package init(bind: String, port: UInt16) throws {
        udp = try UDPSource(bind: bind, port: port)
    }

    package var drops: Int64 { udp.drops }

    package func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)] {
        let arrivals = try udp.receive(untilMonotonic: min(deadline, order.deadline ?? deadline))
        let now = Clock.monotonic()
        for arrival in arrivals {
            guard let header = RTPHeader(arrival.bytes) else { continue }
            let payload = Array(arrival.bytes.dropFirst(RTPHeader.size + 4 * Int(arrival.bytes[0] & 0x0F)))
            order.add((payload, arrival.time), number: header.sequence, now: now)
        }
        return order.take(now: now)
    }
}
