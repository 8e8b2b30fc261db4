import Spelling

/// Finds the file that a name on the command line means.
struct ScenarioFinder {
    /// Where the shipped scenarios are.
    let shipped: String?

    /// As a path, then with letter case ignored along it, then among the shipped scenarios.
    func find(_ name: String) -> String? {
        guard !name.isEmpty else { return nil }
        for candidate in spellings(of: name) {
            if FileReader.isFile(candidate) { return candidate }
        }
        for candidate in spellings(of: name) {
            if let path = ignoringCase(candidate) { return path }
        }
        return amongShipped(name)
    }

    /// The shipped scenarios' names, without their ending.
    var shippedNames: [String] {
        shippedFiles.map(FilePath.stem)
    }

    /// Files of the shipped folder that are scenarios.
    var shippedFiles: [String] {
        guard let shipped else { return [] }
        return FileReader.names(in: shipped).filter { FilePath.stem($0) != $0 && !$0.hasPrefix(".") }
    }

    /// What somebody may have meant who wrote a name that nothing has.
    func nearest(to name: String) -> String? {
        Spelling.nearest(to: FilePath.stem(name), in: shippedNames)
    }

    private func spellings(of name: String) -> [String] {
        FilePath.stem(name) == FilePath.name(name) ? [name, name + ".yaml", name + ".yml"] : [name]
    }

    private func ignoringCase(_ path: String) -> String? {
        var current = path.hasPrefix("/") ? "/" : "."
        for part in path.split(separator: "/").map(String.init) {
            guard let next = entry(part, in: current) else { return nil }
            current = FilePath.joined(current, next)
        }
        return FileReader.isFile(current) ? current : nil
    }

    private func entry(_ name: String, in folder: String) -> String? {
        if name == "." || name == ".." { return name }
        let names = FileReader.names(in: folder)
        return names.first { $0 == name } ?? names.first { $0.lowercased() == name.lowercased() }
    }

    /// `10mbit`, `10mbit.yaml`, or either behind the shipped folder's own name.
    private func amongShipped(_ name: String) -> String? {
        guard let shipped else { return nil }
        var parts = name.split(separator: "/").map { $0.lowercased() }
        if parts.count == 2, parts[0] == FilePath.name(shipped).lowercased() { parts.removeFirst() }
        guard parts.count == 1 else { return nil }
        let wanted = spellings(of: parts[0])
        let found = shippedFiles.first { wanted.contains($0.lowercased()) }
        return found.map { FilePath.joined(shipped, $0) }
    }
}
