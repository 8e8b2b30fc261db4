/// Finds the fragments of an MP4 body while it grows: each from its `moof` box to the end of its `mdat` (ISO/IEC
/// 14496-12), so that each can be taken apart as soon as it is there.
struct FragmentScanner {
    /// Where the next box begins, and the fragment that is not whole yet.
    private var place = 0
    private var start: Int?

    /// The fragments that are whole by now and were not before.
    mutating func scan(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        while let box = Self.box(bytes, at: place), place + box.size <= bytes.count {
            if box.type == "moof" { start = start ?? place }
            place += box.size
            if box.type == "mdat", let begin = start {
                found.append(begin..<place)
                start = nil
            }
        }
        return found
    }

    /// What is left behind the last whole fragment, from its `moof` on; nil where nothing is.
    func rest(of bytes: [UInt8]) -> Range<Int>? {
        let begin = start ?? (Self.box(bytes, at: place)?.type == "moof" ? place : nil)
        return begin.flatMap { $0 < bytes.count ? $0..<bytes.count : nil }
    }

    /// A box's size and type; nil where its header is not there, or makes no sense.
    private static func box(_ bytes: [UInt8], at place: Int) -> (size: Int, type: String)? {
        guard place + 8 <= bytes.count else { return nil }
        let type = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
        var size = integer(bytes, place, 4)
        if size == 1 {
            guard place + 16 <= bytes.count else { return nil }
            size = integer(bytes, place + 8, 8)
        } else if size == 0 {
            // To the end, which nothing tells before the body is over.
            return nil
        }
        return size >= 8 && size < 1 << 40 ? (size, type) : nil
    }

    private static func integer(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        Int(truncatingIfNeeded: bytes[place..<(place + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
