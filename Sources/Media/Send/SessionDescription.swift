internal import LabModel

/// The session description (RFC 4566) that a receiver needs: libavformat's media parts with netlab's addresses.
enum SessionDescription {
    /// - Parameters:
    ///   - origin: the sender's address.
    ///   - destination: where the packets go.
    ///   - control: by what each stream is known to an RTSP server, by its number (RFC 2326 section C.1.1).
    static func text(
        _ streams: [StreamFacts], _ descriptions: [String], origin: String, destination: String,
        control: ((Int) -> String)? = nil
    ) -> String {
        var text = "v=0\r\no=- 0 0 IN \(family(origin)) \(origin)\r\ns=netlab\r\n"
        text += "c=IN \(family(destination)) \(destination)\r\nt=0 0\r\n"
        for (index, (stream, description)) in zip(streams, descriptions).enumerated() {
            text += media(description, port: stream.rtp?.port ?? 0)
            if let control { text += "a=control:\(control(index))\r\n" }
        }
        return text
    }

    /// The sender's address in a description that `text` made.
    static func origin(of text: String) -> String? {
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("o=") }
        return line?.split(separator: " ").last.map(String.init)
    }

    /// The kinds of media that a description has, in its order; nil for one that is neither.
    static func kinds(in text: String) -> [MediaKind?] {
        text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("m=") }.map { line in
            line.dropFirst(2).split(separator: " ").first.flatMap { MediaKind(rawValue: String($0)) }
        }
    }

    /// libavformat knows no port, since it has no socket, and takes each stream for the only one.
    private static func media(_ description: String, port: UInt16) -> String {
        let lines = description.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("a=control:") }.map { line in
            guard line.hasPrefix("m=") else { return String(line) }
            let words = line.split(separator: " ")
            return ([String(words[0]), "\(port)"] + words.dropFirst(2).map(String.init)).joined(separator: " ")
        }
        return lines.map { $0 + "\r\n" }.joined()
    }

    private static func family(_ address: String) -> String { address.contains(":") ? "IP6" : "IP4" }
}
