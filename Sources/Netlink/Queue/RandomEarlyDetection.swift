internal import CNetlink
internal import Glibc
package import LabModel

/// `red` as the kernel knows it (`tc_red_qopt`): it is told logarithms and tables where people name packets and rates.
package struct RandomEarlyDetection: Hashable, Sendable {
    package var limit: UInt32
    package var min: UInt32
    package var max: UInt32
    /// Each packet moves the average by 2 to the power of minus this (tc's `ewma`).
    package var weightLog: UInt8
    /// The probability at `max`, divided by `max - min`, is about 2 to the power of minus this.
    package var probabilityLog: UInt8
    /// The width of a cell of the table of how the average sinks: 2 to the power of this, in microseconds.
    package var cellLog: UInt8
    /// What it was made from; `nil` for one that the kernel reports.
    package var told: RED?
    package var probability: Probability
    package var ecn: Bool
    package var hardDrop: Bool
    package var adaptive: Bool

    package init(_ red: RED) {
        limit = UInt32(clamping: red.limit.bytes)
        min = UInt32(clamping: red.min.bytes)
        max = UInt32(clamping: red.max.bytes)
        weightLog = UInt8(red.weightLog ?? 1)
        probabilityLog = Self.probabilityLog(red)
        cellLog = Self.decay(of: red).cellLog
        told = red
        probability = red.probability
        ecn = red.ecn
        hardDrop = red.hardDrop
        adaptive = red.adaptive
    }

    init(_ attributes: Attributes) {
        let options = attributes.value(TCA_RED_PARMS, as: tc_red_qopt.self) ?? tc_red_qopt()
        limit = options.limit
        min = options.qth_min
        max = options.qth_max
        weightLog = options.Wlog
        probabilityLog = options.Plog
        cellLog = options.Scell_log
        let share: UInt32 = attributes.value(TCA_RED_MAX_P) ?? 0
        probability = Probability(clamping: Double(share) / 0x1p32)
        ecn = Int32(options.flags) & TC_RED_ECN != 0
        hardDrop = Int32(options.flags) & TC_RED_HARDDROP != 0
        adaptive = Int32(options.flags) & TC_RED_ADAPTATIVE != 0
    }

    func put(into message: borrowing Message) {
        var options = tc_red_qopt()
        (options.limit, options.qth_min, options.qth_max) = (limit, min, max)
        (options.Wlog, options.Plog, options.Scell_log) = (weightLog, probabilityLog, cellLog)
        let flags = (ecn ? TC_RED_ECN : 0) | (hardDrop ? TC_RED_HARDDROP : 0) | (adaptive ? TC_RED_ADAPTATIVE : 0)
        options.flags = UInt8(flags)
        message.put(TCA_RED_PARMS, options)
        message.put(TCA_RED_STAB, bytes: told.map { Self.decay(of: $0).shifts } ?? [UInt8](repeating: 0, count: 256))
        message.put(TCA_RED_MAX_P, UInt32(clamping: Int64((probability.value * 0x1p32).rounded())))
    }

    private static func probabilityLog(_ red: RED) -> UInt8 {
        let width = Double(Swift.max(1, red.max.bytes - red.min.bytes))
        guard red.probability > .zero else { return 31 }
        return UInt8(Swift.min(31, Swift.max(0, -log2(red.probability.value / width).rounded(.down))))
    }

    /// By how many bits the average sinks after so many cells without a packet: as if packets of the usual size had passed
    /// an empty queue, each taking 2^-weight off it. In microseconds, which is what the kernel counts in.
    private static func decay(of red: RED) -> (cellLog: UInt8, shifts: [UInt8]) {
        let packet = Double(red.averagePacket.bytes) * 8e6 / Double(Swift.max(1, red.bandwidth.bitsPerSecond))
        let bitsPerMicrosecond = -log2(1 - 1 / Double(1 << (red.weightLog ?? 1))) / packet
        let longest = 31 / bitsPerMicrosecond
        let cellLog = (0..<31).first { longest / Double(1 << $0) < 256 } ?? 31
        let shifts = (0..<256).map { cell in
            UInt8(Swift.min(31, Double(cell) * Double(1 << cellLog) * bitsPerMicrosecond))
        }
        return (UInt8(cellLog), shifts)
    }
}
