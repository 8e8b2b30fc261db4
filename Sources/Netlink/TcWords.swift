internal import LabModel

/// The same as a request, in the words of `tc(8)`: what a shell can run.
extension Qdisc {
    /// `tc qdisc add dev eth0 root handle 1: netem ...`; `verb` is `add` or `change`. Rates and times are those that
    /// the kernel gets, so that `tc` makes the same qdisc.
    package func command(_ verb: String) -> String {
        let place = parent == .root ? "root" : "parent \(parent)"
        let device = TcWords.quoted(interface.name)
        if case .htbClass = options {
            return "tc class \(verb) dev \(device) \(place) classid \(handle) \(options.words)"
        }
        return "tc qdisc \(verb) dev \(device) \(place) handle \(handle) \(options.words(isNew: verb != "change"))"
    }
}

extension Qdisc.Options {
    /// The kind and its parameters: `bfifo limit 125000`.
    package var words: String { words(isNew: true) }

    fileprivate func words(isNew: Bool) -> String {
        switch self {
        case .netem(let netem): "netem " + netem.words
        case .tokenBucket(let bucket):
            "tbf rate \(TcWords.rate(bucket.rate)) burst \(bucket.burst.bytes) limit \(bucket.limit)"
        case .htb(let defaultClass): "htb default \(String(defaultClass, radix: 16))"
        case .htbClass(let bucket): bucket.words
        case .prio(let bands): bands.words
        case .fifo(let fifo): "\(fifo.unit.rawValue) limit \(fifo.limit)"
        default: ([kind] + queueWords(isNew: isNew)).compactMap(\.self).joined(separator: " ")
        }
    }
}

extension Bands {
    fileprivate var words: String {
        "prio bands \(count) priomap" + String(repeating: " \(usual)", count: Self.priorities)
    }
}

extension HierarchicalBucket {
    fileprivate var words: String {
        let rate = TcWords.rate(rate)
        return "htb rate \(rate) ceil \(rate) burst \(burst.bytes) cburst \(burst.bytes) quantum \(burst.bytes)"
    }
}

/// Quantities as `tc(8)` reads them, and names as a shell does.
package enum TcWords {
    /// To the byte a second, as the kernel keeps it: `10mbit`.
    static func rate(_ rate: Rate) -> String {
        let bits = KernelUnits.bytesPerSecond(rate) * 8
        return scaled(bits, [("gbit", 1_000_000_000), ("mbit", 1_000_000), ("kbit", 1000)], below: "bit")
    }

    /// `20ms`; below that in microseconds with a fraction, the least unit that `tc` reads.
    static func time(_ span: TimeSpan) -> String {
        let nanoseconds = UInt64(max(0, span.nanoseconds))
        if nanoseconds % 1000 != 0 { return "\(Double(nanoseconds) / 1000)us" }
        return scaled(nanoseconds / 1000, [("s", 1_000_000), ("ms", 1000)], below: "us")
    }

    /// `0.1%`, to the 32 bits of the kernel's share.
    static func share(_ probability: Probability) -> String {
        let percent = (probability.value * 1e10).rounded() / 1e8
        return (percent.rounded() == percent ? "\(Int(percent))" : "\(percent)") + "%"
    }

    /// A name that a shell takes as one word.
    package static func quoted(_ name: String) -> String {
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-@:".contains($0)) }
        if isPlain { return name }
        return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func scaled(_ value: UInt64, _ units: [(name: String, size: UInt64)], below: String) -> String {
        for unit in units where value > 0 && value % unit.size == 0 { return "\(value / unit.size)\(unit.name)" }
        return "\(value)\(below)"
    }
}
