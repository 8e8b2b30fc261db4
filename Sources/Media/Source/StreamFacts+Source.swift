internal import CAV
internal import LabModel

extension StreamFacts {
    /// What a stream of a media file is, with the clock that its protocol gives it.
    init(
        _ stream: MediaSource.Stream, clockRate: Int, firstTimestamp: UInt32, rendition: String? = nil,
        rtp: RTPStreamFacts? = nil, marked: Bool, camera: Int? = nil
    ) {
        let parameters = stream.parameters.raw.pointee
        let isVideo = stream.kind == .video
        self.init(
            stream: stream.kind, codec: stream.parameters.codec, clockRate: clockRate,
            firstTimestamp: firstTimestamp, rendition: rendition, rtp: rtp,
            width: isVideo ? Int(parameters.width) : nil, height: isVideo ? Int(parameters.height) : nil,
            framesPerSecond: stream.framesPerSecond, sampleRate: isVideo ? nil : Int(parameters.sample_rate),
            channels: isVideo ? nil : Int(parameters.ch_layout.nb_channels), marked: marked,
            extradata: Hexadecimal.text(stream.parameters.extradata), camera: camera)
    }
}
