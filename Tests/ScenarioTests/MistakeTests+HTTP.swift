import LabModel
import Testing

@testable import Scenario

extension MistakeTests {
    static let http = [
        MistakeCase(
            "a segment that does not begin with a key frame",
            "pipeline: {media: {video: {gop: 2s}}, http: {segment: 3s}}",
            """
            x.yaml:1:55: error: segment 3s is no whole number of gops of 2s
                pipeline: {media: {video: {gop: 2s}}, http: {segment: 3s}}
                                                                      ^
            hint: a segment begins with a key frame
            """),
        MistakeCase(
            "a part that does not fit into a group of pictures",
            "pipeline: {media: {video: {fps: 24, gop: 1s}}, http: {part: 200ms}}",
            """
            x.yaml:1:61: error: a gop of 24 frames has no whole number of parts of 200ms
                pipeline: {media: {video: {fps: 24, gop: 1s}}, http: {part: 200ms}}
                                                                            ^
            hint: the nearest is 166.666667ms
            """),
        MistakeCase(
            "a rung without a rate", "pipeline: {http: {ladder: [{size: 640x360}]}}",
            """
            x.yaml:1:28: error: item 1 of ladder has no 'rate'
                pipeline: {http: {ladder: [{size: 640x360}]}}
                                           ^
            hint: it takes a rate such as 10mbit
            """),
        MistakeCase(
            "a rung twice",
            "pipeline: {http: {ladder: [{size: 640x360, rate: 1mbit}, {size: 640x360, rate: 1mbit}]}}",
            """
            x.yaml:1:27: error: the ladder has a rendition twice
                pipeline: {http: {ladder: [{size: 640x360, rate: 1mbit}, {size: 640x360, rate: 1mbit}]}}
                                          ^
            """),
        MistakeCase(
            "another's word for a part", "pipeline: {http: {chunk: 200ms}}",
            """
            x.yaml:1:19: error: unknown key 'chunk' in http
                pipeline: {http: {chunk: 200ms}}
                                  ^
            hint: it is called 'part' here
            """),
    ]
}

@Suite("Delivery over HTTP")
struct HTTPKeysTests {
    struct Lengths: Sendable {
        let video: String
        let segment: Double
        let part: Double
    }

    static let lengths = [
        Lengths(video: "{gop: 2s, fps: 30}", segment: 2, part: 0.2),
        Lengths(video: "{gop: 500ms, fps: 30}", segment: 2, part: 5.0 / 30),
        Lengths(video: "{gop: 3s, fps: 25}", segment: 3, part: 0.2),
        Lengths(video: "{gop: 1s, fps: 24}", segment: 2, part: 4.0 / 24),
    ]

    @Test("takes its lengths from the media where they are left out", arguments: lengths)
    func takesLengths(_ example: Lengths) throws {
        let plan = try #require(load("pipeline: {media: {video: \(example.video)}}").plan).pipeline.http
        #expect(plan.segment == .seconds(example.segment) && plan.part == .seconds(example.part))
    }

    @Test("has every value of its text")
    func everything() throws {
        let text = """
            pipeline:
              http:
                segment: 4s
                part: 500ms
                container: ts
                window: 5
                ladder: [{size: 1280x720, rate: 2mbit}, {size: 640x360, rate: 600kbit}]
                abr: bola
                latency: 13s
                catchup: 3%
            """
        let plan = try #require(load(text).plan).pipeline.http
        #expect(
            plan
                == HTTPPlan(
                    segment: .seconds(4), part: .milliseconds(500), container: .ts, window: 5,
                    ladder: [
                        .init(width: 1280, height: 720, rate: Rate(bitsPerSecond: 2_000_000)),
                        .init(width: 640, height: 360, rate: Rate(bitsPerSecond: 600_000)),
                    ], abr: .bola, latency: .seconds(13), catchup: Probability(clamping: 0.03)))
        #expect(plan.latency(of: .llDASH) == .seconds(13) && plan.container(of: .dash) == .fmp4)
    }
}
