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
        case .generated(let video, let audio):
            return try MediaCache(folder: folder).file(
                video: video, audio: audio, duration: plan.duration, progress: progress)
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
