internal import LabModel
internal import LinuxKit
internal import RunStore

/// Puts access units together from RTP packets and stores them; lives on one thread.
final class Depacketizer {
    /// A packet with the number of its stream.
    struct Item: Sendable {
        let stream: Int
        let header: PacketHeader
        let bytes: [UInt8]
        /// The kernel's receive time, ns since 1970.
        let time: Int64
    }

    /// What the depacketiser needs of a header.
    struct PacketHeader: Sendable {
        let timestamp: UInt32
        let marker: Bool
    }

    private struct Unit {
        let timestamp: UInt32
        var bytes: [UInt8]
        var isKey: Bool
    }

    private let input: Channel<[Item]>
    /// What was taken from the channel and is still to be given to the demuxer, the oldest last.
    private var waiting: [Item] = []
    private let streams: [StreamFacts]
    private let store: UnitStore
    private var open: [Int: Unit] = [:]
    /// The timestamps of the newest frames of sound.
    private var lastSound: [Int: UInt32] = [:]
    /// AAC's (ISO/IEC 14496-3); Opus has a frame a packet.
    private static let samplesPerFrame: UInt32 = 1024
    /// Of each stream's first packet, which the demuxer counts from.
    private var bases: [Int: UInt32] = [:]
    private var arrivals: [ArrivalTimes]
    private var last: Item?
    /// Nothing will come any more.
    private var isDry = false
    private var failure: (any Error)?

    init(_ run: RunDirectory, streams: [StreamFacts], input: Channel<[Item]>) throws {
        self.input = input
        self.streams = streams
        store = try UnitStore(run)
        arrivals = streams.map { _ in ArrivalTimes() }
    }

    /// Works until the channel is closed and empty.
    func run(session path: String) throws {
        let packet = try AVFailure.naming("receive", path) { () throws(AVFailure) in try Packet() }
        let demuxer = try AVFailure.naming("receive", path) { () throws(AVFailure) in
            try SessionDemuxer(path) { [unowned self] in next() }
        }
        while true {
            // A packet that the demuxer cannot use is an error to it; the stream goes on behind it.
            let piece = try? demuxer.read(packet)
            if let piece { take(piece) } else if isDry { break }
        }
        for stream in open.keys.sorted() { complete(stream) }
        try store.flush()
        if let failure { throw failure }
    }

    /// The next packet for the demuxer, which has by now given out all that was whole in the one before.
    private func next() -> [UInt8]? {
        if let last, last.header.marker, open[last.stream]?.timestamp == last.header.timestamp {
            complete(last.stream)
        }
        last = nil
        if waiting.isEmpty { receive() }
        guard let item = waiting.popLast() else { return nil }
        if bases[item.stream] == nil { bases[item.stream] = item.header.timestamp }
        arrivals[item.stream].note(item.header.timestamp, at: item.time)
        last = item
        return item.bytes
    }

    private func receive() {
        let patience = Clock.monotonic() + Int64(SessionDemuxer.reorderDelay) * 1000
        let wasClosed = input.isClosed
        if let items = input.receive(untilMonotonic: patience) {
            waiting = items.reversed()
        } else {
            isDry = wasClosed
        }
    }

    private func take(_ piece: SessionDemuxer.Piece) {
        let stream = piece.stream
        guard let base = bases[stream] else { return }
        let timestamp = piece.time.map { base &+ UInt32(truncatingIfNeeded: $0) } ?? continued(stream)
        guard let timestamp else { return }
        if open[stream]?.timestamp == timestamp {
            open[stream]?.bytes += piece.bytes
        } else {
            if open[stream] != nil { complete(stream) }
            open[stream] = Unit(timestamp: timestamp, bytes: piece.bytes, isKey: piece.isKey)
        }
        // Sound comes in whole frames, and Opus sets no marker.
        if streams[stream].stream == .audio { complete(stream) }
    }

    /// The timestamp of a piece that the demuxer gives none: of pictures it is more of the one before, of sound the next
    /// frame of a packet that holds several (RFC 3640 section 3.2.1.1).
    private func continued(_ stream: Int) -> UInt32? {
        streams[stream].stream == .audio
            ? lastSound[stream].map { $0 &+ Self.samplesPerFrame } : open[stream]?.timestamp
    }

    private func complete(_ stream: Int) {
        guard let unit = open.removeValue(forKey: stream), failure == nil else { return }
        let facts = streams[stream]
        let isKey = NetworkUnits.isKey(unit.bytes, codec: facts.codec) ?? unit.isKey
        // Of a packet's further frames the packet is the last that came.
        guard let time = arrivals[stream].last(of: unit.timestamp) ?? arrivals[stream].newest else { return }
        if facts.stream == .audio { lastSound[stream] = unit.timestamp }
        // Where RTP's numbers do not tell what came, the bytes do.
        let plain = facts.rtp == nil ? UnitContent.plain(unit.bytes, codec: facts.codec) : unit.bytes
        do {
            try store.add(
                facts.stream, plain, timestamp: unit.timestamp, isKey: facts.stream == .audio || isKey,
                isChecked: facts.rtp == nil, time: time)
        } catch {
            failure = error
        }
    }
}

/// When the last packet of each of the newest RTP timestamps came.
private struct ArrivalTimes {
    private var times: [UInt32: Int64] = [:]
    private(set) var newest: Int64?
    private static let limit = 4096

    mutating func note(_ timestamp: UInt32, at time: Int64) {
        times[timestamp] = time
        newest = time
        if times.count > 2 * Self.limit {
            let oldest = times.values.sorted()[Self.limit]
            times = times.filter { $0.value >= oldest }
        }
    }

    func last(of timestamp: UInt32) -> Int64? { times[timestamp] }
}
