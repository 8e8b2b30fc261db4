internal import CSRT
internal import LabModel

/// Waits for one caller.
package final class SRTListener: Sendable {
    /// What a caller hears that asks for another stream: `SRT_REJX_NOTFOUND` of srt/access_control.h, HTTP's 404.
    static let unknownStream: Int32 = 1404

    private let socket: SRTSocket
    private let name: String
    private let options: SRTOptions
    /// Lives as long as libsrt may call back.
    private let gate: Gate

    private final class Gate: Sendable {
        let streamID: String?

        init(_ streamID: String?) {
            self.streamID = streamID
        }
    }

    /// Listens from now on. Corresponds to `srt_bind` and `srt_listen`.
    package init(at local: SRTAddress, _ options: SRTOptions) throws(SRTError) {
        name = local.description
        self.options = options
        gate = Gate(options.streamID)
        socket = try SRTSocket.make(options, at: local)
        try socket.bind(local)
        srt_listen_callback(
            socket.handle,
            { gate, caller, _, _, streamID in
                guard let gate, let wanted = Unmanaged<Gate>.fromOpaque(gate).takeUnretainedValue().streamID else {
                    return 0
                }
                if let streamID, String(cString: streamID) == wanted { return 0 }
                srt_setrejectreason(caller, SRTListener.unknownStream)
                return -1
            }, Unmanaged.passUnretained(gate).toOpaque())
        guard srt_listen(socket.handle, 1) != SRT_ERROR else { throw SRTError.last("listen on", name) }
    }

    /// The connection of the first caller that is let in. Corresponds to `srt_accept_bond`, which knows a timeout.
    package func accept() throws(SRTError) -> SRTSocket {
        let listening = [socket.handle]
        let raw = srt_accept_bond(listening, 1, Int64(options.patience.milliseconds))
        guard raw != SRT_INVALID_SOCK else {
            if srt_getlasterror(nil) == SRT_ETIMEOUT.rawValue {
                throw SRTError("accept a caller on", name, "none came in \(options.patience.seconds) s")
            }
            throw SRTError.last("accept a caller on", name)
        }
        return SRTSocket(owning: raw, name: name)
    }
}
