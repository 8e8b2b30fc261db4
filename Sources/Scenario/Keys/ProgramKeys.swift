import LabModel
import YAML

/// The keys of `pipeline.sender:`, `server:` and `receiver:`.
enum ProgramKeys {
    static let run = Key(
        "run", .text, required: true,
        "A command line for /bin/sh, with NETLAB_SENDER, NETLAB_RECEIVER, NETLAB_MEDIA and more in its environment.")
    static let ready = Key("ready", .readiness, "What shows that the program can be used.")
    static let shape = MappingShape([run, ready], notes: ["command": .called("run"), "exec": .called("run")])
}

/// The keys of `ready:`, of which one is written.
enum ReadinessKeys {
    static let port = Key("port", .wholeNumber(1...65535), "A port at which a socket waits, of TCP or UDP.")
    static let file = Key("file", .text, "A file that the program writes, in $NETLAB_FOLDER.")
    static let after = Key("after", .time(to: 60), "Time that is enough.")
    static let shape = MappingShape([port, file, after], notes: ["time": .called("after"), "path": .called("file")])
}

extension ValueKind where Value == ProgramPlan {
    static let program = ValueKind(shape: .mapping(ProgramKeys.shape)) { item in
        guard let fields = Fields(item, ProgramKeys.shape), let run = fields(ProgramKeys.run) else { return nil }
        if run.allSatisfy(\.isWhitespace) {
            item.error("\(item.name) runs nothing", hint: "write a command line")
            return nil
        }
        return ProgramPlan(run: run, ready: fields(ProgramKeys.ready))
    }
}

extension ValueKind where Value == ProgramPlan.Readiness {
    static let readiness = ValueKind(shape: .mapping(ReadinessKeys.shape)) { item in
        guard let fields = Fields(item, ReadinessKeys.shape) else { return nil }
        let found: [ProgramPlan.Readiness] = [
            fields(ReadinessKeys.port).map { .port(UInt16($0)) }, fields(ReadinessKeys.file).map { .file($0) },
            fields(ReadinessKeys.after).map { .after($0) },
        ].compactMap(\.self)
        if found.count == 1 { return found[0] }
        item.error("ready takes one of port, file and after", hint: "such as {port: 5004}")
        return nil
    }
}

/// What programs of the user's own can and cannot stand for.
struct ProgramChecks {
    let plan: PipelinePlan
    let reading: Reading

    /// - Parameter mark: of the pipeline.
    func check(_ mark: Mark) {
        let programs = plan.programs
        if plan.protocol == .command {
            if programs == nil {
                reading.error(
                    "protocol command has no program", at: mark,
                    hint: "write 'sender: {run: ...}', 'server:' or 'receiver:' beside it")
            }
            return
        }
        if programs?.server != nil {
            reading.error(
                "\(plan.protocol.rawValue) takes no server of your own", at: mark,
                hint: "take protocol command, or leave 'server' out")
        }
        if programs?.sender != nil, programs?.receiver != nil {
            reading.error(
                "with a sender and a receiver of your own nothing of \(plan.protocol.rawValue) is left", at: mark,
                hint: "take protocol command, or leave one of them out")
        } else if let sender = programs?.sender, let (reason, hint) = plan.refusal(of: sender) {
            reading.error("netlab's receiver of \(plan.protocol.rawValue) \(reason)", at: mark, hint: hint)
        }
    }
}

extension PipelinePlan {
    /// Why netlab's receiver takes nothing from a sender of the user's own, and what to do; nil where it does.
    fileprivate func refusal(of sender: ProgramPlan) -> (reason: String, hint: String)? {
        switch `protocol` {
        case .rtp:
            (
                "wants to know SSRC and first sequence number beforehand, which a sender of your own chooses",
                "take rtp-ts, or protocol command"
            )
        case .hls, .llHLS, .dash, .llDASH:
            (
                "still fetches segments when a sender of your own is told to end",
                "take rtmp-hls and publish to its server, or protocol command"
            )
        case .ws where sender.ready == nil:
            (
                "calls its sender, which does not say when it can be called",
                "write 'ready: {port: 8080}' beside its 'run'"
            )
        case .ws where !carriesTransportStream:
            ("takes MPEG-TS alone from a sender of your own", "leave 'ws: {container: ...}' out")
        case .rtsp where rtsp.mode != .push:
            ("asks a server of netlab's own for its streams", "take 'rtsp: {mode: push}', or protocol command")
        case .rtpTS, .udpTS, .srt, .rist, .ws, .rtmp, .rtmpHLS, .rtsp, .command: nil
        }
    }
}
