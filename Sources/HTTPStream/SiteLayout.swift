package import LabModel

/// Where an origin has what; manifests name the same relative to themselves.
package enum SiteLayout {
    /// All that an origin has lies here.
    package static let folder = "/live/"
    package static let multivariantPlaylist = "master.m3u8"
    package static let manifest = "manifest.mpd"
    /// The audio rendition's name.
    package static let audio = "audio"

    /// The name of a rendition of the pictures.
    ///
    /// - Parameter rung: its place in the ladder, from 0.
    package static func video(_ rung: Int) -> String { "v\(rung)" }

    package static func playlist(_ rendition: String) -> String { "\(rendition).m3u8" }

    package static func initialization(_ rendition: String) -> String { "\(rendition)/init.mp4" }

    package static func segment(_ number: Int, of rendition: Rendition) -> String {
        "\(rendition.name)/\(number).\(rendition.initialization == nil ? "ts" : "m4s")"
    }

    package static func part(_ part: Int, ofSegment number: Int, of rendition: Rendition) -> String {
        "\(rendition.name)/\(number).\(part).m4s"
    }

    /// What a client of `protocol` asks for first.
    package static func entry(_ protocol: HTTPProtocol) -> String {
        folder + (`protocol`.isHLS ? multivariantPlaylist : manifest)
    }
}
