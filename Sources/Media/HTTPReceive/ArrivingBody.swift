internal import LabModel

/// The body of a transfer as it comes, which knows when each of its bytes came.
struct ArrivingBody {
    private(set) var bytes: [UInt8] = []
    private var pieces: [(end: Int, time: Timestamp)] = []

    mutating func add(_ more: [UInt8], at time: Timestamp) {
        bytes += more
        pieces.append((bytes.count, time))
    }

    /// When a byte came; of one behind the end, when the last did. Nil where nothing came.
    func arrival(of byte: Int) -> Timestamp? {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].end <= byte { low = middle + 1 } else { high = middle }
        }
        return (low < pieces.count ? pieces[low] : pieces.last)?.time
    }

    /// How fast a stretch came once it had begun to: the bytes behind its first piece, and how long they took. A stretch
    /// that came at once took a millisecond at most.
    func pace(of stretch: Range<Int>) -> (bytes: Int64, span: TimeSpan)? {
        guard !stretch.isEmpty, let first = pieces.first(where: { $0.end > stretch.lowerBound }),
            let last = arrival(of: stretch.upperBound - 1)
        else { return nil }
        let rest = stretch.upperBound - min(first.end, stretch.upperBound)
        if rest == 0 { return (Int64(stretch.count), .milliseconds(1)) }
        return (Int64(rest), max(last - first.time, .milliseconds(1)))
    }
}
