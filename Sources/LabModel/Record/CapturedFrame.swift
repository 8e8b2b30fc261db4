/// What a captured frame begins with (a link type of pcap-linktype(7)).
package enum LinkLayer: Hashable, Sendable {
    case ethernet
    /// Linux cooked capture, versions 1 and 2.
    case cooked
    case cooked2
    /// The frame begins with its IP header.
    case rawIP
    /// Four bytes of address family, in either byte order.
    case loopback
    /// A link type (DLT) that nothing here can read.
    case other(Int32)
}

/// One captured frame, lent for as long as its source has not been asked for the next.
package struct CapturedFrame {
    package var time: Timestamp
    /// Bytes that the frame had on the wire; `bytes` may be fewer.
    package var length: Int
    package var link: LinkLayer
    package var bytes: UnsafeRawBufferPointer

    package init(time: Timestamp, length: Int, link: LinkLayer, bytes: UnsafeRawBufferPointer) {
        self.time = time
        self.length = length
        self.link = link
        self.bytes = bytes
    }
}

/// Frames in the order of their capture: a file, or a test's own.
package protocol FrameSource: AnyObject {
    /// The next frame, valid until the next call; `nil` at the end or where the capture breaks off.
    func next() -> CapturedFrame?
    /// Hands every frame that is left to `body`, which may keep none; faster than `next` where nothing comes between.
    func forEach(_ body: (CapturedFrame) -> Void)
    /// Why the capture broke off before its end, and where; to be asked after the last frame.
    var damage: String? { get }
}

extension FrameSource {
    package func forEach(_ body: (CapturedFrame) -> Void) {
        while let frame = next() { body(frame) }
    }
}
