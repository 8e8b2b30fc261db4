internal import LabModel

/// Two captures as one, in the order of time.
struct CaptureMerge {
    private let sender: (any FrameSource)?
    private let receiver: (any FrameSource)?
    private var fromSender: CapturedFrame?
    private var fromReceiver: CapturedFrame?

    init(sender: (any FrameSource)?, receiver: (any FrameSource)?) {
        self.sender = sender
        self.receiver = receiver
        fromSender = sender?.next()
        fromReceiver = receiver?.next()
    }

    /// The time of the frame that comes next.
    var time: Timestamp? {
        [fromSender?.time, fromReceiver?.time].compactMap(\.self).min()
    }

    /// Hands every frame to `body`; the time of the last.
    mutating func forEach(
        _ ends: LinkEnds, _ body: (CapturedFrame, CaptureFacts.Point) -> Void
    ) -> Timestamp? {
        var last: Timestamp?
        let senderFirst = { (frame: CapturedFrame) in
            NetworkPacket(frame).map { ends.direction(from: $0.source, to: $0.destination) != .uplink } ?? true
        }
        while next(
            senderFirst: senderFirst,
            { frame, point in
                last = frame.time
                body(frame, point)
            })
        {}
        return last
    }

    /// Hands the next frame to `body`; false at the end of both. In virtual time a packet can arrive at the nanosecond
    /// that it was sent at: `senderFirst` says whether the sender's frame is the one that leaves.
    private mutating func next(
        senderFirst: (CapturedFrame) -> Bool, _ body: (CapturedFrame, CaptureFacts.Point) -> Void
    ) -> Bool {
        guard let left = fromSender else { return take(fromReceiver, .receiver, body) }
        guard let right = fromReceiver else { return take(left, .sender, body) }
        let isSender = left.time < right.time || (left.time == right.time && senderFirst(left))
        return isSender ? take(left, .sender, body) : take(right, .receiver, body)
    }

    private mutating func take(
        _ frame: CapturedFrame?, _ point: CaptureFacts.Point, _ body: (CapturedFrame, CaptureFacts.Point) -> Void
    ) -> Bool {
        guard let frame else { return false }
        body(frame, point)
        if point == .sender { fromSender = sender?.next() } else { fromReceiver = receiver?.next() }
        return true
    }
}
