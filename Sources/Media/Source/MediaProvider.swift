internal import FoundationEssentials
internal import LabModel
internal import LinuxKit

/// The media file of a plan.
package enum MediaProvider {
    /// Generates it into the cache `folder`, or checks the user's file; returns its path.
    ///
    /// - Parameter progress: is told the share that has been generated.
    package static func file(
        planAt path: String, cache folder: String, progress: (Double) -> Void
    ) throws -> String {
        let plan = try JSONDecoder().decode(Plan.self, from: Data(File.read(path)))
        return try file(of: plan, cache: folder, progress: progress)
    }

    static func file(of plan: Plan, cache folder: String, progress: (Double) -> Void) throws -> String {
        switch plan.pipeline.media {
        case .file(let path):
            // Reading all of it finds what is broken before a lab is built for it.
            _ = try MediaSource.load(path, upTo: plan.duration).checkedForRTP()
            return path
        case .generated(_, let audio):
            let renditions = plan.renditions
            let files = try renditions.enumerated().map { rung, video in
                // The sound is made once, with the first rendition.
                try MediaCache(folder: folder).file(
                    video: video, audio: rung == 0 ? audio : nil, duration: plan.duration
                ) { progress((Double(rung) + $0) / Double(renditions.count)) }
            }
            return files[0]
        }
    }

    /// The files of all renditions, which `file` made beside the first.
    static func renditions(of plan: Plan, first: String) -> [String] {
        [first]
            + plan.renditions.dropFirst().map {
                "\(Directory.parent(of: first))/\(MediaCache.name(video: $0, audio: nil, duration: plan.duration))"
            }
    }
}

extension MediaSource {
    /// Refuses what the RTP muxer cannot take.
    fileprivate func checkedForRTP() throws(MediaError) -> MediaSource {
        for stream in streams {
            do throws(AVFailure) {
                _ = try Packetizer(stream.parameters, payloadType: 96, ssrc: 1, largest: PipelinePlan().packet)
            } catch {
                let codec = stream.parameters.codec
                throw MediaError("send media", path, "its \(stream.kind) is \(codec), which RTP cannot carry here")
            }
        }
        return self
    }
}
