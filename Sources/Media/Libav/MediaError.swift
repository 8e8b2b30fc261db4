internal import CAV

/// Something that could not be done with media, with what it was about and ffmpeg's reason.
package struct MediaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `read media`, `encode`, ...
    package let operation: String
    /// What it was tried on: a path or the name of a codec.
    package let object: String
    package let reason: String

    package init(_ operation: String, _ object: String, _ reason: String) {
        self.operation = operation
        self.object = object
        self.reason = reason
    }

    /// `cannot read media /x/y.mp4: no such file or directory`.
    package var description: String { "cannot \(operation) \(object): \(reason)" }
}

/// An error number of libav (`AVERROR`), with its text by `av_strerror`.
struct AVFailure: Error, Hashable {
    let code: Int32

    var text: String {
        var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
        av_strerror(code, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    /// Calls into libav; negative results are errors.
    @discardableResult
    static func check(_ result: Int32) throws(AVFailure) -> Int32 {
        if result < 0 { throw AVFailure(code: result) }
        return result
    }

    static let again = AVFailure(code: cav_again)
    static let end = AVFailure(code: cav_end)
    static let outOfMemory = AVFailure(code: cav_out_of_memory)

    /// Runs libav calls and says what they were for where one fails.
    static func naming<R: ~Copyable>(
        _ operation: String, _ object: String, _ body: () throws(AVFailure) -> R
    ) throws(MediaError) -> R {
        do throws(AVFailure) {
            return try body()
        } catch {
            throw MediaError(operation, object, error.text)
        }
    }
}

/// What libav says on standard error.
package enum AVLog {
    /// Nothing by default: what matters comes back as an error, and the rest is not for a user's terminal.
    package static func set(verbose: Bool) {
        av_log_set_level(verbose ? AV_LOG_WARNING : AV_LOG_QUIET)
    }
}
