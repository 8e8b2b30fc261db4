internal import LinuxKit

/// What the build needs on the machine.
enum BuildTools {
    private static let building = [
        ("make", "make"), ("gcc", "gcc"), ("ld", "binutils"), ("flex", "flex"), ("bison", "bison"), ("bc", "bc"),
        ("tar", "tar"), ("xz", "xz-utils"), ("perl", "perl-base"),
    ]
    private static let fetching = [("apt-get", "apt"), ("apt-cache", "apt"), ("dpkg-deb", "dpkg")]

    static func check(fetches: Bool) throws(KernelBuildError) {
        var missing = (building + (fetches ? fetching : [])).filter { Environment.find($0.0) == nil }
        if missing.isEmpty, !hasStaticLibrary { missing.append(("libc.a", "libc6-dev")) }
        if missing.isEmpty { return }
        throw .missingTools(missing.map(\.0), packages: missing.map(\.1))
    }

    /// gcc prints the bare name of a library that it does not find.
    private static var hasStaticLibrary: Bool {
        let answer = try? ChildProcess.run(Command("gcc", ["-print-file-name=libc.a"]))
        return answer?.outputText.hasPrefix("/") ?? false
    }
}
