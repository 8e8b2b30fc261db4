/// One decoded picture and the frame number read from its marks: a line of `media/frame-marks.jsonl`.
package struct FrameMark: Codable, Hashable, Sendable {
    /// Of the access unit it was decoded from, on its stream's clock.
    package var timestamp: UInt32
    /// The number in the top strip, and in the bottom strip, when its checksum held.
    package var top: UInt32?
    package var bottom: UInt32?
    /// The decoder concealed damage in this picture.
    package var damaged: Bool

    package init(timestamp: UInt32, top: UInt32?, bottom: UInt32?, damaged: Bool) {
        self.timestamp = timestamp
        self.top = top
        self.bottom = bottom
        self.damaged = damaged
    }
}

/// One sound mark found in the decoded audio: a line of `media/sound-marks.jsonl`.
package struct SoundMark: Codable, Hashable, Sendable {
    /// Which mark it is: mark `slot` was put at `slot` times 200 ms plus 100 ms of the media.
    package var slot: Int
    /// Where it was found, in the audio stream's own presentation time since the media's start.
    package var found: TimeSpan
    /// Normalised correlation, 0 to 1.
    package var quality: Double

    package init(slot: Int, found: TimeSpan, quality: Double) {
        self.slot = slot
        self.found = found
        self.quality = quality
    }
}
