internal import LabModel

/// What became of one packet between the two captures.
struct PacketFate {
    var sent: Timestamp
    /// Ethernet header included.
    var size: Int
    /// When it came to the other end; `nil` when it never did.
    var arrival: Timestamp?
    /// It came behind a packet that was sent after it.
    var reordered = false
    /// It left as one that could be marked in place of being lost (RFC 3168).
    var isMarkable = false
    /// It came marked, and had not left so: Congestion Experienced (RFC 3168).
    var marked = false
    /// It came with a single bit turned over.
    var corrupted = false
    /// It had not come when the captures ended, and was sent so late that it may have been under way.
    var mayBeUnderWay = false
    var isFragment = false
    /// How often it came again.
    var duplicates = 0
    var traits = PacketTraits()
    /// Of a packet of the stream.
    var purpose: PacketPurpose?
}

/// Finds each packet of one direction again in the capture of the other end, in one pass over both.
///
/// The lab changes nothing in a packet but its class of service, ECN and time to live, so a hash of its bytes without
/// those names it; of equal packets the first sent is the first that comes, unless packets sent after it came before and
/// all keep their order: then it is lost. A packet that has not come in `patience` is lost, and one that has may come
/// again until `spread` is over.
struct PacketMatcher {
    private struct Waiting {
        var key: UInt64
        var fate: PacketFate
        /// The next packet with the same key.
        var next: Int?
        /// Of the whole frame, where the path corrupts some.
        var check: UInt64?
        var isKnown = false
        var leftMarked = false
    }

    private let patience: TimeSpan
    private let spread: TimeSpan
    private var waiting = RingBuffer<Waiting>()
    private var places: [UInt64: (first: Int, last: Int)] = [:]
    /// Of the frames in `waiting`.
    private var checks: Set<UInt64> = []
    private var settled = 0
    private var highestArrived = -1
    /// By flow, where packets keep their order only within one.
    private var highestOfFlow: [UInt64: Int] = [:]
    let keepsOrder: Bool
    /// Packets that came without having been sent: from before the sender's capture, or corrupted.
    private(set) var strangers: Int64 = 0

    /// - Parameter keepsOrder: packets of different flows keep their order too.
    init(patience: TimeSpan, spread: TimeSpan = .zero, keepsOrder: Bool = true) {
        self.patience = patience
        self.spread = spread
        self.keepsOrder = keepsOrder
    }

    /// - Parameter check: of the whole frame, where the path corrupts some.
    mutating func sent(
        key: UInt64, check: UInt64? = nil, size: Int, at time: Timestamp, ecn: ECN, isFragment: Bool = false,
        traits: PacketTraits = PacketTraits(), purpose: PacketPurpose? = nil
    ) {
        let number = waiting.end
        let fate = PacketFate(
            sent: time, size: size, isMarkable: ecn == .capable, isFragment: isFragment, traits: traits,
            purpose: purpose)
        waiting.append(Waiting(key: key, fate: fate, check: check, leftMarked: ecn == .marked))
        if let check { checks.insert(check) }
        if let place = places[key] {
            waiting[place.last]?.next = number
            // What comes next is this one, where those before it have come.
            let isOpen = waiting[place.first]?.fate.arrival == nil
            places[key] = (isOpen ? place.first : number, number)
        } else {
            places[key] = (number, number)
        }
    }

    /// - Parameter flow: what tells packets that keep their order from others; counts only where not all do, and `nil` is
    ///   a packet of which no order is asked.
    mutating func arrived(key: UInt64, at time: Timestamp, marked: Bool, flow: UInt64?) {
        skipLost(key)
        guard let place = places[key], var packet = waiting[place.first] else {
            strangers += 1
            return
        }
        if packet.fate.arrival == nil, !packet.isKnown {
            packet.fate.arrival = time
            packet.fate.marked = marked && !packet.leftMarked
            packet.fate.reordered = keepsOrder ? overtook(place.first) : overtook(place.first, in: flow)
            if let next = packet.next { places[key] = (next, place.last) }
        } else {
            packet.fate.duplicates += 1
        }
        waiting[place.first] = packet
    }

    /// Leaves out those of equal packets that others overtook, as long as there is one that was sent later.
    private mutating func skipLost(_ key: UInt64) {
        guard keepsOrder, let place = places[key] else { return }
        var first = place.first
        while first < highestArrived, let packet = waiting[first], packet.fate.arrival == nil, let next = packet.next {
            first = next
        }
        places[key] = (first, place.last)
    }

    /// Whether a frame with this check was sent.
    func hasSent(check: UInt64) -> Bool { checks.contains(check) }

    /// Takes a frame in whose place another was sent, one bit of it turned over; false where there is none such.
    ///
    /// - Parameter check: how the frame's check differs from one that was sent says whether it is this one.
    mutating func arrivedCorrupted(size: Int, at time: Timestamp, check differs: (UInt64) -> Bool) -> Bool {
        for number in waiting.first..<waiting.end {
            guard var packet = waiting[number], packet.fate.size == size, let sent = packet.check, differs(sent) else {
                continue
            }
            if packet.fate.arrival == nil, !packet.isKnown {
                packet.fate.arrival = time
                packet.fate.corrupted = true
                packet.fate.reordered = number < highestArrived
                highestArrived = max(highestArrived, number)
            } else {
                packet.fate.duplicates += 1
            }
            waiting[number] = packet
            return true
        }
        return false
    }

    private mutating func overtook(_ number: Int) -> Bool {
        defer { highestArrived = max(highestArrived, number) }
        return number < highestArrived
    }

    private mutating func overtook(_ number: Int, in flow: UInt64?) -> Bool {
        guard let flow else { return false }
        let highest = highestOfFlow[flow] ?? -1
        highestOfFlow[flow] = max(highest, number)
        return number < highest
    }

    /// Hands over, in the order of sending, the packets whose fate is known at `time`.
    mutating func settle(at time: Timestamp, into fates: inout [PacketFate]) {
        let limit = time - patience
        while let packet = waiting[settled],
            packet.fate.arrival.map({ $0 + spread <= time }) ?? (packet.fate.sent < limit)
        {
            waiting[settled]?.isKnown = true
            settled += 1
            fates.append(packet.fate)
        }
        while waiting.first < settled, let packet = waiting[waiting.first], packet.fate.sent < limit {
            forget(packet)
        }
    }

    /// Hands over the rest: what has not come never will, but for what was sent after `limit` and may be under way.
    mutating func finish(underWaySince limit: Timestamp?, into fates: inout [PacketFate]) {
        while let packet = waiting[settled] {
            settled += 1
            fates.append(packet.fate)
            if packet.fate.arrival == nil, let limit, packet.fate.sent > limit {
                fates[fates.count - 1].mayBeUnderWay = true
            }
        }
    }

    private mutating func forget(_ packet: Waiting) {
        if let check = packet.check { checks.remove(check) }
        if let place = places[packet.key], place.first == waiting.first {
            places[packet.key] = packet.next.map { ($0, place.last) }
        }
        waiting.removeFirst()
    }
}
