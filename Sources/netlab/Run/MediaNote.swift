import LinuxKit

/// Where generated media lies, as `netlab-media` said when it made it: it takes 0.05 s of a processor only to load.
///
/// Lines in a file of the cache: the worker that said it, the media's size in bytes, and its path. Another worker makes
/// other media, so it is asked again; and again where the media is not whole.
struct MediaNote {
    let path: String
    /// The program `netlab-media`.
    let worker: String

    /// The media file; nil where the worker has to be asked.
    var file: String? {
        guard let lines = try? File.readText(path).split(separator: "\n").map(String.init), lines.count == 3,
            lines[0] == (try? stamp), let size = try? File.size(lines[2]), lines[1] == "\(size)"
        else { return nil }
        return lines[2]
    }

    /// Where it cannot be written the worker is asked the next time too.
    func write(_ file: String) {
        guard let stamp = try? stamp, let size = try? File.size(file) else { return }
        try? File.write("\(stamp)\n\(size)\n\(file)\n", to: path)
    }

    private var stamp: String {
        get throws { "\(worker) \(try File.size(worker)) \(try File.modified(worker))" }
    }
}
