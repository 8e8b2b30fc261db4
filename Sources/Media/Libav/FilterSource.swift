internal import CAV

/// The owner of a filter graph that makes frames by itself.
struct FilterSource: ~Copyable {
    private let graph: UnsafeMutablePointer<AVFilterGraph>
    private let sink: UnsafeMutablePointer<AVFilterContext>

    private init(owning graph: UnsafeMutablePointer<AVFilterGraph>, sink: UnsafeMutablePointer<AVFilterContext>) {
        self.graph = graph
        self.sink = sink
    }

    /// A graph of `description`, which ends in `buffersink@out` (ffmpeg-filters(1), filtergraph syntax).
    static func make(_ description: String) throws(AVFailure) -> FilterSource {
        guard let graph = avfilter_graph_alloc() else { throw .outOfMemory }
        var owned: UnsafeMutablePointer<AVFilterGraph>? = graph
        do throws(AVFailure) {
            graph.pointee.nb_threads = 1
            try AVFailure.check(avfilter_graph_parse_ptr(graph, description, nil, nil, nil))
            try AVFailure.check(avfilter_graph_config(graph, nil))
            guard let sink = avfilter_graph_get_filter(graph, "buffersink@out") else {
                throw AVFailure(code: cav_invalid_data)
            }
            return FilterSource(owning: graph, sink: sink)
        } catch {
            avfilter_graph_free(&owned)
            throw error
        }
    }

    deinit {
        var graph: UnsafeMutablePointer<AVFilterGraph>? = graph
        avfilter_graph_free(&graph)
    }

    /// The next frame, writable.
    func next(into frame: borrowing Frame) throws(AVFailure) {
        av_frame_unref(frame.raw)
        try AVFailure.check(av_buffersink_get_frame(sink, frame.raw))
        try AVFailure.check(av_frame_make_writable(frame.raw))
    }
}
