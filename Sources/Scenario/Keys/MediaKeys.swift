import LabModel
import YAML

/// The keys of `pipeline.media:`.
enum MediaKeys {
    static let file = Key("file", .mediaFile, "A media file, relative to the scenario.")
    static let video = Key("video", .video, "Generated video.")
    static let audio = Key("audio", .audio, "Generated audio, or none.")
    static let shape = MappingShape([file, video, audio])
}

/// The keys of `pipeline.media.video:`.
enum VideoKeys {
    static let codec = Key(
        "codec", ValueKind<VideoPlan.Codec>.choice(later: ["h265", "hevc", "vp8", "vp9", "av1"]), "The video codec.")
    static let size = Key("size", .frameSize, "Width and height in pixels.")
    static let fps = Key("fps", .wholeNumber(1...120), "Frames a second.")
    static let rate = Key("rate", .rate(from: 5e4, to: 1e8), "The encoder's target.")
    static let gop = Key("gop", .time(to: 60, excludingLowest: true), "From one key frame to the next.")
    static let shape = MappingShape(
        [codec, size, fps, rate, gop],
        notes: ["bitrate": .called("rate"), "resolution": .called("size"), "framerate": .called("fps")])
}

/// The keys of `pipeline.media.audio:`.
enum AudioKeys {
    static let codec = Key("codec", ValueKind<AudioPlan.Codec>.choice(later: ["mp3", "ac3"]), "The audio codec.")
    static let rate = Key("rate", .rate(from: 1.6e4, to: 5.12e5), "The encoder's target.")
    static let shape = MappingShape(
        [codec, rate], notes: ["bitrate": .called("rate"), "channels": .later, "language": .later])
}

/// Width and height in pixels.
struct FrameSize: Sendable {
    let width: Int
    let height: Int

    /// The frame mark needs 8 coded pixels a cell and 40 cells a line.
    static let least = FrameSize(width: 320, height: 180)
    static let greatest = FrameSize(width: 3840, height: 2160)
}

extension ValueKind where Value == FrameSize {
    static let frameSize = ValueKind(
        shape: .form(name: "a size in pixels such as 1280x720", pattern: "^[0-9]+x[0-9]+$")
    ) { item in
        let shape = Shape.form(name: "a size in pixels such as 1280x720", pattern: "")
        guard let text = item.text(shape) else { return nil }
        let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1] else {
            item.error("\(item.name) must be \(shape.description), not '\(text)'")
            return nil
        }
        let (least, greatest) = (FrameSize.least, FrameSize.greatest)
        guard (least.width...greatest.width).contains(width), (least.height...greatest.height).contains(height) else {
            item.error(
                "size \(text) is out of range",
                hint: "from \(least.width)x\(least.height) to \(greatest.width)x\(greatest.height)")
            return nil
        }
        guard width.isMultiple(of: 2), height.isMultiple(of: 2) else {
            item.error("size \(text) is odd", hint: "4:2:0 video needs an even width and height")
            return nil
        }
        return FrameSize(width: width, height: height)
    }
}

extension ValueKind where Value == VideoPlan {
    static let video = ValueKind(shape: .mapping(VideoKeys.shape)) { item in
        guard let fields = Fields(item, VideoKeys.shape) else { return nil }
        var plan = VideoPlan()
        let size = fields(VideoKeys.size)
        plan.codec = fields(VideoKeys.codec) ?? plan.codec
        plan.width = size?.width ?? plan.width
        plan.height = size?.height ?? plan.height
        plan.framesPerSecond = fields(VideoKeys.fps) ?? plan.framesPerSecond
        plan.rate = fields(VideoKeys.rate) ?? plan.rate
        let gop = fields.located(VideoKeys.gop)
        plan.keyFrameInterval = gop?.value ?? plan.keyFrameInterval
        if let gop, gop.value.seconds * Double(plan.framesPerSecond) < 1 {
            item.reading.error("gop \(UnitText.time(gop.value)) is shorter than one frame", at: gop.mark)
        }
        return plan
    }
}

/// Generated audio, or the word `none`.
enum AudioChoice: Sendable {
    case none
    case plan(AudioPlan)

    var plan: AudioPlan? {
        if case .plan(let plan) = self { plan } else { nil }
    }
}

extension ValueKind where Value == AudioChoice {
    static let audio = ValueKind(shape: .either([.words(["none"]), .mapping(AudioKeys.shape)])) { item in
        if item.node.scalar?.text == "none" { return AudioChoice.none }
        return Fields(item, AudioKeys.shape).map { fields in
            let usual = AudioPlan()
            return .plan(
                AudioPlan(codec: fields(AudioKeys.codec) ?? usual.codec, rate: fields(AudioKeys.rate) ?? usual.rate))
        }
    }
}

extension ValueKind where Value == MediaPlan {
    static let media = ValueKind(shape: .mapping(MediaKeys.shape)) { item in
        guard let fields = Fields(item, MediaKeys.shape) else { return nil }
        let file = fields.located(MediaKeys.file)
        let video = fields(MediaKeys.video)
        let audio = fields(MediaKeys.audio)
        guard item.node["file"] != nil else {
            return .generated(video: video ?? VideoPlan(), audio: audio.map(\.plan) ?? AudioPlan())
        }
        if item.node["video"] != nil || item.node["audio"] != nil {
            item.error(
                "media is either a file or generated, not both", hint: "leave out 'file', or 'video' and 'audio'")
        }
        return file.map { .file(path: $0.value) }
    }
}

extension ValueKind where Value == String {
    /// An existing file's absolute path, from one relative to the file that names it.
    static let mediaFile = ValueKind(shape: .text) { item in
        guard let text = item.text(.text) else { return nil }
        guard !text.isEmpty else {
            item.error("file has no value", hint: "write the path of a media file")
            return nil
        }
        let path = FilePath.absolute(text, besides: item.node.mark.source.origin)
        do throws(FileProblem) {
            try FileReader.checkReadable(path)
            return path
        } catch {
            item.error(
                "cannot read media file '\(text)': \(error.reason)", hint: "paths are relative to the scenario: \(path)"
            )
            return nil
        }
    }
}
