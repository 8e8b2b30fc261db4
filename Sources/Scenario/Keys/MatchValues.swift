import LabModel

extension ValueKind where Value == [UInt16] {
    /// A port, or a list of them.
    static let ports = ValueKind(shape: .either([.wholeNumber(range), .list(.wholeNumber(range))])) { item in
        let one = ValueKind<Int>.wholeNumber(range)
        guard let elements = item.node.elements else { return one.read(item).map { [UInt16($0)] } }
        if elements.isEmpty {
            item.error("\(item.name) names no port", hint: "write one such as 5004, or leave it out")
            return nil
        }
        guard elements.count <= longestList else {
            item.error("\(item.name) has \(elements.count) ports; \(longestList) are the most")
            return nil
        }
        let ports = ValueKind<[Int]>.list(one).read(item) ?? []
        return ports.count == elements.count ? ports.map { UInt16($0) } : nil
    }

    private static var range: ClosedRange<Int> { 1...65535 }
    private static var longestList: Int { 32 }
}

extension ValueKind where Value == IPAddress {
    static let address = ValueKind(shape: .text) { item in
        guard let text = item.text(.text) else { return nil }
        if let address = IPAddress(text) { return address }
        item.error("\(item.name) '\(text)' is no address", hint: "write one such as 10.77.0.2 or fd77::2")
        return nil
    }
}

extension ValueKind where Value == PacketMatch.Content {
    static let rtpContent = ValueKind(shape: .either([.yesOrNo, .words(["video", "audio"])])) { item in
        switch item.node.scalar?.text {
        case "video": .video
        case "audio": .audio
        default: only(.rtp, item)
        }
    }

    static let rtcpContent = ValueKind(shape: .yesOrNo) { only(.rtcp, $0) }

    static let srtContent = ValueKind(shape: .words(["control", "data"])) { item in
        ValueKind<String>.word(["control", "data"]).read(item).map { $0 == "control" ? .srtControl : .srtData }
    }

    /// `true`; what is not of a kind cannot be matched.
    private static func only(_ content: PacketMatch.Content, _ item: Item) -> PacketMatch.Content? {
        guard let isWanted = ValueKind<Bool>.yesOrNo.read(item) else { return nil }
        if isWanted { return content }
        item.error("\(item.name) cannot be false", hint: "leave it out")
        return nil
    }
}
