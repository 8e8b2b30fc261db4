internal import CAV
internal import LabModel

extension AVCodecParameters {
    /// What is coded; nil for what is neither pictures nor sound.
    var kind: MediaKind? {
        switch codec_type {
        case AVMEDIA_TYPE_VIDEO: .video
        case AVMEDIA_TYPE_AUDIO: .audio
        default: nil
        }
    }

    /// libavcodec's name of the codec.
    var codec: String { String(cString: avcodec_get_name(codec_id)) }
}
