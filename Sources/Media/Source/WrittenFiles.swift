internal import LabModel
internal import LinuxKit
internal import RunStore

/// What the user's own programs wrote in a run, and what is in it.
package enum WrittenFiles {
    /// Writes `media/files.json`.
    package static func look(run path: String) throws {
        let run = try RunDirectory(existing: path)
        let names = try Directory.list(run.file(RunFolder.files)).sorted()
        let files = names.filter { File.kind(run.file("\(RunFolder.files)/\($0)")) == .regular }.map { name in
            let place = "\(RunFolder.files)/\(name)"
            var file = WrittenFile(name: place, size: ByteCount((try? File.size(run.file(place))) ?? 0))
            // What is no media is a file all the same.
            if let facts = try? MediaFacts(of: run.file(place)), facts.video != nil || facts.audio != nil {
                file.duration = facts.duration.map { TimeSpan(seconds: $0) }
                file.media = facts.words
            }
            return file
        }
        try run.write(files, to: RunFolder.fileFacts)
    }
}

extension MediaFacts {
    /// Such as `h264 1280x720, aac 48000 Hz`.
    fileprivate var words: String {
        let parts = [
            video.map { "\($0.codec) \($0.width)x\($0.height)" }, audio.map { "\($0.codec) \($0.sampleRate) Hz" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
