import CommandLineKit
import Engine
import FoundationEssentials
import LabModel
import LinuxKit

/// `netlab doctor`: what works here, and what would mend the rest.
enum DoctorCommand {
    static let command = CommandLineKit.Command(
        "doctor",
        summary: "Try every engine on this machine and say what would mend those that do not work.",
        discussion: "Enters each engine and adds a netem there; nothing of the host is changed.",
        options: [.flag("json", "Print one JSON document.")]
    ) { arguments in
        let diagnosis = Diagnosis(installation: try Installation.find())
        if arguments.flag("json") {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(diagnosis), as: UTF8.self))
        } else {
            for line in diagnosis.lines(on: .output) { print(line) }
        }
        return diagnosis.canRun ? .pass : .unsupported
    }
}
