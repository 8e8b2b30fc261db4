import LinuxKit

/// The page's template, style and script, read from the resource folder.
struct PageParts {
    private let template: String
    private let style: String
    private let script: String

    init(folder: String) throws(ReportError) {
        template = try Self.text(of: "\(folder)/report/report.html")
        style = try Self.text(of: "\(folder)/report/report.css")
        script = try Self.text(of: "\(folder)/report/report.js")
    }

    /// The template with its places filled; what is put in is never searched for places again. A page without data to
    /// draw has no script.
    func page(title: String, body: String, data: String? = nil) -> String {
        let contents = [
            "title": title, "style": Self.inlined(style), "body": body, "data": data ?? "null",
            "script": data == nil ? "" : Self.inlined(script),
        ]
        var page = ""
        var rest = template[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            page += rest[..<open.lowerBound]
            page += contents[String(rest[open.upperBound..<close.lowerBound])] ?? ""
            rest = rest[close.upperBound...]
        }
        return page + rest
    }

    /// Neither the script nor the style may end the element that it is put into.
    private static func inlined(_ text: String) -> String {
        String(text.replacing("</", with: "<\\/").trimmingTrailingNewlines)
    }

    private static func text(of path: String) throws(ReportError) -> String {
        do {
            return try File.readText(path)
        } catch {
            throw .unreadable(path: path, reason: "\(error.errno)")
        }
    }
}

extension String {
    fileprivate var trimmingTrailingNewlines: Substring {
        var text = self[...]
        while text.last == "\n" { text.removeLast() }
        return text
    }
}
