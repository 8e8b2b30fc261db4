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
            "a sender that netlab's receiver does not know", "pipeline: {protocol: rtp, sender: {run: x}}",
            """
            x.yaml:1:11: error: netlab's receiver of rtp takes no sender but netlab's
                pipeline: {protocol: rtp, sender: {run: x}}
                          ^
            hint: take protocol command, or one that carries MPEG-TS
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
