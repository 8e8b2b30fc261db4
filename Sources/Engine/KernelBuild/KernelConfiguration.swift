internal import LinuxKit

/// The kernel's build options: a fragment on top of `allnoconfig`.
struct KernelConfiguration {
    let fragment: String

    /// 1000 ticks a second instead of 100: UML gives no choice, and TCP's timers would go in steps of 10 ms.
    static func raiseTickRate(ofKconfig text: String) -> String? {
        var isInside = false
        var isRaised = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            if !line.hasPrefix("\t"), !line.isEmpty { isInside = line == "config HZ" }
            guard isInside, line == "\tdefault 100" else { return String(line) }
            isRaised = true
            return "\tdefault 1000"
        }
        return isRaised ? lines.joined(separator: "\n") : nil
    }

    /// Options of the fragment that the finished configuration does not have as asked. Those that the source does not
    /// know at all (renamed, or newer than it) are left out.
    static func refused(fragment: String, configuration: String, isKnown: (String) -> Bool) -> [String] {
        let lines = Set(configuration.split(separator: "\n"))
        return fragment.split(separator: "\n").filter { $0.hasPrefix("CONFIG_") }.compactMap { line in
            let pair = line.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            let isAsAsked = pair[1] == "n" ? !lines.contains("\(pair[0])=y") : lines.contains(line)
            if isAsAsked { return nil }
            return isKnown(String(pair[0].dropFirst("CONFIG_".count))) ? String(line) : nil
        }
    }

    /// Configures the source for UML.
    func apply(to source: KernelSource, in shop: BuildShop) throws(KernelBuildError) {
        try naming { () throws(SystemCallError) in
            let kconfig = source.folder + "/arch/um/Kconfig"
            if let raised = Self.raiseTickRate(ofKconfig: try File.readText(kconfig)) {
                try File.write(raised, to: kconfig)
            }
        }
        let make = ["-C", source.folder, "ARCH=um"]
        try shop.run("configure the kernel", "make", make + ["allnoconfig", "KCONFIG_ALLCONFIG=\(fragment)"])
        let (asked, got) = try naming { () throws(SystemCallError) in
            (try File.readText(fragment), try File.readText(source.folder + "/.config"))
        }
        let missing = Self.refused(fragment: asked, configuration: got) { _ in true }
        if missing.isEmpty { return }
        let known = try knownOptions(of: source, in: shop)
        let refused = Self.refused(fragment: asked, configuration: got) { known.contains($0) }
        if !refused.isEmpty { throw .refusedOptions(refused) }
    }

    private func knownOptions(of source: KernelSource, in shop: BuildShop) throws(KernelBuildError) -> Set<String> {
        let lines = try shop.run(
            "look for options", "grep",
            ["-rhoE", "--include=Kconfig*", "^[[:space:]]*(menu)?config [A-Za-z0-9_]+", source.folder])
        return Set(lines.compactMap { $0.split(separator: " ").last.map(String.init) })
    }

    private func naming<R>(_ body: () throws(SystemCallError) -> R) throws(KernelBuildError) -> R {
        do throws(SystemCallError) {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}
