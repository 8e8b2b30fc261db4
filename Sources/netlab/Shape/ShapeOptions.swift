import CommandLineKit
import LabModel
import RealInterface
import Scenario

/// What the options of `netlab shape` ask for.
struct ShapeOptions {
    enum Kind {
        case look
        case clear
        case set(ShapeRequest, for: TimeSpan?)
    }

    let kind: Kind

    /// Every mistake is reported, at its place in the option's text.
    init(_ arguments: ParsedArguments) throws {
        let directions = ShapeCommand.directions.map { Self.word($0.name, arguments) }
        let shared = ShapeCommand.shared.compactMap { Self.word($0.name, arguments) }
        let isSetting = directions.contains { $0 != nil } || !shared.isEmpty
        if arguments.flag("clear") {
            if isSetting || arguments.isGiven("for") || arguments.isGiven("replace") {
                throw UsageError.rule("--clear puts back what was there and takes no setting")
            }
            kind = .clear
        } else if isSetting {
            kind = try Self.setting(directions, shared, arguments)
        } else if arguments.isGiven("for") || arguments.isGiven("replace") || arguments.flag("dry-run") {
            throw UsageError.rule("nothing to do", hint: "give --down, --up, --delay, --loss or --clear")
        } else {
            kind = .look
        }
    }

    private static func setting(
        _ directions: [OptionReader.Word?], _ shared: [OptionReader.Word], _ arguments: ParsedArguments
    ) throws -> Kind {
        let reader = OptionReader()
        let isNamed = directions.contains { $0 != nil }
        let found = isNamed ? reader.impairments(directions, over: shared) : [reader.impairment(of: shared)]
        let duration = Self.word("for", arguments).flatMap(reader.duration)
        ScenarioSource.show(try reader.finish(as: "shape"))
        return .set(ShapeRequest(down: found.first ?? nil, up: found.last ?? nil), for: duration)
    }

    private static func word(_ option: String, _ arguments: ParsedArguments) -> OptionReader.Word? {
        arguments.value(option).map { OptionReader.Word(option, $0) }
    }
}
