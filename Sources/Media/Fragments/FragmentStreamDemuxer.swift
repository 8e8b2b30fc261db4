internal import LabModel

/// Takes fragmented MP4 apart as it comes: first what comes before the first fragment, then fragment by fragment.
final class FragmentStreamDemuxer: UnitDemuxer {
    private let next: () -> ArrivedDatagram?
    private var initialization: [UInt8] = []
    /// What belongs to no whole fragment yet.
    private var bytes: [UInt8] = []
    private var scanner = FragmentScanner()
    /// The last first.
    private var units: [ArrivedUnit] = []

    /// - Parameter next: the next message with its time; nil at the end.
    init(next: @escaping () -> ArrivedDatagram?) {
        self.next = next
    }

    func read() throws(AVFailure) -> ArrivedUnit? {
        while units.isEmpty, let message = next() { try take(message) }
        return units.popLast()
    }

    private func take(_ message: ArrivedDatagram) throws(AVFailure) {
        bytes += message.bytes
        let fragments = scanner.scan(bytes)
        guard let first = fragments.first, let last = fragments.last else { return }
        if initialization.isEmpty { initialization = Array(bytes[..<first.lowerBound]) }
        for fragment in fragments {
            units += try FragmentDemuxer.units(bytes[fragment], initialization: initialization).map {
                ArrivedUnit(kind: $0.kind, pts: $0.pts, isKey: $0.isKey, bytes: $0.bytes, time: message.time)
            }
        }
        units.reverse()
        bytes.removeFirst(last.upperBound)
        scanner = FragmentScanner()
    }
}
