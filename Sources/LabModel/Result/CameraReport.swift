/// What became of one camera's stream.
package struct CameraReport: Codable, Sendable {
    /// From 1.
    package var camera: Int
    package var media: [MediaReport]
    package var player: PlayerReport?
    package var sync: [SyncReport]

    package init(camera: Int, media: [MediaReport], player: PlayerReport?, sync: [SyncReport]) {
        self.camera = camera
        self.media = media
        self.player = player
        self.sync = sync
    }

    /// Frames shown of frames sent.
    package var shown: Double? {
        player.flatMap { $0.frames > 0 ? Double($0.shown) / Double($0.frames) : nil }
    }
}

extension [CameraReport] {
    /// The camera whose viewer saw least of its frames; of equals the one that stood still longest.
    package var worst: CameraReport? {
        self.min { ($0.shown ?? 0, -$0.stallTotal, $0.camera) < ($1.shown ?? 0, -$1.stallTotal, $1.camera) }
    }
}

extension CameraReport {
    fileprivate var stallTotal: Double { player?.stallTotal.seconds ?? 0 }
}
