import LabModel
import Testing

@testable import Scenario

extension MistakeTests {
    static let programs = [
        MistakeCase(
            "programs of which there are none", "pipeline: {protocol: command}",
            """
            x.yaml:1:11: error: protocol command has no program
                pipeline: {protocol: command}
                          ^
            hint: write 'sender: {run: ...}', 'server:' or 'receiver:' beside it
            """),
        MistakeCase(
            "two ways to be ready", "pipeline: {protocol: command, receiver: {run: x, ready: {port: 1, after: 1s}}}",
            """
            x.yaml:1:57: error: ready takes one of port, file and after
                pipeline: {protocol: command, receiver: {run: x, ready: {port: 1, after: 1s}}}
                                                                        ^
            hint: such as {port: 5004}
            """),
        MistakeCase(
            "a sender that netlab's receiver cannot know", "pipeline: {protocol: rtp, sender: {run: x}}",
            """
            x.yaml:1:11: error: netlab's receiver of rtp wants to know SSRC and first sequence number beforehand, which a sender of your own chooses
                pipeline: {protocol: rtp, sender: {run: x}}
                          ^
            hint: take rtp-ts, or protocol command
            """),
        MistakeCase(
            "a sender that would be gone too early", "pipeline: {protocol: ll-dash, sender: {run: x}}",
            """
            x.yaml:1:11: error: netlab's receiver of ll-dash still fetches segments when a sender of your own is told to end
                pipeline: {protocol: ll-dash, sender: {run: x}}
                          ^
            hint: take rtmp-hls and publish to its server, or protocol command
            """),
        MistakeCase(
            "a sender that is called too early", "pipeline: {protocol: ws, sender: {run: x}}",
            """
            x.yaml:1:11: error: netlab's receiver of ws calls its sender, which does not say when it can be called
                pipeline: {protocol: ws, sender: {run: x}}
                          ^
            hint: write 'ready: {port: 8080}' beside its 'run'
            """),
        MistakeCase(
            "a sender that nobody calls", "pipeline: {protocol: rtsp, sender: {run: x}}",
            """
            x.yaml:1:11: error: netlab's receiver of rtsp asks a server of netlab's own for its streams
                pipeline: {protocol: rtsp, sender: {run: x}}
                          ^
            hint: take 'rtsp: {mode: push}', or protocol command
            """),
        MistakeCase(
            "cameras that push", "pipeline: {protocol: rtsp, rtsp: {mode: push, cameras: 2}}",
            """
            x.yaml:1:11: error: a server that is pushed to takes one camera, and these are 2
                pipeline: {protocol: rtsp, rtsp: {mode: push, cameras: 2}}
                          ^
            hint: take mode pull, or one camera
            """),
    ]
}

@Suite("Programs of the user's own")
struct ProgramKeysTests {
    @Test("are read with what shows that they are ready")
    func everything() throws {
        let text = """
            pipeline:
              protocol: command
              sender: {run: send, ready: {port: 5004}}
              server: {run: serve, ready: {file: up}}
              receiver: {run: play, ready: {after: 500ms}}
            """
        let programs = try #require(load(text).plan?.pipeline.programs)
        #expect(programs.named.map(\.role) == ["sender", "server", "receiver"])
        #expect(programs.named.map(\.program.run) == ["send", "serve", "play"])
        let ready = programs.named.map(\.program.ready)
        #expect(ready == [.port(5004), .file("up"), .after(.milliseconds(500))])
    }
}
