internal import CAV
internal import LabModel

extension Stretch {
    /// The stretches of a stream of a file, in the form in which a receiver stores what came whole.
    static func stretches(of stream: MediaSource.Stream) throws(AVFailure) -> [Stretch] {
        let clockRate = clock(of: stream.kind)
        let clock = AVRational(num: 1, den: Int32(clockRate))
        let ticks = stream.units.map { av_rescale_q($0.pts, stream.timeBase, clock) }
        let cuts =
            switch stream.kind {
            case .video: cuts(zip(stream.units, ticks).map { ($0.isKey, $1) }, clockRate: clockRate)
            case .audio: [stream.units.indices]
            }
        return cuts.map { range in
            var stretch = Stretch()
            for index in range {
                let bytes = NetworkUnits.received(stream.units[index].bytes, codec: stream.parameters.codec)
                stretch.add(bytes, ticks: ticks[index])
            }
            return stretch
        }
    }
}

extension CodecSetup {
    init(_ stream: MediaSource.Stream) {
        self.init(codec: stream.parameters.codec, extradata: stream.parameters.extradata)
    }
}

extension NetworkUnits {
    /// An access unit as libavformat's receiver puts it together: with start codes of four bytes throughout.
    static func received(_ bytes: [UInt8], codec: String) -> [UInt8] {
        switch codec {
        case "h264", "hevc": joined(bytes)
        default: bytes
        }
    }
}
