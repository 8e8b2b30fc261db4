import Glibc
import YAML

/// Paths as text.
enum FilePath {
    /// The last component.
    static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The last component without `.yaml` or `.yml`.
    static func stem(_ path: String) -> String {
        let name = name(path)
        for ending in [".yaml", ".yml"] where name.lowercased().hasSuffix(ending) && name.count > ending.count {
            return String(name.dropLast(ending.count))
        }
        return name
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func joined(_ folder: String, _ path: String) -> String {
        if path.hasPrefix("/") || folder == "." { return path }
        return folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }

    /// `path`, relative to the file that names it, or to the working directory on the command line.
    static func beside(_ origin: SourceText.Origin, _ path: String) -> String {
        switch origin {
        case .file(let file): joined(folder(of: file), path)
        case .option: path
        }
    }

    /// The same from the root on, without `.` and `..` where that can be told from the text.
    static func absolute(_ path: String, besides origin: SourceText.Origin) -> String {
        let path = beside(origin, path)
        return normal(path.hasPrefix("/") ? path : joined(workingDirectory, path))
    }

    /// With every link followed: two paths of the same file give the same. Corresponds to `realpath`.
    static func real(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static var workingDirectory: String { real(".") }

    /// `..` stays where a link could stand before it.
    private static func normal(_ path: String) -> String {
        "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}
