internal import LabModel

/// The bursts that packets come in.
struct SlotMeter {
    /// Packets nearer to each other than this belong to one burst: half of the least time between slots.
    private let gap: TimeSpan
    private var last: Timestamp?
    private var packets = 0

    private(set) var bursts: Int64 = 0
    private(set) var largest = 0
    /// From the end of one burst to the start of the next.
    private(set) var shortest: TimeSpan?

    init(_ slots: Slots?) {
        gap = TimeSpan(nanoseconds: (slots?.shortest ?? .zero).nanoseconds / 2)
    }

    /// Adds a packet, in the order of coming.
    mutating func add(_ arrival: Timestamp) {
        defer { last = arrival }
        guard let last, arrival - last < gap else {
            if let last, bursts > 0 { shortest = min(shortest ?? arrival - last, arrival - last) }
            bursts += 1
            packets = 1
            largest = max(largest, packets)
            return
        }
        packets += 1
        largest = max(largest, packets)
    }
}
