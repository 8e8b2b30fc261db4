import LabModel
import YAML

/// The keys of a drop list.
enum DropKeys {
    static let rtp = Key("rtp", .places, "As 'video'.")
    static let video = Key("video", .places, "RTP packets of the video by their place in its stream, from 1.")
    static let audio = Key("audio", .places, "RTP packets of the sound by their place in its stream, from 1.")
    static let every = Key("every", .ordinal, "Each packet of this number: every 1000th, or 1st for all.")
    static let match = Key("match", .match, "What 'every' counts; the direction's own match when left out.")
    static let shape = MappingShape(
        [rtp, video, audio, every, match],
        notes: [
            "packets": .called("rtp"), "frames": .called("rtp"), "sound": .called("audio"),
            "loss": .explained(message: "'loss' is by chance and stands beside 'drop'", hint: "write loss: 1%"),
        ])
}

/// A drop list as it was written; none says that nothing is dropped.
struct DropDraft: Sendable {
    var places: [MediaKind: Located<[Int]>] = [:]
    var every: DropList.Nth?

    /// - Parameter match: of the direction.
    func list(within match: PacketMatch?) -> DropList? {
        guard !places.isEmpty || every != nil else { return nil }
        var every = every
        if every?.match == nil { every?.match = match }
        return DropList(places: places.mapValues(\.value), every: every)
    }
}

extension ValueKind where Value == DropDraft {
    static let drop = ValueKind(shape: .either([.words(["none"]), .mapping(DropKeys.shape)])) { item in
        guard item.node.entries != nil else {
            return ValueKind<String>.word(["none"]).read(item).map { _ in DropDraft() }
        }
        guard let fields = Fields(item, DropKeys.shape) else { return nil }
        let (rtp, video) = (fields.located(DropKeys.rtp), fields.located(DropKeys.video))
        let audio = fields.located(DropKeys.audio)
        let (every, match) = (fields.located(DropKeys.every), fields.located(DropKeys.match))
        guard fields.broken.isEmpty else { return nil }
        var draft = DropDraft()
        draft.places[.video] = rtp ?? video
        draft.places[.audio] = audio
        draft.every = every.map { DropList.Nth($0.value, of: match?.value) }
        if rtp != nil, let video {
            item.reading.error("'rtp' and 'video' are the same", at: video.mark, hint: "write one list")
        }
        if every == nil, let match {
            item.reading.error(
                "'match' says what 'every' counts, and there is no 'every'", at: match.mark,
                hint: "add 'every: 1st' to drop all that it matches")
        }
        if item.node.entries?.isEmpty == true {
            item.error("\(item.name) drops nothing", hint: "write one such as {rtp: [100, 101]}, or none")
        }
        return draft
    }
}

extension ValueKind where Value == [Int] {
    /// Places in a stream, in order.
    static let places = ValueKind(shape: .list(.wholeNumber(1...DropList.lastPlace))) { item in
        let one = ValueKind<Int>.wholeNumber(1...DropList.lastPlace)
        let elements = item.node.elements ?? []
        let places = ValueKind<[Int]>.list(one).read(item) ?? []
        guard item.node.elements != nil, places.count == elements.count else { return nil }
        if places.isEmpty {
            item.error("\(item.name) lists no packet", hint: "write one such as [100, 101]")
        }
        if places.count > DropList.longest {
            item.error("\(item.name) lists \(places.count) packets; \(DropList.longest) are the most")
        }
        var seen: Set<Int> = []
        for (place, node) in zip(places, elements) where !seen.insert(place).inserted {
            item.reading.error("packet \(place) is listed twice", at: node.mark)
        }
        return places.sorted()
    }
}

extension ValueKind where Value == Int {
    /// `1000th`, `2nd`, or the number alone.
    static let ordinal = ValueKind(
        shape: .either([
            .wholeNumber(1...DropList.Nth.longest),
            .form(name: "a place such as 1000th", pattern: "^[0-9]+(st|nd|rd|th)$"),
        ])
    ) { item in
        guard let text = item.text(.form(name: "a place such as 1000th", pattern: "")) else { return nil }
        let digits = text.prefix { $0.isNumber }
        guard let count = Int(digits), ["", "st", "nd", "rd", "th"].contains(text.dropFirst(digits.count)) else {
            item.error("\(item.name) '\(text)' is no place", hint: "write one such as 1000th, or 1st for all")
            return nil
        }
        guard (1...DropList.Nth.longest).contains(count) else {
            item.error("\(item.name) must be from 1st to \(DropList.Nth.longest)th, not '\(text)'")
            return nil
        }
        return count
    }
}
