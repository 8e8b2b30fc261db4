/// A table of the page, which scrolls or stacks inside its own box on a narrow screen.
struct Table {
    /// What a column holds, and so how it is set.
    enum Column {
        case text(String)
        /// Set flush right in figures of one width, and never broken.
        case number(String)
        /// Set flush right, and broken where it is long.
        case figure(String)
        /// Met or not; beside the row's header on a narrow screen.
        case judgement(String)
        /// What to know of the row; beneath it on a narrow screen.
        case note(String)

        var title: String {
            switch self {
            case .text(let title), .number(let title), .figure(let title), .judgement(let title), .note(let title):
                title
            }
        }

        var style: String? {
            switch self {
            case .text: nil
            case .number: "n"
            case .figure: "f"
            case .judgement: "j"
            case .note: "w"
            }
        }
    }

    /// On a narrow screen each row becomes a card of labelled lines.
    var stacks = false
    var caption: String
    var columns: [Column]
    var rows: [Markup] = []

    init(_ caption: String, _ columns: [Column], stacks: Bool = false) {
        self.caption = caption
        self.columns = columns
        self.stacks = stacks
    }

    /// Adds a row; the first cell is its header.
    mutating func add(_ cells: [Markup], class classes: String? = nil) {
        let written = zip(columns, cells).enumerated().map { index, cell in
            Markup.tag(index == 0 ? "th" : "td", class: cell.0.style, cell.1)
                .with(index == 0 ? "scope" : "data-label", index == 0 ? "row" : cell.0.title)
        }
        rows.append(.tag("tr", class: classes, written))
    }

    /// Adds a row of texts.
    mutating func add(_ cells: String...) {
        add(cells.map(Markup.text))
    }

    /// Adds a line that heads the rows after it.
    mutating func addGroup(_ title: String) {
        let cell = Markup.tag("th", .text(title)).with("colspan", String(columns.count)).with("scope", "rowgroup")
        rows.append(.tag("tr", class: "group", cell))
    }

    var markup: Markup {
        guard !rows.isEmpty else { return .nothing }
        let head = columns.map { Markup.tag("th", class: $0.style, .text($0.title)).with("scope", "col") }
        let table = Markup.tag(
            "table", class: stacks ? "stacks" : nil,
            .tag("caption", .text(caption)), .tag("thead", .tag("tr", head)), .tag("tbody", rows))
        return .tag("div", class: "scroll", table)
            .with("role", "region").with("tabindex", "0").with("aria-label", caption)
    }
}
