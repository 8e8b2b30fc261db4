internal import CLinux
internal import Glibc

/// Waiting for several descriptors at once.
package enum Poll {
    /// Waits until one of `descriptors` can be read (or its other end is closed) or the monotonic clock shows
    /// `deadline` (ns); no deadline waits for ever. Returns which can be read. Corresponds to `ppoll`.
    package static func readable(_ descriptors: [Int32], untilMonotonic deadline: Int64?) throws(Errno) -> [Bool] {
        var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        try retryingInterrupts { linux_poll_until(&requests, UInt32(requests.count), deadline ?? -1) }
        return requests.map { $0.revents != 0 }
    }
}
