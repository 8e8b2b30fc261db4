internal import CAV

/// The owner of a bitstream filter, which changes the form of coded data and not its content.
final class BitstreamFilter {
    private let raw: UnsafeMutablePointer<AVBSFContext>

    private init(owning raw: UnsafeMutablePointer<AVBSFContext>) {
        self.raw = raw
    }

    /// The filter called `name` for what `stream` holds.
    static func make(_ name: String, for stream: UnsafeMutablePointer<AVStream>) throws(AVFailure) -> BitstreamFilter {
        var raw: UnsafeMutablePointer<AVBSFContext>?
        try AVFailure.check(av_bsf_alloc(av_bsf_get_by_name(name), &raw))
        guard let raw else { throw .outOfMemory }
        let filter = BitstreamFilter(owning: raw)
        try AVFailure.check(avcodec_parameters_copy(raw.pointee.par_in, stream.pointee.codecpar))
        raw.pointee.time_base_in = stream.pointee.time_base
        try AVFailure.check(av_bsf_init(raw))
        return filter
    }

    deinit {
        var raw: UnsafeMutablePointer<AVBSFContext>? = raw
        av_bsf_free(&raw)
    }

    /// What the filter makes of the stream's parameters.
    var parameters: UnsafeMutablePointer<AVCodecParameters> { raw.pointee.par_out }

    /// Filters the packet in place. For filters that make one packet of each.
    func filter(_ packet: borrowing Packet) throws(AVFailure) {
        try AVFailure.check(av_bsf_send_packet(raw, packet.raw))
        try AVFailure.check(av_bsf_receive_packet(raw, packet.raw))
    }
}
