import Analysis
import Capture
import CommandLineKit
import Engine
import LabModel
import LinuxKit
import Report
import RunStore
import Scenario

/// `netlab analyze`: a run directory with another player, or the RTP of any capture.
enum AnalyzeCommand {
    static let command = Command(
        "analyze",
        summary: "Analyze a run again with another player, or any capture's RTP.",
        discussion: """
            Given a run directory, it analyzes and judges the run again without streaming again: with another buffer it \
            answers what a player with that buffer would have shown. The run's own report is replaced.

            Given a capture file (pcap or pcapng), it finds the RTP in it by itself and prints each stream's loss, \
            duplicates, reordering, jitter and rate, and what its packets carry: of H.264, H.265, VP8, VP9, AV1, Opus, AAC \
            and MPEG-TS the kinds of packets, the units in them, and the frames that came whole. What a payload type \
            stands for is said by --payload, by a session description in the capture, or guessed, and then it says so. \
            MPEG-TS straight in UDP is checked too (TR 101 290).
            """,
        examples: [
            .init("netlab analyze Reports/10mbit/latest --buffer 500ms", "What would a larger buffer have shown?"),
            .init("netlab analyze call.pcapng --json", "The RTP streams of a capture, as JSON."),
        ],
        options: [
            .value("buffer", placeholder: "time", "The player's buffer, such as 500ms (run directory only)."),
            .value(
                "underrun", completion: .choices(PlayerPolicy.Underrun.allCases.map(\.rawValue)),
                "What the player does when its buffer is empty: wait or skip (run directory only)."),
            .repeated(
                "payload", placeholder: "type=format",
                "What a payload type stands for, such as 96=h264 (capture file only)."),
            .flag("json", "Print the result as JSON."),
        ],
        arguments: [Argument("run-or-capture", completion: .files, "A run directory, or a capture file.")]
    ) { arguments in
        let path = arguments.argument("run-or-capture") ?? "."
        if File.kind(path) == .directory { return try analyzeRun(path, arguments) }
        return try analyzeCapture(path, payloads: try payloads(arguments), asJSON: arguments.flag("json"))
    }

    /// A damaged capture still shows what comes before the damage, but the status says that it is no whole one.
    private static func analyzeCapture(
        _ path: String, payloads: [UInt8: PayloadFormat], asJSON: Bool
    ) throws -> CommandLineKit.ExitStatus {
        let report = CaptureAnalysis.analyze(try CaptureReader(path: path), payloads: payloads)
        let text =
            asJSON ? String(decoding: try JSONText.pretty(report), as: UTF8.self) : CaptureSummary(report: report).text
        print(text, terminator: "")
        return report.damage == nil ? .pass : .badInput
    }

    /// What `--payload` says, each `TYPE=FORMAT`.
    private static func payloads(_ arguments: ParsedArguments) throws(UsageError) -> [UInt8: PayloadFormat] {
        var payloads: [UInt8: PayloadFormat] = [:]
        for text in arguments.values("payload") {
            let words = text.split(separator: "=", maxSplits: 1)
            guard words.count == 2, let type = UInt8(words[0]), type < 128, let format = PayloadFormat(named: words[1])
            else {
                let names = PayloadFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalidValue(
                    slot: "--payload", value: text, expected: "a payload type and one of \(names), such as 96=h264")
            }
            payloads[type] = format
        }
        return payloads
    }

    private static func analyzeRun(_ path: String, _ arguments: ParsedArguments) throws -> CommandLineKit.ExitStatus {
        let directory = try RunDirectory(existing: path)
        var plan = try directory.read(Plan.self, from: RunFolder.plan)
        plan.pipeline.player = try player(plan.pipeline.player, changedBy: arguments)
        let record = try directory.read(RunRecord.self, from: RunFolder.run)
        let result = try RunReview(Installation.find()).examine(directory, plan, record)
        if arguments.flag("json") {
            print(String(decoding: try JSONText.pretty(result), as: UTF8.self), terminator: "")
        } else {
            let summary = TerminalSummary(colour: Terminal.output.hasColour)
            print(summary.text(of: result, report: directory.file(RunFolder.report)), terminator: "")
        }
        return result.verdict.exitStatus
    }

    private static func player(
        _ player: PlayerPolicy, changedBy arguments: ParsedArguments
    ) throws(UsageError) -> PlayerPolicy {
        var player = player
        if let text = arguments.value("buffer") {
            guard let seconds = UnitText.parse(text, as: .time), seconds >= 0 else {
                throw .invalidValue(slot: "--buffer", value: text, expected: "a time such as 500ms")
            }
            player.buffer = TimeSpan(seconds: seconds)
        }
        if let name = arguments.value("underrun") {
            guard let underrun = PlayerPolicy.Underrun(rawValue: name) else {
                throw .invalidValue(slot: "--underrun", value: name, expected: "wait or skip")
            }
            player.underrun = underrun
        }
        return player
    }
}
