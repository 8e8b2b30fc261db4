internal import CRIST
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// What librist calls back, on threads of its own.
final class RISTEars: Sendable {
    private let hasPeer = Condition(false)
    private let complaint = Mutex<String?>(nil)
    private let note: @Sendable (String) -> Void

    /// - Parameter note: gets the statistics as JSON.
    init(_ note: @escaping @Sendable (String) -> Void) {
        self.note = note
    }

    /// The last error that librist wrote to its log.
    var lastComplaint: String? { complaint.withLock { $0 } }

    /// Waits until the other end was heard of; false where it is not in `patience`.
    func awaitPeer(_ patience: TimeSpan) -> Bool {
        hasPeer.wait(untilMonotonic: Clock.monotonic() + patience.nanoseconds) { $0 ? true : nil } ?? false
    }

    func hear(_ status: rist_connection_status) {
        if status == RIST_CONNECTION_ESTABLISHED || status == RIST_CLIENT_CONNECTED {
            hasPeer.change { $0 = true }
        }
    }

    func hear(statistics: String) { note(statistics) }

    func hear(complaint text: String) {
        var text = text[...]
        while text.last == "\n" || text.last == "." { text.removeLast() }
        complaint.withLock { $0 = String(text) }
    }

    /// For C; this object must live as long as librist may call.
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> RISTEars? {
        pointer.map { Unmanaged<RISTEars>.fromOpaque($0).takeUnretainedValue() }
    }
}
