internal import CAV

extension AVRational {
    static let nanosecond = AVRational(num: 1, den: 1_000_000_000)
    static let transportStreamClock = AVRational(num: 1, den: 90_000)
}
