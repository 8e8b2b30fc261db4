internal import LinuxKit

/// A line on standard error, which the one who started the worker keeps.
package enum Warning {
    package static func write(_ text: String) {
        guard let errors = try? FileDescriptor.duplicate(2) else { return }
        try? errors.writeAll("netlab-media: \(text)\n")
    }
}
