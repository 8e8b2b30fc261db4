package import AdaptiveStreaming
internal import CCurl
package import LabModel
internal import LinuxKit

/// HTTP/1.1 transfers side by side on one thread, by libcurl: connections are kept, and each piece of a body comes out
/// as it arrives.
///
/// Only `wake` may be called on another thread.
package final class TransferPool: TransferSource {
    // Used by one thread, but for `curl_multi_wakeup`, which any thread may call.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer
    private nonisolated(unsafe) var transfers: [Int: Transfer] = [:]
    private nonisolated(unsafe) var events: [TransferEvent] = []

    /// What ends a transfer that gets nowhere.
    package struct Limits: Hashable, Sendable {
        package var connecting = TimeSpan.seconds(5)
        /// Without a byte.
        package var silence = TimeSpan.seconds(10)
        package var largest = ByteCount(1 << 28)

        package init() {}
    }

    private let limits: Limits

    package init(limits: Limits = Limits()) throws(TransferFailure) {
        guard let multi = curl_multi_init() else { throw TransferFailure(reason: "no memory for libcurl") }
        self.multi = multi
        self.limits = limits
    }

    deinit {
        for transfer in transfers.values { curl_multi_remove_handle(multi, transfer.handle) }
        transfers = [:]
        curl_multi_cleanup(multi)
    }

    package func start(_ id: Int, url: String, range: ByteRange?) throws(TransferFailure) {
        let range = range.map { "\($0.offset)-\($0.offset + max($0.length, 1) - 1)" }
        let transfer = try Transfer(id, url: url, range: range, limits: limits) { [unowned self] in events.append($0) }
        try check(curl_multi_add_handle(multi, transfer.handle))
        transfers[id] = transfer
    }

    package func wait(untilMonotonic deadline: Int64) throws(TransferFailure) -> [TransferEvent] {
        try advance()
        if events.isEmpty {
            let rest = max(0, deadline - Clock.monotonic())
            try check(curl_multi_poll(multi, nil, 0, Int32(clamping: (rest + 999_999) / 1_000_000), nil))
            try advance()
        }
        defer { events = [] }
        return events
    }

    /// Corresponds to `curl_multi_wakeup`.
    package func wake() { curl_multi_wakeup(multi) }

    private func advance() throws(TransferFailure) {
        var running: Int32 = 0
        try check(curl_multi_perform(multi, &running))
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = Transfer.of(ccurl_owner(handle))
            else { continue }
            let result = ccurl_result(message)
            curl_multi_remove_handle(multi, handle)
            transfers[transfer.id] = nil
            events.append(.ended(transfer.id, transfer.outcome(result)))
        }
    }

    private func check(_ code: CURLMcode) throws(TransferFailure) {
        guard code != CURLM_OK else { return }
        throw TransferFailure(reason: String(cString: curl_multi_strerror(code)))
    }
}
