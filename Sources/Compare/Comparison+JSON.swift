import LabModel

/// `labels`, `rows` (each with `metric`, `quantity` and one of `values` for each label, in base units, `null` where it was
/// not measured), `identical`, and `differences` as paths of `result.json`.
extension Comparison: Encodable {
    private enum CodingKeys: CodingKey {
        case labels
        case rows
        case identical
        case differences
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(labels, forKey: .labels)
        try container.encode(rows, forKey: .rows)
        try container.encode(identical, forKey: .identical)
        try container.encode(differences, forKey: .differences)
    }
}
