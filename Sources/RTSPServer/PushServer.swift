internal import CGstRTSPServer
package import LabModel
internal import LinuxKit

/// GStreamer's RTSP server with one mount, to which a client pushes its streams (ANNOUNCE, RECORD).
///
/// Packets are given away as they come: in front of the jitter buffer, which would hold them back and throw the late away.
package final class PushServer: Sendable {
    /// Hears of what comes, each on a thread of GStreamer's.
    package struct Hearing: Sendable {
        let announced: @Sendable (String) -> Void
        let packet: @Sendable ([UInt8], Int, Int64) -> Void
        let left: @Sendable () -> Void

        /// - Parameters:
        ///   - announced: the session description.
        ///   - packet: an RTP packet, its stream's place in the description, and when it came (ns since 1970).
        ///   - left: the client has left.
        package init(
            announced: @escaping @Sendable (String) -> Void, packet: @escaping @Sendable ([UInt8], Int, Int64) -> Void,
            left: @escaping @Sendable () -> Void
        ) {
            self.announced = announced
            self.packet = packet
            self.left = left
        }
    }

    private let counted: @Sendable ([RTSPServerCount]) -> Void
    let hearing: Hearing
    private let sessions = Condition<[Session]>([])

    /// Listens; its own work is done on a thread of its own.
    ///
    /// - Parameters:
    ///   - streams: how many a client must announce, no more and no less.
    ///   - counted: hears once a second, and before a client leaves, what the server has counted.
    package init(
        streams: Int, address: String, port: UInt16, hearing: Hearing,
        counted: @escaping @Sendable ([RTSPServerCount]) -> Void
    ) throws {
        self.hearing = hearing
        self.counted = counted
        let listener = try Listener()
        listener.mount(factory(streams), at: RTSPPlan.path(ofCamera: 1))
        watchClients(of: listener)
        try listener.listen(on: address, port: port) { [self] in count() }
    }

    /// Says what GStreamer's RTP manager has counted by now.
    private func count() {
        let counts = sessions.look { sessions in sessions.compactMap(\.heard) }
        if !counts.isEmpty { counted(counts) }
    }

    /// What takes a client's streams, and has nothing to do with them but their RTCP.
    private func factory(_ streams: Int) -> UnsafeMutablePointer<GstRTSPMediaFactory>? {
        guard let factory = gst_rtsp_media_factory_new() else { return nil }
        let sinks = (0..<streams).map { "fakesink name=depay\($0) sync=false async=false" }
        gst_rtsp_media_factory_set_launch(factory, "( \(sinks.joined(separator: " ")) )")
        gst_rtsp_media_factory_set_transport_mode(factory, GST_RTSP_TRANSPORT_MODE_RECORD)
        connectSignal("media-configure", of: factory, to: Unmanaged.passRetained(self).toOpaque()) {
            (_: UnsafeMutableRawPointer?, media: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
            guard let owner, let media else { return }
            connectSignal("prepared", of: media, to: owner) {
                (media: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
                guard let owner, let media else { return }
                PushServer.of(owner).listen(to: media.assumingMemoryBound(to: GstRTSPMedia.self))
            }
        }
        return factory
    }

    private func watchClients(of listener: Listener) {
        connectSignal("client-connected", of: listener.server, to: Unmanaged.passRetained(self).toOpaque()) {
            (_: UnsafeMutableRawPointer?, client: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
            guard let owner, let client else { return }
            connectSignal("announce-request", of: client, to: owner) {
                (client: UnsafeMutableRawPointer?, context: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?)
                in
                guard let owner, let client, let context else { return }
                let request = context.assumingMemoryBound(to: GstRTSPContext.self).pointee.request
                PushServer.of(owner).hearing.announced(PushServer.body(of: request))
                PushServer.countLast(of: client, owner)
                connectSignal("closed", of: client, to: owner) {
                    (_: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
                    if let owner { PushServer.of(owner).hearing.left() }
                }
            }
        }
    }

    /// Counts before a session ends, and with it what was counted.
    private static func countLast(of client: UnsafeMutableRawPointer, _ owner: UnsafeMutableRawPointer) {
        typealias Answer =
            @convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
            ) -> GstRTSPStatusCode
        let answer: Answer = { _, _, owner in
            if let owner { PushServer.of(owner).count() }
            return GST_RTSP_STS_OK
        }
        let callback = unsafeBitCast(answer, to: GCallback.self)
        g_signal_connect_data(client, "pre-teardown-request", callback, owner, nil, GConnectFlags(0))
    }

    private static func body(of message: UnsafeMutablePointer<GstRTSPMessage>?) -> String {
        var bytes: UnsafeMutablePointer<UInt8>?
        var size: guint = 0
        guard gst_rtsp_message_get_body(message, &bytes, &size) == GST_RTSP_OK, let bytes else { return "" }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(size)).prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Takes hold of each stream's session, and of its packets.
    private func listen(to media: UnsafeMutablePointer<GstRTSPMedia>) {
        guard let manager = Self.manager(of: media) else { return }
        for index in 0..<gst_rtsp_media_n_streams(media) {
            guard let stream = gst_rtsp_media_get_stream(media, index),
                let input = gst_element_get_static_pad(
                    manager, "recv_rtp_sink_\(gst_rtsp_stream_get_index(stream))")
            else { continue }
            if let session = Session(stream) { sessions.change { $0.append(session) } }
            let tap = Tap(stream: Int(index), packet: hearing.packet)
            gst_pad_add_probe(
                input, GST_PAD_PROBE_TYPE_BUFFER,
                { _, information, tap in
                    guard let tap, let buffer = gst_pad_probe_info_get_buffer(information) else {
                        return GST_PAD_PROBE_OK
                    }
                    Unmanaged<Tap>.fromOpaque(tap).takeUnretainedValue().take(buffer)
                    return GST_PAD_PROBE_OK
                }, Unmanaged.passRetained(tap).toOpaque(), nil)
        }
    }

    /// GStreamer's RTP manager of a media that has been prepared.
    private static func manager(of media: UnsafeMutablePointer<GstRTSPMedia>) -> UnsafeMutablePointer<GstElement>? {
        guard let element = gst_rtsp_media_get_element(media) else { return nil }
        let object = UnsafeMutableRawPointer(element).assumingMemoryBound(to: GstObject.self)
        guard let parent = gst_object_get_parent(object) else { return nil }
        let pipeline = UnsafeMutableRawPointer(parent).assumingMemoryBound(to: GstBin.self)
        guard let managers = gst_bin_iterate_all_by_element_factory_name(pipeline, "rtpbin") else { return nil }
        defer { gst_iterator_free(managers) }
        var value = GValue()
        guard gst_iterator_next(managers, &value) == GST_ITERATOR_OK else { return nil }
        defer { g_value_unset(&value) }
        return g_value_dup_object(&value)?.assumingMemoryBound(to: GstElement.self)
    }

    private static func of(_ owner: UnsafeMutableRawPointer) -> PushServer {
        Unmanaged<PushServer>.fromOpaque(owner).takeUnretainedValue()
    }
}

/// Takes one stream's packets as they pass.
private final class Tap: Sendable {
    private let stream: Int
    private let packet: @Sendable ([UInt8], Int, Int64) -> Void

    init(stream: Int, packet: @escaping @Sendable ([UInt8], Int, Int64) -> Void) {
        self.stream = stream
        self.packet = packet
    }

    func take(_ buffer: UnsafeMutablePointer<GstBuffer>) {
        let size = gst_buffer_get_size(buffer)
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { room, count in
            count = Int(gst_buffer_extract(buffer, 0, room.baseAddress, size))
        }
        packet(bytes, stream, Clock.realtime())
    }
}
