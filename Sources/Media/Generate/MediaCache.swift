internal import CAV
internal import Glibc
package import LabModel
internal import LinuxKit

/// Generated media, made once and kept under a name that says all that determines it.
package struct MediaCache {
    private let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// The file of this media, with its readings beside it: as found, or made now. Two that ask at once make it once.
    package func file(
        video: VideoPlan, audio: AudioPlan?, duration: TimeSpan, progress: (Double) -> Void
    ) throws -> String {
        try Directory.make(folder)
        let path = "\(folder)/\(Self.name(video: video, audio: audio, duration: duration))"
        if isWhole(path), areRead(path) { return path }
        let lock = try FileDescriptor.open("\(path).lock", O_RDWR | O_CREAT)
        try SystemCallError.naming("lock", "\(path).lock") { () throws(Errno) in
            let raw = lock.raw
            try retryingInterrupts { flock(raw, LOCK_EX) }
        }
        if !isWhole(path) { try make(path, video, audio, duration, progress) }
        if !areRead(path) { try MediaReadings(of: MediaSource.load(path)).keep(beside: path) }
        return path
    }

    private func make(
        _ path: String, _ video: VideoPlan, _ audio: AudioPlan?, _ duration: TimeSpan, _ progress: (Double) -> Void
    ) throws {
        let temporary = "\(path).part-\(Host.processID)"
        defer { unlink(temporary) }
        try MediaGenerator.write(temporary, video: video, audio: audio, duration: duration, progress: progress)
        try File.rename(temporary, to: path)
    }

    private func areRead(_ path: String) -> Bool { File.exists(MediaReadings.path(beside: path)) }

    /// A file cut short lacks its index, which MP4 has at the end.
    private func isWhole(_ path: String) -> Bool {
        guard File.exists(path) else { return false }
        return (try? InputFile.open(path)) != nil
    }

    /// Everything that the bytes depend on: the plan, this program and the library that encodes.
    static func name(video: VideoPlan, audio: AudioPlan?, duration: TimeSpan) -> String {
        let version = avcodec_version()
        let library = "\(version >> 16).\(version >> 8 & 0xFF).\(version & 0xFF)"
        return video.mediaName(with: audio, lasting: duration) + "-v\(MediaGenerator.version)-lavc\(library).mp4"
    }
}
