internal import LabModel

/// What a UDP receiver can say of numbered datagrams: loss, order and jitter.
struct DatagramAccount: Sendable {
    /// Datagrams that came for the first time.
    private(set) var received: Int64 = 0
    /// Datagrams that came again.
    private(set) var duplicates: Int64 = 0
    /// Datagrams that came after one that was sent later (RFC 4737 section 3.3), duplicates left out.
    private(set) var reordered: Int64 = 0
    /// Bytes of payload, duplicates left out.
    private(set) var payload = ByteCount(0)
    /// RFC 3550 section 6.4.1; nil until two datagrams have come.
    private(set) var jitter: TimeSpan?

    private var nextExpected: Int64 = 0
    private var seen: [UInt64] = []
    private var lastTransit: TimeSpan?
    private var smoothed = 0.0

    /// The datagrams that are missing so far: sent before the latest one that came, and not here yet.
    var missing: Int64 { nextExpected - received }

    /// Takes one datagram.
    mutating func take(number: Int64, size: ByteCount, sent: Timestamp, arrived: Timestamp) {
        guard number >= 0, isFirst(number) else {
            duplicates += 1
            return
        }
        received += 1
        payload.bytes += size.bytes
        if number < nextExpected { reordered += 1 } else { nextExpected = number + 1 }
        smooth(transit: arrived - sent)
    }

    /// The datagrams that never came of `sent`.
    func lost(of sent: Int64) -> Int64 { max(sent - received, 0) }

    private mutating func isFirst(_ number: Int64) -> Bool {
        let (word, bit) = (Int(number / 64), UInt64(1) << UInt64(number % 64))
        if word >= seen.count { seen += [UInt64](repeating: 0, count: word - seen.count + 1) }
        defer { seen[word] |= bit }
        return seen[word] & bit == 0
    }

    private mutating func smooth(transit: TimeSpan) {
        if let lastTransit {
            smoothed += (abs((transit - lastTransit).seconds) - smoothed) / 16
            jitter = TimeSpan(seconds: smoothed)
        }
        lastTransit = transit
    }
}
