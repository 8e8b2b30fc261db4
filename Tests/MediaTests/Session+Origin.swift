import LabModel
import LinuxKit
import Origin
import RunStore
import Testing

@testable import Media

extension Session {
    /// Offers the plan's media from an origin; it has begun when this returns.
    func serve() throws -> OriginUnderTest {
        let origin = try Worker { [run, media, port] control in
            try HTTPSender(run: run.path, media: media) { presentation in
                try OriginServer(
                    presentation, on: Session.senderAddress, port: port, log: run.file(RunFolder.originRequests))
            }.send(control)
        }
        guard try origin.next()?.ready == true else { throw origin.problem }
        let start = Clock.monotonic()
        try origin.tell("start \(start)")
        return OriginUnderTest(worker: origin, url: "http://\(Session.senderAddress):\(port)/live/", start: start)
    }
}

/// An origin that was begun.
struct OriginUnderTest {
    let worker: Worker
    let url: String
    /// Monotonic, ns.
    let start: Int64

    /// Since its start, in seconds.
    var now: Double { Double(Clock.monotonic() - start) / 1e9 }

    func sleep(until seconds: Double) { Clock.sleep(untilMonotonic: start + Int64(seconds * 1e9)) }

    /// curl's answer to a GET: the status, the size of headers and body, and how long it took; with what was written of
    /// the body.
    func fetch(_ path: String, options: [String] = []) throws -> (
        status: Int, bytes: Int, body: String, seconds: Double
    ) {
        let before = Clock.monotonic()
        let format = "\n%{http_code} %{size_header} %{size_download}"
        let text = try #require(
            try output(of: "curl", ["-s", "--max-time", "9", "-w", format] + options + [url + path]))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let numbers = (lines.last ?? "").split(separator: " ").compactMap { Int($0) }
        let body = lines.dropLast().joined(separator: "\n")
        return (numbers[0], numbers[1] + numbers[2], body, Double(Clock.monotonic() - before) / 1e9)
    }
}
