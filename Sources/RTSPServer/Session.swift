internal import CGstRTSPServer
internal import LabModel
internal import LinuxKit

/// The RTP session of one stream, as GStreamer's RTP manager keeps it.
struct Session {
    private let object: UnsafeMutablePointer<GObject>

    /// Nil where the stream has none.
    init?(_ stream: UnsafeMutablePointer<GstRTSPStream>) {
        guard let object = gst_rtsp_stream_get_rtpsession(stream) else { return nil }
        self.object = object
    }

    /// What it has counted by now of a stream that it sends; nil before there was a packet.
    var count: RTSPServerCount? {
        guard let all = cgst_statistics(object) else { return nil }
        defer { gst_structure_free(all) }
        let sources = Source.all(in: all)
        guard let own = sources.first(where: { $0.flag("internal") && $0.number("packets-sent") > 0 }) else {
            return nil
        }
        let report = sources.first { !$0.flag("internal") && $0.flag("have-rb") }
        return RTSPServerCount(
            time: Timestamp(nanoseconds: Clock.realtime()), ssrc: own.word("ssrc"),
            packets: own.number("packets-sent"), bytes: ByteCount(own.number("octets-sent")),
            cumulativeLost: report.map { Int64($0.integer("rb-packetslost")) },
            fractionLost: report.map { Double($0.word("rb-fractionlost")) / 256 },
            jitter: report?.time(ofTicks: "rb-jitter", rate: own))
    }

    /// What it has counted by now of a stream that it receives; nil before there was a packet.
    var heard: RTSPServerCount? {
        guard let all = cgst_statistics(object) else { return nil }
        defer { gst_structure_free(all) }
        guard
            let source = Source.all(in: all).first(where: { !$0.flag("internal") && $0.number("packets-received") > 0 })
        else { return nil }
        return RTSPServerCount(
            time: Timestamp(nanoseconds: Clock.realtime()), ssrc: source.word("ssrc"),
            packets: source.number("packets-received"), bytes: ByteCount(source.number("octets-received")),
            cumulativeLost: Int64(source.integer("packets-lost")),
            fractionLost: source.flag("sent-rb") ? Double(source.word("sent-rb-fractionlost")) / 256 : nil,
            jitter: source.time(ofTicks: "jitter", rate: source))
    }
}

/// A source of a session: one that it sends for, or one that it hears.
private struct Source {
    private let raw: UnsafePointer<GstStructure>

    static func all(in statistics: UnsafeMutablePointer<GstStructure>) -> [Source] {
        guard let values = cgst_sources(statistics) else { return [] }
        return (0..<Int(values.pointee.n_values)).compactMap { index in
            g_value_get_boxed(values.pointee.values + index).map {
                Source(raw: UnsafePointer($0.assumingMemoryBound(to: GstStructure.self)))
            }
        }
    }

    func flag(_ name: String) -> Bool {
        var value: gboolean = 0
        return gst_structure_get_boolean(raw, name, &value) != 0 && value != 0
    }

    func number(_ name: String) -> Int64 {
        var value: guint64 = 0
        gst_structure_get_uint64(raw, name, &value)
        return Int64(clamping: value)
    }

    func word(_ name: String) -> UInt32 {
        var value: UInt32 = 0
        gst_structure_get_uint(raw, name, &value)
        return value
    }

    /// - Parameter rate: the source that knows how many ticks a second has.
    func time(ofTicks name: String, rate: Source) -> TimeSpan? {
        let rate = rate.integer("clock-rate")
        return rate > 0 ? TimeSpan(seconds: Double(word(name)) / Double(rate)) : nil
    }

    func integer(_ name: String) -> Int32 {
        var value: Int32 = 0
        gst_structure_get_int(raw, name, &value)
        return value
    }
}
