extension Markup {
    /// An element with classes; its content may be left out.
    static func tag(_ name: String, class classes: String? = nil, _ children: Markup...) -> Markup {
        tag(name, class: classes, children)
    }

    static func tag(_ name: String, class classes: String? = nil, _ children: [Markup]) -> Markup {
        .element(name, classes.map { [Attribute(name: "class", value: $0)] } ?? [], children)
    }

    /// The same element with one more attribute.
    func with(_ name: String, _ value: String) -> Markup {
        guard case .element(let element, let attributes, let children) = self else { return self }
        return .element(element, attributes + [Attribute(name: name, value: value)], children)
    }

    /// A part of the page under its heading; nothing when it would be empty.
    static func section(_ id: String, _ title: String, _ children: [Markup]) -> Markup {
        guard !children.isEmpty else { return .nothing }
        return tag("section", [tag("h2", .text(title)).with("id", "\(id)-title")] + children)
            .with("id", id).with("aria-labelledby", "\(id)-title")
    }

    static func paragraph(_ text: String, class classes: String? = nil) -> Markup {
        tag("p", class: classes, .text(text))
    }
}
