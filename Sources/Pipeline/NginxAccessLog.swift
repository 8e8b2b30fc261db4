internal import LabModel
internal import LinuxKit
internal import RunStore

/// What nginx wrote down of each HTTP request, as netlab's own origin writes it: a part of the stream that has only an end.
final class NginxAccessLog: StreamPart {
    /// nginx's words for a line of its log: when the answer was over and how long it took (both to the millisecond),
    /// status, bytes of all and of the body, of the request, the client's port, the request, and `OK` for one that was
    /// answered to the end.
    static let format =
        "$msec $request_time $status $bytes_sent $body_bytes_sent $request_length $remote_port"
        + " \"$request\" $request_completion"

    let role = StreamRole(kind: .server, name: "requests")
    private let log: String
    private let target: String

    /// - Parameters:
    ///   - path: of nginx's log.
    ///   - target: gets an `OriginRequest` for each line.
    init(_ path: String, to target: String) {
        log = path
        self.target = target
    }

    func begin(_ clock: StreamClock) {}

    func askToEnd() {}

    /// Parts are stopped in the reverse order of their start: the server has ended where it was started later.
    func stop(grace: TimeSpan) {
        guard let text = try? File.readText(log), let lines = try? LineWriter<OriginRequest>(target) else { return }
        try? lines.append(text.split(separator: "\n").compactMap(Self.request))
    }

    /// No process.
    var exit: WorkerExit? { nil }

    /// Nil for a line that is not of `format`.
    static func request(_ line: Substring) -> OriginRequest? {
        // "GET /hls/netlab.m3u8 HTTP/1.1" has spaces and quotes around it.
        let halves = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard halves.count == 3 else { return nil }
        let fields = halves[0].split(separator: " ")
        let words = halves[1].split(separator: " ")
        guard fields.count == 7, words.count == 3, let end = Double(fields[0]), let took = Double(fields[1]),
            let status = Int(fields[2]), let bytes = Int64(fields[3]), let body = Int64(fields[4]),
            let request = Int64(fields[5]), let port = UInt16(fields[6])
        else { return nil }
        let over = Timestamp(nanoseconds: Int64((end * 1000).rounded()) * 1_000_000)
        let target = String(words[1])
        return OriginRequest(
            time: over - .seconds(took), target: target, status: status, segment: segment(in: target), end: over,
            body: ByteCount(body), bytes: ByteCount(bytes), request: ByteCount(request), port: port,
            whole: halves[2].contains("OK"))
    }

    /// 7 of `/hls/netlab-7.ts`.
    private static func segment(in target: String) -> Int? {
        guard target.hasSuffix(".ts"), let dash = target.lastIndex(of: "-") else { return nil }
        return Int(target[target.index(after: dash)...].dropLast(3))
    }
}
