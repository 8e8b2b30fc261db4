internal import CAV
internal import RunStore

/// What is in a media file, as `netlab-media facts` prints it.
package struct MediaFacts: Codable, Hashable, Sendable {
    package struct Video: Codable, Hashable, Sendable {
        /// ffmpeg's name of the codec.
        package var codec: String
        package var width: Int
        package var height: Int
        /// Absent where the file does not say.
        package var framesPerSecond: Double?
    }

    package struct Audio: Codable, Hashable, Sendable {
        package var codec: String
        package var sampleRate: Int
        package var channels: Int
    }

    package var file: String
    /// Seconds; absent where the file does not say.
    package var duration: Double?
    package var video: Video?
    package var audio: Audio?

    /// Opens the file and looks.
    package init(of path: String) throws(MediaError) {
        self = try AVFailure.naming("read media", path) { () throws(AVFailure) in
            let input = try InputFile.open(path)
            return MediaFacts(
                file: path, duration: input.duration?.seconds, video: Video(input), audio: Audio(input))
        }
    }

    /// One line of JSON, without its end.
    package var json: String {
        get throws { String(decoding: try JSONText.line(self).dropLast(), as: UTF8.self) }
    }

    private init(file: String, duration: Double?, video: Video?, audio: Audio?) {
        self.file = file
        self.duration = duration
        self.video = video
        self.audio = audio
    }
}

extension MediaFacts.Video {
    fileprivate init?(_ input: borrowing InputFile) {
        guard let index = input.best(AVMEDIA_TYPE_VIDEO), let stream = input.stream(index)?.pointee else { return nil }
        codec = stream.codecpar.pointee.codec
        width = Int(stream.codecpar.pointee.width)
        height = Int(stream.codecpar.pointee.height)
        framesPerSecond = stream.avg_frame_rate.num > 0 ? av_q2d(stream.avg_frame_rate) : nil
    }
}

extension MediaFacts.Audio {
    fileprivate init?(_ input: borrowing InputFile) {
        guard let index = input.best(AVMEDIA_TYPE_AUDIO), let stream = input.stream(index)?.pointee else { return nil }
        codec = stream.codecpar.pointee.codec
        sampleRate = Int(stream.codecpar.pointee.sample_rate)
        channels = Int(stream.codecpar.pointee.ch_layout.nb_channels)
    }
}
