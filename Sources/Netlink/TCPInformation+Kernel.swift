internal import LabModel

extension TCPInformation {
    /// Reads `struct tcp_info` (linux/tcp.h), which older kernels end earlier. The structure itself cannot be imported
    /// beside the C library's shorter one.
    init(kernel bytes: [UInt8]) {
        self.init()
        let layout = KernelLayout(bytes)
        segmentSize = layout.word(16).map(ByteCount.init)
        congestionWindow = layout.word(80)
        // TCP_INFINITE_SSTHRESH
        slowStartThreshold = layout.word(76).flatMap { $0 < 0x7fff_ffff ? $0 : nil }
        // Without a measurement the round trip is 0, and the least of none is the greatest number.
        roundTrip = layout.microseconds(68).flatMap { $0 > .zero ? $0 : nil }
        roundTripVariation = roundTrip == nil ? nil : layout.microseconds(72)
        leastRoundTrip = layout.word(148).flatMap { $0 == UInt32.max ? nil : .microseconds(Double($0)) }
        unacknowledged = layout.word(24)
        lost = layout.word(32)
        retransmissions = layout.word(100)
        retransmitted = layout.long(208).map(ByteCount.init)
        dataSegments = layout.word(156)
        acknowledged = layout.long(120).map(ByteCount.init)
        received = layout.long(128).map(ByteCount.init)
        unsent = layout.word(144).map(ByteCount.init)
        deliveryRate = layout.rate(160).flatMap { $0.bitsPerSecond > 0 ? $0 : nil }
        pacingRate = layout.rate(104)
        busy = layout.microseconds64(168)
        limitedByReceiver = layout.microseconds64(176)
        limitedByBuffer = layout.microseconds64(184)
    }
}

/// Numbers by their byte offset; `nil` behind the end.
private struct KernelLayout {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func word(_ offset: Int) -> Int64? { value(offset, as: UInt32.self).map(Int64.init) }

    func long(_ offset: Int) -> Int64? { value(offset, as: UInt64.self).map { Int64(clamping: $0) } }

    func microseconds(_ offset: Int) -> TimeSpan? { word(offset).map { .microseconds(Double($0)) } }

    func microseconds64(_ offset: Int) -> TimeSpan? { long(offset).map { .microseconds(Double($0)) } }

    /// From bytes a second; the greatest number is no limit.
    func rate(_ offset: Int) -> Rate? {
        guard let bytes = value(offset, as: UInt64.self), bytes < UInt64(Int64.max) / 8 else { return nil }
        return Rate(bitsPerSecond: Int64(bytes) * 8)
    }

    private func value<Value: BitwiseCopyable>(_ offset: Int, as type: Value.Type) -> Value? {
        guard offset + MemoryLayout<Value>.size <= bytes.count else { return nil }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
    }
}
