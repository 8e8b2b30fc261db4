internal import CSRT
internal import LinuxKit

/// What libsrt could not do, with whom, and why.
package struct SRTError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `connect to`, `listen on`, ...
    package let operation: String
    /// Address and port, most often.
    package let object: String
    package let reason: String

    package init(_ operation: String, _ object: String, _ reason: String) {
        self.operation = operation
        self.object = object
        self.reason = reason
    }

    /// `cannot connect to 10.77.0.2 port 9000: wrong passphrase`.
    package var description: String { "cannot \(operation) \(object): \(reason)" }

    /// This thread's last error.
    ///
    /// - Parameter socket: one that was to be connected: why the other side refused says more.
    static func last(_ operation: String, _ object: String, socket: SRTSOCKET? = nil) -> SRTError {
        var system: Int32 = 0
        let isSystem = srt_getlasterror(&system) == SRT_ESOCKFAIL.rawValue && system != 0
        let said = isSystem ? "\(Errno(system))" : String(cString: srt_getlasterror_str())
        srt_clearlasterror()
        let refusal = socket.flatMap { Self.words(forRefusal: srt_getrejectreason($0)) }
        return SRTError(operation, object, refusal ?? plain(said))
    }

    /// `Connection setup failure: connection timed out` as netlab writes reasons.
    private static func plain(_ said: String) -> String {
        var text = said[...]
        while text.last == "." || text.last == " " { text.removeLast() }
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    /// Source: srt/docs/API/rejection-codes.md; nil where nobody refused.
    static func words(forRefusal code: Int32) -> String? {
        switch UInt32(bitPattern: code) {
        case SRT_REJ_UNKNOWN.rawValue: nil
        case SRT_REJ_BADSECRET.rawValue: "wrong passphrase, both ends need the same"
        case SRT_REJ_UNSECURE.rawValue: "only one side has a passphrase, both ends need the same"
        case SRT_REJ_TIMEOUT.rawValue: "nobody answered"
        case UInt32(SRTListener.unknownStream): "the other side does not know this stream ID, both ends need the same"
        case 1000...: "the other side refused with code \(code)"
        default: String(cString: srt_rejectreason_str(code)).lowercased()
        }
    }
}
