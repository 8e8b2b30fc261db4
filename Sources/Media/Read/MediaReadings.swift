internal import FoundationEssentials
internal import LabModel
internal import LinuxKit
internal import RunStore

/// What is read from the stretches of a media file, by their fingerprints: worked out when the media is made and kept
/// beside it, so that what a run received unchanged need not be decoded.
struct MediaReadings: Codable, Sendable {
    /// With ticks since the media's start for timestamps.
    let frames: [String: [FrameMark]]
    let sounds: [String: [SoundMark]]

    /// None by default, so that everything is decoded.
    init(frames: [String: [FrameMark]] = [:], sounds: [String: [SoundMark]] = [:]) {
        self.frames = frames
        self.sounds = sounds
    }

    /// Those of a media file as they were kept; none where there are none.
    init(beside media: String) {
        let kept = try? JSONDecoder().decode(Self.self, from: Data(File.read(Self.path(beside: media))))
        self = kept ?? MediaReadings()
    }

    /// Decodes all of a file.
    init(of source: MediaSource) throws {
        var frames: [String: [FrameMark]] = [:]
        var sounds: [String: [SoundMark]] = [:]
        for stream in source.streams {
            let setup = CodecSetup(stream)
            let stretches = try Stretch.stretches(of: stream)
            let keys = try stretches.map { try $0.fingerprint(setup) }
            switch stream.kind {
            case .video:
                let reader = FrameMarkReader(setup: setup)
                let readings = try Thread.map(stretches, named: "frame-marks") { try reader.read($0) }
                frames = Dictionary(zip(keys, readings), uniquingKeysWith: { first, _ in first })
            case .audio:
                let reader = SoundMarkReader(setup: setup)
                let readings = try stretches.map { try reader.read($0) }
                sounds = Dictionary(zip(keys, readings), uniquingKeysWith: { first, _ in first })
            }
        }
        self.init(frames: frames, sounds: sounds)
    }

    func keep(beside media: String) throws {
        try File.write(Array(JSONText.line(self)), to: Self.path(beside: media))
    }

    /// Where the readings of a media file are kept.
    static func path(beside media: String) -> String { "\(media).marks-v\(version).json" }

    /// Raised when something else is read or kept, so that older readings are not taken for it.
    private static let version = 1
}
