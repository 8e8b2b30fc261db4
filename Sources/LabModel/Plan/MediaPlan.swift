/// What is streamed.
package enum MediaPlan: Codable, Hashable, Sendable {
    /// A file of the user's, absolute path; its first video and audio stream are sent as they are.
    case file(path: String)
    /// Moving content with frame marks and sound marks, made once and cached.
    case generated(video: VideoPlan, audio: AudioPlan?)

    /// Whether it has netlab's marks.
    package var isGenerated: Bool {
        if case .generated = self { true } else { false }
    }
}

/// Generated video.
package struct VideoPlan: Codable, Hashable, Sendable {
    package enum Codec: String, Codable, Sendable, CaseIterable { case h264 }

    package var codec: Codec
    /// In pixels; even numbers.
    package var width: Int
    package var height: Int
    /// Frames per second, 1 to 120.
    package var framesPerSecond: Int
    package var rate: Rate
    /// Distance of key frames.
    package var keyFrameInterval: TimeSpan

    package init(
        codec: Codec = .h264, width: Int = 1280, height: Int = 720, framesPerSecond: Int = 30,
        rate: Rate = Rate(bitsPerSecond: 2_500_000), keyFrameInterval: TimeSpan = .seconds(2)
    ) {
        self.codec = codec
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.rate = rate
        self.keyFrameInterval = keyFrameInterval
    }

    /// From one key frame to the next, in frames.
    package var framesPerGroup: Int { max(1, Int((keyFrameInterval.seconds * Double(framesPerSecond)).rounded())) }
}

/// Generated audio at 48 kHz.
package struct AudioPlan: Codable, Hashable, Sendable {
    package enum Codec: String, Codable, Sendable, CaseIterable {
        case aac
        case opus
    }

    package var codec: Codec
    package var rate: Rate

    package init(codec: Codec = .aac, rate: Rate = Rate(bitsPerSecond: 128_000)) {
        self.codec = codec
        self.rate = rate
    }
}

extension Plan {
    /// A file's name that says all of this plan that generated media depends on; nil where the media is the user's.
    package var mediaName: String? {
        guard case .generated(_, let audio) = pipeline.media else { return nil }
        guard let first = renditions.first else { return nil }
        let further = renditions.dropFirst().map { "+\($0.width)x\($0.height)-\($0.rate.bitsPerSecond)" }
        return first.mediaName(with: audio, lasting: duration) + further.joined()
    }

    /// The generated videos that are streamed: those of the ladder where the protocol has one, else the media's. Empty
    /// where the media is the user's.
    package var renditions: [VideoPlan] {
        guard case .generated(let video, _) = pipeline.media else { return [] }
        guard pipeline.protocol.http != nil, !pipeline.http.ladder.isEmpty else { return [video] }
        return pipeline.http.ladder.map { rung in
            var rendition = video
            (rendition.width, rendition.height, rendition.rate) = (rung.width, rung.height, rung.rate)
            return rendition
        }
    }
}

extension VideoPlan {
    /// Such a name for this video with its sound.
    package func mediaName(with audio: AudioPlan?, lasting duration: TimeSpan) -> String {
        var name = "\(codec.rawValue)-\(width)x\(height)-\(framesPerSecond)fps-\(rate.bitsPerSecond)"
        name += "-key\(keyFrameInterval.nanoseconds / 1_000_000)ms"
        if let audio { name += "-\(audio.codec.rawValue)-\(audio.rate.bitsPerSecond)" }
        return name + "-\(duration.nanoseconds / 1_000_000)ms"
    }
}
