internal import CSRT
internal import LabModel
internal import LinuxKit

/// Waits for one caller.
package final class SRTListener: Sendable {
    /// What a caller hears that asks for another stream: `SRT_REJX_NOTFOUND` of srt/access_control.h, HTTP's 404.
    static let unknownStream: Int32 = 1404

    private let socket: SRTSocket
    private let name: String
    private let options: SRTOptions
    private let callers: SRTEvents
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
        callers = try SRTEvents()
        socket = try SRTSocket.make(options, at: local)
        try socket.bind(local)
        try socket.waitToReceive(false)
        // Before it listens: of a caller who comes before it is watched libsrt never tells.
        try callers.watch(socket)
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

    /// The connection of the first caller that is let in, one who is there already included. Corresponds to `srt_accept`,
    /// which knows no timeout.
    package func accept() throws(SRTError) -> SRTSocket {
        let deadline = Clock.monotonic() + options.patience.nanoseconds
        while true {
            let raw = srt_accept(socket.handle, nil, nil)
            if raw != SRT_INVALID_SOCK {
                let caller = SRTSocket(owning: raw, name: name)
                try caller.waitToReceive(true)
                return caller
            }
            guard srt_getlasterror(nil) == SRT_EASYNCRCV.rawValue else {
                throw SRTError.last("accept a caller on", name)
            }
            guard callers.wait(untilMonotonic: deadline) else {
                throw SRTError("accept a caller on", name, "none came in \(options.patience.seconds) s")
            }
        }
    }
}
