import LabModel

@testable import HTTPStream

/// A presentation of two seconds a segment, whose bytes say where they belong.
enum Example {
    /// The last of four segments is half as long.
    static func presentation(_ protocol: HTTPProtocol, container: HTTPPlan.Container = .fmp4) -> Presentation {
        let plan = HTTPPlan(part: .milliseconds(500), container: container, window: 3)
        let isTS = plan.container(of: `protocol`) == .ts
        let parts = `protocol`.isLowLatency
        let pictures = Rendition(
            name: "v0", kind: .video, codecs: isTS ? "avc1.42c01e,mp4a.40.2" : "avc3.42c01e",
            video: .init(width: 640, height: 360, framesPerSecond: 30), initialization: isTS ? nil : [0xA0],
            segments: segments(inParts: parts, size: 1000))
        let sound = Rendition(
            name: "audio", kind: .audio, codecs: "mp4a.40.2", audio: .init(sampleRate: 48000, channels: 2),
            initialization: [0xA1], segments: segments(inParts: parts, size: 100))
        return Presentation(protocol: `protocol`, plan: plan, renditions: isTS ? [pictures] : [pictures, sound])
    }

    private static func segments(inParts: Bool, size: Int) -> [Segment] {
        (0..<4).map { number in
            let length: Double = number == 3 ? 1 : 2
            let count = inParts ? Int(length / 0.5) : 1
            let step: Double = length / Double(count)
            var segment = Segment(number: number, start: .seconds(2 * Double(number)), pieces: [])
            for part in 0..<count {
                let bytes = [UInt8](repeating: UInt8(10 * number + part), count: size / count)
                let available = segment.start + .seconds(step * Double(part + 1))
                segment.pieces.append(
                    Piece(bytes: bytes, duration: .seconds(step), available: available, isIndependent: part == 0))
            }
            return segment
        }
    }

    static let start = Timestamp(nanoseconds: 951_782_399_500_000_000)
}
