internal import AdaptiveStreaming
internal import CCurl
internal import LabModel
internal import LinuxKit

/// One transfer: an easy handle of libcurl and what it has told so far.
final class Transfer {
    let id: Int
    let handle: UnsafeMutableRawPointer
    private let tell: (TransferEvent) -> Void
    private var body: Int64 = 0
    private var received: Int64 = 0
    private var sent: Int64 = 0

    init(
        _ id: Int, url: String, range: String?, limits: TransferPool.Limits, tell: @escaping (TransferEvent) -> Void
    ) throws(TransferFailure) {
        guard let handle = curl_easy_init() else { throw TransferFailure(reason: "no memory for libcurl") }
        self.id = id
        self.handle = handle
        self.tell = tell
        let texts: [(CURLoption, String?)] = [
            (CURLOPT_URL, url), (CURLOPT_RANGE, range), (CURLOPT_USERAGENT, "netlab"), (CURLOPT_PROTOCOLS_STR, "http"),
            // A proxy in the environment is not in the lab.
            (CURLOPT_PROXY, ""),
        ]
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)), (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 1),
            (CURLOPT_MAXREDIRS, 3), (CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connecting.milliseconds)),
            (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, Int(limits.silence.seconds)),
            (CURLOPT_MAXFILESIZE, Int(clamping: limits.largest.bytes)), (CURLOPT_BUFFERSIZE, 1 << 16),
            // For `note`, which counts what goes over the connection.
            (CURLOPT_VERBOSE, 1),
        ]
        for (option, value) in texts where value != nil { try check(ccurl_set_text(handle, option, value)) }
        for (option, value) in numbers { try check(ccurl_set_long(handle, option, value)) }
        try check(
            ccurl_set_owner(
                handle,
                { bytes, size, count, owner in Transfer.of(owner)?.take(bytes, size * count) ?? 0 },
                { _, kind, _, count, owner in
                    Transfer.of(owner)?.note(kind, count)
                    return 0
                }, Unmanaged.passUnretained(self).toOpaque()))
    }

    deinit { curl_easy_cleanup(handle) }

    static func of(_ owner: UnsafeMutableRawPointer?) -> Transfer? {
        owner.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func check(_ code: CURLcode) throws(TransferFailure) {
        guard code != CURLE_OK else { return }
        throw TransferFailure(reason: String(cString: curl_easy_strerror(code)))
    }

    private var status: Int? {
        let status = ccurl_number(handle, CURLINFO_RESPONSE_CODE)
        return status == 0 ? nil : status
    }

    private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        body += Int64(count)
        if let status, (200..<300).contains(status) {
            let copy = Array(UnsafeRawBufferPointer(start: bytes, count: count))
            tell(.data(id, copy, Timestamp(nanoseconds: Clock.realtime())))
        }
        return count
    }

    /// Chunked bodies are counted here before they are decoded.
    private func note(_ kind: curl_infotype, _ count: Int) {
        switch kind {
        case CURLINFO_HEADER_IN, CURLINFO_DATA_IN: received += Int64(count)
        case CURLINFO_HEADER_OUT, CURLINFO_DATA_OUT: sent += Int64(count)
        default: break
        }
    }

    func outcome(_ result: CURLcode) -> TransferOutcome {
        let span = { (info: CURLINFO) in
            TimeSpan(nanoseconds: Int64(ccurl_microseconds(self.handle, info)) * 1000)
        }
        let connected = span(CURLINFO_CONNECT_TIME_T)
        let firstByte = span(CURLINFO_STARTTRANSFER_TIME_T)
        return TransferOutcome(
            status: status,
            failure: result == CURLE_OK ? nil : String(cString: curl_easy_strerror(result)).lowercased(),
            connected: ccurl_number(handle, CURLINFO_NUM_CONNECTS) > 0 && connected > .zero ? connected : nil,
            firstByte: firstByte > .zero ? firstByte : nil, total: span(CURLINFO_TOTAL_TIME_T), body: ByteCount(body),
            received: ByteCount(received), sent: ByteCount(sent))
    }
}
