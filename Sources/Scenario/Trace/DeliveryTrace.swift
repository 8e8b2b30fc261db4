import LabModel
import YAML

/// Mahimahi's traces: each line is a moment, in ms, at which one packet of 1500 bytes can pass; the last line's is also
/// the trace's length (mm-link(1)).
///
/// What passes in a window becomes the window's rate. A packet is the lab's largest frame, whose Ethernet header Mahimahi
/// does not count. A window without an opportunity is joined to the next that has one, since no qdisc holds a rate of 0.
struct DeliveryTrace {
    private static let window: Int64 = 10

    let file: TraceFile

    func trace(of lines: [TraceFile.Field]) -> LinkTrace? {
        guard let moments = moments(in: lines) else { return nil }
        guard let length = moments.last, length > 0 else {
            file.reading.error(
                "the trace ends at 0 ms", at: lines[lines.count - 1].mark, hint: "its last line is how long it is")
            return nil
        }
        let steps = steps(moments, length: length)
        if let busiest = steps.max(by: { $0.rate < $1.rate }), busiest.rate > TraceTable.rates.upperBound {
            file.reading.error(
                "more packets pass in \(Self.window) ms than any rate up to \(UnitText.rate(TraceTable.rates.upperBound)) holds",
                at: lines[0].mark)
            return nil
        }
        return LinkTrace(name: file.name, steps: steps, length: .milliseconds(Double(length)))
    }

    private func moments(in lines: [TraceFile.Field]) -> [Int64]? {
        var moments: [Int64] = []
        for line in lines {
            guard let moment = Int64(line.text), (0...86_400_000).contains(moment) else {
                file.reading.error(
                    "'\(line.text.prefix(40))' is no whole number of milliseconds up to a day", at: line.mark,
                    hint: "a line is the moment at which a packet can pass; CSV begins with time,rate")
                return nil
            }
            if let last = moments.last, moment < last {
                file.reading.error("\(moment) ms comes before the line above, \(last) ms", at: line.mark)
                return nil
            }
            moments.append(moment)
        }
        return moments
    }

    private func steps(_ moments: [Int64], length: Int64) -> [LinkTrace.Step] {
        var steps: [LinkTrace.Step] = []
        var (start, packets) = (Int64(0), Int64(0))
        var next = moments[...]
        var end = Int64(0)
        while end < length {
            end = min(end + Self.window, length)
            // At the end of the trace its last moment is in, else the window's end begins the next.
            while let moment = next.first, moment < end || end == length {
                packets += 1
                next.removeFirst()
            }
            guard packets > 0 else { continue }
            let bits = Double(packets * ByteCount.largestFrame.bytes * 8)
            let rate = Rate(bitsPerSecond: Int64((bits / Double(end - start) * 1000).rounded()))
            steps.append(LinkTrace.Step(at: .milliseconds(Double(start)), rate: rate))
            (start, packets) = (end, 0)
        }
        return steps
    }
}
