internal import CNetlink
internal import LabModel

/// The units in which the kernel's traffic control counts.
enum KernelUnits {
    /// Traffic control's own unit of time: 64 ns since Linux 2.6.31 (`PSCHED_SHIFT` in include/net/pkt_sched.h).
    static let nanosecondsPerTick: Int64 = 64

    /// In ticks, rounded up to one, as far as 32 bits reach.
    static func ticks(_ span: TimeSpan) -> UInt32 {
        UInt32(clamping: (span.nanoseconds + nanosecondsPerTick - 1) / nanosecondsPerTick)
    }

    static func span(ticks: UInt32) -> TimeSpan {
        TimeSpan(nanoseconds: Int64(ticks) * nanosecondsPerTick)
    }

    /// Rounded up, so that nothing that is asked for becomes zero.
    static func microseconds(_ span: TimeSpan) -> UInt32 {
        UInt32(clamping: (span.nanoseconds + 999) / 1000)
    }

    /// The kernel keeps whole bytes per second; zero would be no rate at all.
    static func bytesPerSecond(_ rate: Rate) -> UInt64 {
        UInt64(max(1, (rate.bitsPerSecond + 4) / 8))
    }

    static func rate(bytesPerSecond: UInt64) -> Rate {
        Rate(bitsPerSecond: Int64(clamping: bytesPerSecond.multipliedReportingOverflow(by: 8).partialValue))
    }

    /// What passes at `rate` in `ticks`, to the nearest byte: a burst, which the kernel keeps as time.
    static func bytes(at rate: Rate, ticks: UInt32) -> ByteCount {
        ByteCount(Int64((Double(rate.bitsPerSecond) / 8 * span(ticks: ticks).seconds).rounded()))
    }

    /// A probability is the share of 2^32 - 1.
    static func share(_ probability: Probability) -> UInt32 {
        probability.share
    }

    static func probability(share: UInt32) -> Probability {
        Probability(clamping: Double(share) / Double(UInt32.max))
    }

    /// `tc_ratespec` of a link without cells. Naming the link layer tells the kernel that no rate table follows
    /// (`TC_LINKLAYER_UNAWARE` asks for one: sch_tbf.c and sch_htb.c, 3.8 and later). Rates that 32 bits do not hold
    /// stand in a 64-bit attribute and count there.
    static func specification(_ rate: Rate) -> tc_ratespec {
        var specification = tc_ratespec()
        specification.linklayer = UInt8(TC_LINKLAYER_ETHERNET.rawValue)
        specification.rate = UInt32(clamping: bytesPerSecond(rate))
        return specification
    }
}
