/// What a number measures, and so how it is written for people and which units a scenario may give it in.
package enum Quantity: String, Codable, Sendable, CaseIterable {
    /// Bits per second.
    case rate
    /// Seconds.
    case time
    /// A ratio from 0 to 1, written as a percentage.
    case ratio
    /// Bytes.
    case size
    /// A number of things.
    case count
}
