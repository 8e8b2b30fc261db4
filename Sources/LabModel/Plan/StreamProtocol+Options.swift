extension StreamProtocol {
    /// Whether the block `pipeline.NAME` of a scenario says anything to it.
    ///
    /// A block is called as the protocol that it is for, or as what a family of protocols has in common: `hls` is for
    /// `hls`, `ll-hls` and `rtmp-hls`, and `http` for those over HTTP. What is called otherwise is for all.
    package func heeds(block name: String) -> Bool {
        if name == "ts" { return carriesTransportStream }
        if name == "http" { return http != nil }
        return nameParts.contains(name) || !Self.allCases.contains { $0.nameParts.contains(name) }
    }

    private var nameParts: [String] { rawValue.split(separator: "-").map(String.init) }
}
