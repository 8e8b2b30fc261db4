internal import LabModel

/// Counts the packets that come behind one that was sent after them (RFC 4737 section 3), in the order of sending.
struct OrderCount {
    private(set) var reordered: Int64 = 0
    /// When the packets come that nothing has overtaken, which is in the order of sending.
    private var inOrder: [Timestamp] = []
    private var first = 0

    /// - Parameter time: since when no packet comes that is sent from here on.
    mutating func add(arrival: Timestamp, sentAt time: Timestamp) {
        while inOrder.count > first, let last = inOrder.last, last > arrival {
            inOrder.removeLast()
            reordered += 1
        }
        inOrder.append(arrival)
        // What has come cannot be overtaken.
        while first < inOrder.count, inOrder[first] < time { first += 1 }
        if first > 4096 {
            inOrder.removeFirst(first)
            first = 0
        }
    }
}
