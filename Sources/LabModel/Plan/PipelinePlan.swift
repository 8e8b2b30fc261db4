/// How media travels and how it is played.
package struct PipelinePlan: Codable, Hashable, Sendable {
    package var `protocol`: StreamProtocol
    package var media: MediaPlan
    package var pacing: Pacing
    package var player: PlayerPolicy

    package init(
        `protocol`: StreamProtocol = .rtp, media: MediaPlan = .generated(video: VideoPlan(), audio: AudioPlan()),
        pacing: Pacing = .burst, player: PlayerPolicy = PlayerPolicy()
    ) {
        self.protocol = `protocol`
        self.media = media
        self.pacing = pacing
        self.player = player
    }
}

/// The streaming protocols that have a pipeline.
package enum StreamProtocol: String, Codable, Sendable, CaseIterable {
    case rtp
}

/// When the packets of one access unit leave.
package enum Pacing: String, Codable, Sendable, CaseIterable {
    /// All at the access unit's time, as `ffmpeg -re` sends them.
    case burst
    /// Evenly over the time to the next access unit of the stream.
    case spread
}

/// The playout buffer that the player model keeps.
package struct PlayerPolicy: Codable, Hashable, Sendable {
    /// What to do when the next frame has not come by its time and nothing after it has either.
    package enum Underrun: String, Codable, Sendable, CaseIterable {
        /// Stop until `buffer` is full again; live latency grows by the stall.
        case wait
        /// Keep the playout clock; frames that come too late are not shown.
        case skip
    }

    /// Media held before playing starts, and again after a stall.
    package var buffer: TimeSpan
    package var underrun: Underrun

    package init(buffer: TimeSpan = .milliseconds(200), underrun: Underrun = .wait) {
        self.buffer = buffer
        self.underrun = underrun
    }
}
