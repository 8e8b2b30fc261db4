import LinuxKit

/// TCP's payload in a capture, as tshark sees it.
enum CapturedPayload {
    /// What came of TCP's payload from a port, each byte once, as tshark sees it.
    static func bytes(from port: Int, in capture: String) throws -> Int64 {
        let lines = try Shell.run(
            "tshark -r \(capture) -Y 'tcp.srcport == \(port) && tcp.len > 0' -T fields -e tcp.stream -e tcp.seq -e tcp.len"
        ).outputText.split(separator: "\n")
        var streams: [Int64: [(start: Int64, length: Int64)]] = [:]
        for line in lines {
            let fields = line.split(separator: "\t").compactMap { Int64($0) }
            if fields.count == 3 { streams[fields[0], default: []].append((fields[1], fields[2])) }
        }
        return streams.values.reduce(0) { sum, segments in
            var (end, bytes) = (Int64(0), Int64(0))
            for segment in segments.sorted(by: { $0.start < $1.start }) {
                bytes += max(0, segment.start + segment.length - max(segment.start, end))
                end = max(end, segment.start + segment.length)
            }
            return sum + bytes
        }
    }
}
