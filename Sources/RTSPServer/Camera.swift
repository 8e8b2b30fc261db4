internal import CGstRTSPServer
internal import LabModel
internal import LinuxKit

/// One mount of the server: streams of ready RTP packets, shared by all who ask for them.
///
/// GStreamer answers DESCRIBE only once each stream has had a packet, and PLAY lets that go. So the first packets are
/// given to it as soon as somebody asks, and held back behind it until the stream's start.
final class Camera: Sendable {
    private struct State {
        /// GStreamer's end of each stream, once somebody has asked for them.
        var sources: [UnsafeMutablePointer<GstAppSrc>] = []
        var sessions: [Session] = []
        var gates: [Gate] = []
        var start: Int64?
        /// Whose first packet has been given away beforehand.
        var primed: Set<Int> = []
    }

    private let streams: [ServedTrack]
    private let state = Condition(State())

    init(_ streams: [ServedTrack]) {
        self.streams = streams
    }

    /// What makes GStreamer's side of the camera when somebody asks for it.
    func factory() -> UnsafeMutablePointer<GstRTSPMediaFactory>? {
        let factory = gst_rtsp_media_factory_new()
        let sources = streams.indices.map { "appsrc name=pay\($0) format=time is-live=true max-bytes=0" }
        gst_rtsp_media_factory_set_launch(factory, "( \(sources.joined(separator: " ")) )")
        gst_rtsp_media_factory_set_shared(factory, 1)
        guard let factory else { return nil }
        let owner = Unmanaged.passRetained(self).toOpaque()
        connectSignal("media-configure", of: factory, to: owner) {
            (
                _: UnsafeMutableRawPointer?, media: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?
            ) in
            guard let owner, let media else { return }
            Camera.of(owner).configure(media.assumingMemoryBound(to: GstRTSPMedia.self))
            connectSignal("prepared", of: media, to: owner) {
                (media: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
                guard let owner, let media else { return }
                Camera.of(owner).prepare(media.assumingMemoryBound(to: GstRTSPMedia.self))
            }
        }
        return factory
    }

    /// Sets presentation time 0 on GStreamer's clock, which is the monotonic one.
    func setClock(_ start: Int64) {
        state.change { state in
            state.start = start
            for gate in state.gates { gate.setClock(start) }
        }
    }

    /// Lets the first packets go.
    func letGo() {
        state.change { state in
            for gate in state.gates { gate.open() }
            state.gates = []
        }
    }

    /// Sends a packet to whoever has asked for the stream; `time` is its own, in ns.
    func send(_ packet: [UInt8], of stream: Int, time: Int64) {
        state.change { state in
            guard state.sources.indices.contains(stream), state.primed.remove(stream) == nil else { return }
            Self.push(packet, at: time, to: state.sources[stream])
        }
    }

    var counts: [RTSPServerCount] {
        state.look { state in state.sessions.compactMap(\.count) }
    }

    /// Ends the streams: GStreamer says BYE for them.
    func end() {
        letGo()
        state.change { state in
            for source in state.sources { gst_app_src_end_of_stream(source) }
        }
    }

    private static func push(_ packet: [UInt8], at time: Int64, to source: UnsafeMutablePointer<GstAppSrc>) {
        let size = gsize(packet.count)
        guard let buffer = gst_buffer_new_allocate(nil, size, nil) else { return }
        gst_buffer_fill(buffer, 0, packet, size)
        buffer.pointee.pts = GstClockTime(max(0, time))
        gst_app_src_push_buffer(source, buffer)
    }

    private static func of(_ owner: UnsafeMutableRawPointer) -> Camera {
        Unmanaged<Camera>.fromOpaque(owner).takeUnretainedValue()
    }
}

extension Camera {
    /// Says what the streams are, and gives away their first packets.
    private func configure(_ media: UnsafeMutablePointer<GstRTSPMedia>) {
        guard let element = gst_rtsp_media_get_element(media) else { return }
        let bin = UnsafeMutableRawPointer(element).assumingMemoryBound(to: GstBin.self)
        state.change { state in
            state.sources = streams.indices.compactMap { index in
                gst_bin_get_by_name(bin, "pay\(index)").map {
                    UnsafeMutableRawPointer($0).assumingMemoryBound(to: GstAppSrc.self)
                }
            }
            for (index, (source, stream)) in zip(state.sources, streams).enumerated() {
                gst_app_src_set_caps(source, gst_caps_from_string(stream.capabilities))
                guard state.start == nil else { continue }
                Self.push(stream.firstPacket, at: 0, to: source)
                state.primed.insert(index)
            }
        }
        gst_object_unref(element)
    }

    /// Takes hold of each stream's session, and closes a gate behind the stream while GStreamer itself still holds it.
    private func prepare(_ media: UnsafeMutablePointer<GstRTSPMedia>) {
        state.change { state in
            let streams = (0..<gst_rtsp_media_n_streams(media)).compactMap { gst_rtsp_media_get_stream(media, $0) }
            state.sessions = streams.compactMap(Session.init)
            guard state.start == nil else { return }
            state.gates = streams.compactMap(Gate.init)
        }
    }
}
