/// Finds bytes that no YAML text may hold, before libyaml sees them.
enum TextCheck {
    /// The first thing wrong with the bytes themselves.
    static func mistake(in source: SourceText, limits: Limits) -> Mistake? {
        let start = Mark(source: source, line: 1, scalarsBefore: 0)
        guard source.bytes.count <= limits.size else {
            return Mistake("more than \(limits.size >> 20) MiB of text", at: start)
        }
        if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
            return Mistake("the text is UTF-16", at: start, hint: "save it as UTF-8")
        }
        if let offset = firstInvalidByte(in: source.bytes) {
            return Mistake(
                "byte \(hexadecimal(UInt32(source.bytes[offset]), digits: 2)) is no UTF-8 text",
                at: source.mark(atByte: offset), hint: "save it as UTF-8")
        }
        return source.bytes.firstIndex(where: isControl).map { offset in
            Mistake(
                "control character U+\(hexadecimal(UInt32(source.bytes[offset]), digits: 4))",
                at: source.mark(atByte: offset))
        }
    }

    private static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        let span = bytes.span
        do {
            _ = try UTF8Span(validating: span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) || byte == 0x7F
    }

    static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
