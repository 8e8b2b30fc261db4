internal import CAV
internal import LabModel

/// libavformat's MPEG-TS muxer (ISO/IEC 13818-1), writing its packets here.
///
/// Each access unit is a PES packet of its own, so that no sound waits for more of it.
final class TransportStreamMuxer {
    /// One packet of the transport stream.
    static let packetSize = 188
    /// Between two program clock references, in milliseconds: half of what ISO/IEC 13818-1 annex D allows.
    private static let clockInterval = 20

    private let muxer: MemoryMuxer

    /// - Parameters:
    ///   - rate: of the stream, filled up with null packets; nil for as many packets as the media needs.
    ///   - delay: how long before its decoding time a unit may be in the stream, for a constant rate.
    init(_ streams: [MediaSource.Stream], rate: Rate?, delay: TimeSpan) throws(AVFailure) {
        muxer = try MemoryMuxer("mpegts")
        muxer.raw.pointee.max_delay = Int32(clamping: delay.nanoseconds / 1000)
        for stream in streams { try muxer.add(stream) }
        var names = [
            "pes_payload_size": "0", "pcr_period": "\(Self.clockInterval)",
        ]
        if let rate { names["muxrate"] = "\(rate.bitsPerSecond)" }
        try muxer.writeHeader(names)
    }

    /// Has the program's tables come before the next unit, whether they are due or not.
    func repeatTables() throws(AVFailure) {
        try AVFailure.check(av_opt_set(muxer.raw.pointee.priv_data, "mpegts_flags", "resend_headers", 0))
    }

    /// Muxes a unit whose times are in ticks of 90 kHz; returns the packets that this makes, of 188 bytes each.
    func mux(
        _ bytes: [UInt8], stream: Int, pts: Int64, dts: Int64, isKey: Bool
    ) throws(AVFailure) -> [UInt8] {
        try muxer.write(bytes, stream: stream, pts: pts, dts: dts, isKey: isKey)
        try muxer.flush()
        return muxer.takeMade()
    }
}
