internal import CAV
package import LabModel

/// Makes marked content: pictures and sound that run from presentation time 0 together.
package enum MediaGenerator {
    /// Raised when what is made changes, so that older files in a cache are not taken for it.
    static let version = 1

    /// Writes an MP4 file of `duration`. `progress` is told the share done, about once for each second of media.
    package static func write(
        _ path: String, video: VideoPlan, audio: AudioPlan?, duration: TimeSpan, progress: (Double) -> Void
    ) throws(MediaError) {
        try AVFailure.naming("generate media", path) { () throws(AVFailure) in
            let file = try OutputFile.create(path, format: "mp4")
            var pictures = try PictureTrack.add(video, to: file)
            var sound = try audio.map { plan throws(AVFailure) in try SoundEncoding.add(plan, to: file) }
            try file.writeHeader()
            let frames = max(1, Int((duration.seconds * Double(video.framesPerSecond)).rounded(.up)))
            for number in 0..<frames {
                try pictures.advance(into: file)
                let shown = TimeSpan.seconds(Double(number + 1) / Double(video.framesPerSecond))
                while let end = sound?.end, end < min(shown, duration) { try sound?.advance(into: file) }
                if number % video.framesPerSecond == 0 { progress(Double(number) / Double(frames)) }
            }
            try pictures.finish(into: file)
            try sound?.finish(into: file)
            try file.finish()
        }
    }
}
