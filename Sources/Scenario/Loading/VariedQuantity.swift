package import LabModel

/// The kind of quantity of a setting that can be varied, and how it is written.
package struct VariedQuantity: Sendable {
    let table: UnitTable

    /// What its values measure; they are in its base unit.
    package var quantity: Quantity { table.quantity }

    /// A value as `--set` takes it, such as `4.6875%`; the nearest that can be written.
    package func text(of value: Double) -> String {
        table.written(isWhole ? value.rounded() : value).filter { $0 != " " }
    }

    /// The other way round; nil where the text is no such quantity.
    package func value(of text: String) -> Double? {
        try? UnitParser.parse(text, table)
    }

    /// As a sentence names it: "a rate such as 10mbit".
    package var description: String { Shape.quantity([table]).description }

    /// The least difference of two values, in the base unit.
    package var grain: Double {
        switch quantity {
        case .rate, .size, .count: 1
        case .time: 1e-9
        case .ratio: 1e-12
        }
    }

    private var isWhole: Bool { grain == 1 }
}
