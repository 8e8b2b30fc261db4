internal import LabModel

/// Puts the packets of one stream into frames, in the order of their sequence numbers: which came whole, which in part,
/// and how many did not come at all. Constant memory: a packet has `window` numbers to come late.
struct FrameAssembler {
    private struct Slot {
        /// Its extended sequence number; -1 is none.
        var number: Int64 = -1
        var timestamp: UInt32 = 0
        var marker = false
        var marks = PayloadMarks()
    }

    private struct Frame {
        var timestamp: UInt32
        var isKey: Bool
        var slices: Int
        /// A packet of it is missing.
        var isBroken: Bool
        /// Its last packet came.
        var hasEnded: Bool
    }

    private(set) var frames = PayloadReport.Frames()
    private(set) var mostSlices = 0
    private let isSound: Bool
    private var slots: [Slot] = Array(repeating: Slot(), count: Int(Self.window))
    /// The lowest number that is not settled.
    private var next: Int64?
    private var highest: Int64 = 0
    private var frame: Frame?
    /// Numbers missing since the last packet.
    private var gap: Int64 = 0
    private var packets: Int64 = 0
    private var lost: Int64 = 0
    private var steps = Steps()

    private static let window: Int64 = 256

    /// - Parameter isSound: each packet has whole access units, but for fragments.
    init(isSound: Bool) {
        self.isSound = isSound
        if !isSound { (frames.completeKeys, frames.damagedKeys) = (0, 0) }
    }

    /// Adds a packet that came for the first time.
    mutating func add(_ number: Int64, timestamp: UInt32, marker: Bool, _ marks: PayloadMarks) {
        guard let lowest = next else {
            (next, highest) = (number, number)
            place(number, timestamp, marker, marks)
            return
        }
        // Later than the window, or before the first.
        guard number >= lowest else { return }
        if number - lowest >= Self.window { settle(below: number - Self.window + 1) }
        highest = max(highest, number)
        place(number, timestamp, marker, marks)
    }

    /// Settles what is left; afterwards numbers may begin anew.
    mutating func finish() {
        guard next != nil else { return }
        settle(below: highest + 1)
        if let frame { close(frame, isFollowed: false) }
        (frame, next, gap) = (nil, nil, 0)
        frames.missing =
            isSound && packets > 0
            ? lost * frames.complete / packets : min(steps.missing, lost)
    }

    private mutating func place(_ number: Int64, _ timestamp: UInt32, _ marker: Bool, _ marks: PayloadMarks) {
        slots[Int(number & (Self.window - 1))] = Slot(
            number: number, timestamp: timestamp, marker: marker, marks: marks)
    }

    private mutating func settle(below end: Int64) {
        guard var number = next else { return }
        // Behind the highest number nothing came.
        let known = min(end, highest + 1)
        while number < known {
            let slot = slots[Int(number & (Self.window - 1))]
            if slot.number == number { take(slot) } else { gap += 1 }
            number += 1
        }
        gap += end - known
        next = end
    }

    private mutating func take(_ slot: Slot) {
        packets += 1
        lost += gap
        defer { gap = 0 }
        if isSound { return takeSound(slot) }
        if var open = frame, open.timestamp == slot.timestamp {
            open.isBroken = open.isBroken || gap > 0
            open.isKey = open.isKey || slot.marks.isKey
            open.slices += Int(slot.marks.slices)
            open.hasEnded = slot.marker
            frame = open
            return
        }
        if let frame {
            close(frame, isFollowed: gap == 0)
            steps.add(slot.timestamp &- frame.timestamp, overGap: gap > 0)
        }
        frame = Frame(
            timestamp: slot.timestamp, isKey: slot.marks.isKey, slices: Int(slot.marks.slices),
            isBroken: gap > 0 && !slot.marks.begins, hasEnded: slot.marker)
    }

    private mutating func close(_ frame: Frame, isFollowed: Bool) {
        mostSlices = max(mostSlices, frame.slices)
        if !frame.isBroken, frame.hasEnded || isFollowed {
            frames.complete += 1
            if frame.isKey { frames.completeKeys? += 1 }
        } else {
            frames.damaged += 1
            if frame.isKey { frames.damagedKeys? += 1 }
        }
    }

    /// Of fragments the marked one ends an access unit, which is whole where nothing was missing since it began.
    private mutating func takeSound(_ slot: Slot) {
        guard slot.marks.units == 0 else {
            frames.complete += Int64(slot.marks.units)
            return
        }
        if frame == nil || frame?.timestamp != slot.timestamp {
            frame = Frame(timestamp: slot.timestamp, isKey: true, slices: 0, isBroken: gap > 0, hasEnded: false)
        } else if gap > 0 {
            frame?.isBroken = true
        }
        guard slot.marker, let whole = frame else { return }
        if whole.isBroken { frames.damaged += 1 } else { frames.complete += 1 }
        frame = nil
    }

    /// How far the timestamp goes on from frame to frame, and how much further where packets are missing.
    private struct Steps {
        private var plain: (count: Int64, sum: Int64) = (0, 0)
        private var wide: (count: Int64, sum: Int64) = (0, 0)

        mutating func add(_ step: UInt32, overGap: Bool) {
            let ticks = Int64(Int32(bitPattern: step))
            if overGap {
                wide = (wide.count + 1, wide.sum + ticks)
            } else {
                plain = (plain.count + 1, plain.sum + ticks)
            }
        }

        /// Frames of which nothing came.
        var missing: Int64 {
            guard plain.count > 0, plain.sum > 0 else { return 0 }
            let mean = Double(plain.sum) / Double(plain.count)
            return max(0, Int64((Double(wide.sum) / mean).rounded()) - wide.count)
        }
    }
}
