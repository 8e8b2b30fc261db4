import LabModel

/// Thirty seconds of believable series, from 5.6 s before the stream on.
enum SampleSeries {
    static let all: [Series] = link + player + rtp + tcp + repair + http

    private static let bins = stride(from: -5.6, to: 30, by: 0.2).map { ($0 * 10).rounded() / 10 }
    private static let streamBins = bins.filter { $0 >= 0 }

    /// A repeatable wobble from -1 to 1.
    private static func wobble(_ time: Double, _ salt: Double) -> Double {
        let mixed = (time * 37.7 + salt) * 12.9898
        let folded = mixed - (mixed / 6.283185).rounded() * 6.283185
        return folded / 3.1416
    }

    private static func narrow(_ time: Double) -> Bool { time >= 10 && time < 20 }

    private static func series(
        _ name: String, _ quantity: Quantity, _ times: [Double], _ value: (Double) -> Double?
    ) -> Series {
        Series(name: name, quantity: quantity, times: times, values: times.map(value))
    }

    private static func queueing(_ time: Double) -> Double {
        switch time {
        case ..<(-5.4): 0
        case ..<(-0.6): 0.07 + 0.025 * wobble(time, 1)
        case 10..<10.8: (time - 10) / 0.8 * 0.098
        case 10.8..<20: 0.096 + 0.003 * wobble(time, 2)
        default: 0.0012 + 0.0008 * wobble(time, 3)
        }
    }

    private static var link: [Series] {
        [
            series(Series.Name.rateAsked(.downlink), .rate, bins) { narrow($0) ? 2e6 : 1e7 },
            series(Series.Name.rate(.downlink), .rate, bins) { time in
                if time < -0.6 { return 9.97e6 + 6e4 * wobble(time, 4) }
                if time < 0 { return nil }
                return narrow(time) ? 1.998e6 + 2e3 * wobble(time, 5) : 2.66e6 + 3.4e5 * wobble(time, 6)
            },
            series(Series.Name.delayAsked(.downlink), .time, bins) { _ in 0.02 },
            series(Series.Name.delay(.downlink), .time, bins) { $0 < 0 && $0 >= -0.6 ? nil : 0.0201 + queueing($0) },
            series(Series.Name.delayLow(.downlink), .time, bins) {
                $0 < 0 && $0 >= -0.6 ? nil : 0.0192 + queueing($0) * 0.9
            },
            series(Series.Name.delayHigh(.downlink), .time, bins) {
                $0 < 0 && $0 >= -0.6 ? nil : 0.0225 + queueing($0) * 1.05
            },
            series(Series.Name.loss(.downlink), .ratio, streamBins) { time in
                if narrow(time), time > 10.8 { return max(0, 0.22 + 0.09 * wobble(time, 7)) }
                return wobble(time, 8) > 0.93 ? 0.016 : 0
            },
            series(Series.Name.backlog(.downlink), .size, bins) {
                (queueing($0) * (narrow($0) ? 2e6 : 1e7) / 8).rounded()
            },
            series(Series.Name.rateAsked(.uplink), .rate, bins) { _ in 1e6 },
            series(Series.Name.rate(.uplink), .rate, streamBins) { 4000 + 2500 * wobble($0, 20) },
            series(Series.Name.delay(.uplink), .time, streamBins) { 0.0202 + 0.0002 * wobble($0, 21) },
        ]
    }

    private static var player: [Series] {
        let stalls = SampleResult.player.stalls.map { ($0.start.seconds, ($0.start + $0.length).seconds) }
        let frames = stride(from: 0.25, to: 30, by: 1.0 / 30).map { $0 }
        return [
            series(Series.Name.buffer, .time, frames) { time in
                if let stall = stalls.first(where: { time >= $0.0 && time < $0.1 }) {
                    return (time - stall.0) / (stall.1 - stall.0) * 0.2
                }
                guard narrow(time), time > 10.5 else { return 0.21 + 0.02 * wobble(time, 9) }
                let last = stalls.last { $0.1 <= time }?.1 ?? 10.5
                return max(0, 0.2 - (time - last) * 0.07 + 0.01 * wobble(time, 10))
            },
            series(Series.Name.latency, .time, frames) { time in
                if stalls.contains(where: { time >= $0.0 && time < $0.1 }) { return nil }
                return 0.255 + stalls.filter { $0.1 <= time }.reduce(0) { $0 + $1.1 - $1.0 }
            },
        ]
    }

    private static var http: [Series] {
        [
            series(Series.Name.rendition, .rate, streamBins) { (10..<14).contains($0) ? 8e5 : 2.5e6 },
            series(Series.Name.estimate, .rate, streamBins) { (10..<13).contains($0) ? 1.9e6 : 8.8e6 },
            series(Series.Name.clientBuffer, .time, streamBins) { 3 + queueing($0) },
        ]
    }

    private static var tcp: [Series] {
        [
            series(Series.Name.tcpWindow(1), .size, streamBins) {
                narrow($0) ? 24_000 + 8000 * wobble($0, 19) : 80_000
            },
            series(Series.Name.tcpRoundTrip(1), .time, streamBins) { 0.0402 + queueing($0) },
            series(Series.Name.tcpRetransmissions(1), .count, streamBins) {
                narrow($0) && wobble($0, 22) > 0.7 ? 3 : 0
            },
        ]
    }

    private static var repair: [Series] {
        [
            series(Series.Name.repairRoundTrip, .time, streamBins) { 0.041 + queueing($0) },
            series(Series.Name.repairReceiverBuffer, .time, streamBins) { 0.12 - queueing($0) / 2 },
            series(Series.Name.repairSenderBuffer, .time, streamBins) { 0.042 + queueing($0) },
            series(Series.Name.repairRate, .rate, streamBins) { 3.1e6 + 2e5 * wobble($0, 30) },
            series(Series.Name.repairRetransmittedRate, .rate, streamBins) { narrow($0) ? 3e5 : 0 },
        ]
    }

    private static var rtp: [Series] {
        let marks = stride(from: 0.3, to: 30, by: 0.2).map { $0 }
        return [
            series(Series.Name.jitter(.video), .time, streamBins) {
                0.003 + 0.0012 * wobble($0, 11) + (narrow($0) ? 0.005 : 0)
            },
            series(Series.Name.jitter(.audio), .time, streamBins) {
                0.0015 + 0.0004 * wobble($0, 12) + (narrow($0) ? 0.003 : 0)
            },
            series(Series.Name.rtpRate(.video), .rate, streamBins) {
                narrow($0) ? 1.82e6 + 4e4 * wobble($0, 13) : 2.5e6 + 3e5 * wobble($0, 14)
            },
            series(Series.Name.rtpRate(.audio), .rate, streamBins) { 131_000 + 3000 * wobble($0, 15) },
            series(Series.Name.syncTransport, .time, marks) { 0.002 + 0.004 * wobble($0, 16) },
            series(Series.Name.syncContent, .time, marks) {
                narrow($0) && wobble($0, 18) > 0.4 ? nil : -0.019 + (narrow($0) ? 0.02 : 0.006) * wobble($0, 17)
            },
        ]
    }
}
