/// What a viewer would have seen, by the player model.
package struct PlayerReport: Codable, Sendable {
    package var policy: PlayerPolicy
    /// From the stream's start to the first frame shown; absent when none ever was.
    package var startup: TimeSpan?
    /// From the receiver's first packet to the first frame shown, where the receiver is the one that begins: what a viewer
    /// waits who asks for the stream.
    package var startupFromRequest: TimeSpan?
    package var stalls: [Stall]
    /// Video frames: sent, shown, arrived complete but too late, and never complete.
    package var frames: Int64
    package var shown: Int64
    package var late: Int64
    package var dropped: Int64
    /// From being due at the source to being shown, of each shown frame.
    package var liveLatency: Distribution?
    /// Total stall time for other buffers, everything else unchanged.
    package var stallsByBuffer: [BufferPoint]

    package struct Stall: Codable, Hashable, Sendable {
        /// Since the stream's start.
        package var start: TimeSpan
        package var length: TimeSpan

        package init(start: TimeSpan, length: TimeSpan) {
            self.start = start
            self.length = length
        }
    }

    package struct BufferPoint: Codable, Hashable, Sendable {
        package var buffer: TimeSpan
        package var stallTotal: TimeSpan
        package var stallCount: Int
        package var notShown: Int64

        package init(buffer: TimeSpan, stallTotal: TimeSpan, stallCount: Int, notShown: Int64) {
            self.buffer = buffer
            self.stallTotal = stallTotal
            self.stallCount = stallCount
            self.notShown = notShown
        }
    }

    package var stallTotal: TimeSpan { stalls.reduce(.zero) { $0 + $1.length } }

    package var longestStall: TimeSpan { stalls.map(\.length).max() ?? .zero }

    package init(policy: PlayerPolicy) {
        self.policy = policy
        stalls = []
        frames = 0
        shown = 0
        late = 0
        dropped = 0
        stallsByBuffer = []
    }
}
