internal import CGstRTSPServer

/// Holds back one stream, and its sender reports, between GStreamer's RTP manager and its sockets.
struct Gate {
    private typealias Pad = UnsafeMutablePointer<GstPad>

    private let media: (pad: Pad, probe: gulong)
    private let reports: (pad: Pad, probe: gulong)
    private let pipeline: UnsafeMutablePointer<GstBin>

    /// Closes it; nil where the stream is not what is expected of it.
    init?(_ stream: UnsafeMutablePointer<GstRTSPStream>) {
        guard let source = gst_rtsp_stream_get_srcpad(stream), let input = gst_pad_get_peer(source),
            let manager = gst_pad_get_parent_element(input),
            let pipeline = gst_object_get_parent(Self.object(manager))
        else { return nil }
        let number = gst_rtsp_stream_get_index(stream)
        guard let output = gst_element_get_static_pad(manager, "send_rtp_src_\(number)"),
            let control = gst_element_get_static_pad(manager, "send_rtcp_src_\(number)")
        else { return nil }
        // A callback that says OK leaves the pad blocked.
        media = (
            output,
            gst_pad_add_probe(output, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, { _, _, _ in GST_PAD_PROBE_OK }, nil, nil)
        )
        reports = (
            control, gst_pad_add_probe(control, GST_PAD_PROBE_TYPE_BUFFER, { _, _, _ in GST_PAD_PROBE_DROP }, nil, nil)
        )
        self.pipeline = UnsafeMutableRawPointer(pipeline).assumingMemoryBound(to: GstBin.self)
    }

    /// Makes running time 0 of all that takes part in the stream this moment of the monotonic clock, and keeps the
    /// sockets from waiting for a packet's time: it has come when the packet is there.
    func setClock(_ moment: Int64) {
        let whole = UnsafeMutableRawPointer(pipeline).assumingMemoryBound(to: GstElement.self)
        Self.setClock(moment, of: whole)
        guard let elements = gst_bin_iterate_recurse(pipeline) else { return }
        var value = GValue()
        while gst_iterator_next(elements, &value) == GST_ITERATOR_OK {
            if let element = g_value_get_object(&value) {
                Self.setClock(moment, of: element.assumingMemoryBound(to: GstElement.self))
            }
            g_value_reset(&value)
        }
        g_value_unset(&value)
        gst_iterator_free(elements)
    }

    func open() {
        gst_pad_remove_probe(media.pad, media.probe)
        gst_pad_remove_probe(reports.pad, reports.probe)
    }

    private static func setClock(_ moment: Int64, of element: UnsafeMutablePointer<GstElement>) {
        gst_element_set_start_time(element, GstClockTime.max)
        gst_element_set_base_time(element, GstClockTime(moment))
        cgst_turn_off(element, "sync")
    }

    private static func object(_ element: UnsafeMutablePointer<GstElement>) -> UnsafeMutablePointer<GstObject> {
        UnsafeMutableRawPointer(element).assumingMemoryBound(to: GstObject.self)
    }
}
