import YAML

/// A dotted path to a setting, such as `link.downlink.rate`, and where each word of it stands.
struct SettingPath: Sendable {
    struct Step: Sendable {
        let name: String
        let mark: Mark
    }

    /// The path leads through a value that has nothing beneath it.
    struct Dead: Error {
        let step: Step
    }

    let text: String
    let steps: [Step]

    /// Where it begins; a path has one word at least.
    var start: Mark { steps[0].mark }

    /// `mark` is that of the path's first character.
    init(_ text: String, at mark: Mark) {
        var steps: [Step] = []
        var offset = 0
        for word in text.split(separator: ".", omittingEmptySubsequences: false) {
            steps.append(Step(name: String(word), mark: mark.advanced(by: offset)))
            offset += word.unicodeScalars.count + 1
        }
        self.text = text
        self.steps = steps
    }
}

extension Node {
    /// Sets and reports what stands in the way.
    func setting(_ path: SettingPath, to value: Node, _ reading: Reading) -> Node {
        do {
            return try setting(path.steps[...], to: value)
        } catch {
            reading.error(
                "'\(path.text)' names no setting: there is nothing called '\(error.step.name)'", at: error.step.mark)
            return self
        }
    }
}
