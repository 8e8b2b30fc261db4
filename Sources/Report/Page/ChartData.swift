import LabModel

/// What the page's script draws: the charts of one run and the marks that they share.
struct ChartData: Encodable {
    /// The time axis, in seconds of the stream; negative while probes ran.
    var start: Double
    var end: Double
    var charts: [Chart] = []
    var changes: [Change] = []
    var stalls: [Stretch] = []
    var probes: [Stretch] = []

    struct Change: Encodable {
        var at: Double
        var text: String
    }

    struct Stretch: Encodable {
        var from: Double
        var to: Double
        var label: String?
    }
}

/// One chart: lines of one quantity.
struct Chart: Encodable {
    var title: String
    var quantity: Quantity
    /// Height of the axis when all values are zero.
    var least: Double
    var lines: [Line]
    /// Values that people compare with, such as the limits of a recommendation.
    var guides: [Double]?
    /// Whether changes and probes are named in this chart.
    var labels = false

    struct Line: Encodable {
        enum Role: String, Encodable {
            case line
            case area
            case bars
            /// Between two percentiles.
            case band
            /// A setting, which holds until the next.
            case asked
        }

        enum Colour: String, Encodable {
            case blue
            case orange
            case green
            case purple
            case asked
        }

        var label: String
        var role: Role
        var colour: Colour
        var times: [Double]
        var values: [Double?]?
        var low: [Double?]?
        var high: [Double?]?
    }
}

/// Charts that stand together under one heading.
struct ChartGroup {
    var title: String
    var charts: [Chart]
    /// Shown only on request.
    var folded = false
}

extension Quantity {
    /// A small value of the quantity that still makes an axis.
    var leastReach: Double {
        switch self {
        case .rate: 1e6
        case .time: 0.01
        case .ratio: 0.01
        case .size: 1000
        case .count: 1
        }
    }
}
