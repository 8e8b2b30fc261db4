internal import CSRT
internal import LabModel
internal import LinuxKit

/// Waits for what happens to a socket.
final class SRTEvents: Sendable {
    private let handle: Int32

    /// Corresponds to `srt_epoll_create`.
    init() throws(SRTError) {
        handle = srt_epoll_create()
        guard handle != SRT_ERROR else { throw SRTError.last("wait for", "SRT sockets") }
    }

    deinit { srt_epoll_release(handle) }

    /// From now on it is something that happens when a caller or a message comes, a connection stands, or fails.
    /// Corresponds to `srt_epoll_add_usock`.
    func watch(_ socket: SRTSocket, for happening: SRT_EPOLL_OPT = SRT_EPOLL_IN) throws(SRTError) {
        var events = Int32(happening.rawValue | SRT_EPOLL_ERR.rawValue)
        guard srt_epoll_add_usock(handle, socket.handle, &events) != SRT_ERROR else {
            throw SRTError.last("wait for", "an SRT socket")
        }
    }

    /// False where nothing has happened by `deadline` (monotonic, ns). Corresponds to `srt_epoll_uwait`.
    func wait(untilMonotonic deadline: Int64) -> Bool {
        let left = TimeSpan(nanoseconds: max(0, deadline - Clock.monotonic()))
        var event = SRT_EPOLL_EVENT()
        return srt_epoll_uwait(handle, &event, 1, Int64(left.milliseconds.rounded(.up))) > 0
    }
}
