internal import CRIST
package import LabModel
internal import LinuxKit

/// One end of a RIST session (VSF TR-06-1 and TR-06-2), by librist: a sender, or a receiver of one flow.
package final class RISTSession: Sendable {
    // librist locks its contexts itself.
    private nonisolated(unsafe) let context: OpaquePointer
    private nonisolated(unsafe) var logging: UnsafeMutablePointer<rist_logging_settings>?
    private let ears: RISTEars
    private let point: RISTPoint

    /// A sender to `point`.
    ///
    /// - Parameters:
    ///   - flow: names the stream; the lowest bit is RIST's own.
    ///   - statistics: gets a line of JSON each 200 ms and for each peer.
    package static func sender(
        to point: RISTPoint, flow: UInt32, statistics: @escaping @Sendable (String) -> Void
    ) throws(RISTError) -> RISTSession {
        try RISTSession(point, "send to", statistics) { context, logging in
            rist_sender_create(&context, point.profile.raw, flow & ~1, logging)
        }
    }

    /// A receiver at `point`.
    package static func receiver(
        at point: RISTPoint, statistics: @escaping @Sendable (String) -> Void
    ) throws(RISTError) -> RISTSession {
        try RISTSession(point, "listen on", statistics) { context, logging in
            rist_receiver_create(&context, point.profile.raw, logging)
        }
    }

    private init(
        _ point: RISTPoint, _ operation: String, _ statistics: @escaping @Sendable (String) -> Void,
        _ create: (inout OpaquePointer?, UnsafeMutablePointer<rist_logging_settings>?) -> Int32
    ) throws(RISTError) {
        let ears = RISTEars(statistics)
        var logging: UnsafeMutablePointer<rist_logging_settings>?
        rist_logging_set(
            &logging, RIST_LOG_ERROR,
            { ears, _, text in
                if let text { RISTEars.at(ears)?.hear(complaint: String(cString: text)) }
                return 0
            }, ears.pointer, nil, nil)
        // librist takes the first session's for what belongs to none, and would call them when that is gone.
        rist_logging_unset_global()
        var made: OpaquePointer?
        guard create(&made, logging) == 0, let made else {
            rist_logging_settings_free2(&logging)
            throw Self.failure(operation, point, ears)
        }
        context = made
        self.logging = logging
        self.ears = ears
        self.point = point
        guard start(listening: operation == "listen on") else { throw Self.failure(operation, point, ears) }
    }

    deinit {
        rist_destroy(context)
        rist_logging_settings_free2(&logging)
    }

    private func start(listening: Bool) -> Bool {
        rist_connection_status_callback_set(
            context, { ears, _, status in RISTEars.at(ears)?.hear(status) }, ears.pointer)
        rist_stats_callback_set(
            context, Self.interval,
            { ears, statistics in
                if let text = statistics?.pointee.stats_json {
                    RISTEars.at(ears)?.hear(statistics: String(cString: text))
                }
                rist_stats_free(statistics)
                return 0
            }, ears.pointer)
        var configuration: UnsafeMutablePointer<rist_peer_config>?
        guard rist_parse_address2(point.url(listening: listening), &configuration) == 0 else { return false }
        defer { rist_peer_config_free2(&configuration) }
        var peer: OpaquePointer?
        return rist_peer_create(context, &peer, configuration) == 0 && rist_start(context) == 0
    }

    /// Waits until the other end answers.
    package func awaitPeer(_ patience: TimeSpan = .seconds(10)) throws(RISTError) {
        guard ears.awaitPeer(patience) else {
            throw RISTError("meet the other end at", point.description, "nobody answered in \(patience.seconds) s")
        }
    }

    /// Hands over a datagram, which leaves within some milliseconds. Corresponds to `rist_sender_data_write`.
    package func send(_ bytes: [UInt8]) throws(RISTError) {
        let status = bytes.withUnsafeBytes { bytes in
            var block = rist_data_block()
            block.payload = bytes.baseAddress
            block.payload_len = bytes.count
            return rist_sender_data_write(context, &block)
        }
        guard status >= 0 else { throw Self.failure("send to", point, ears) }
    }

    /// The next datagram, each when it was held back long enough; nil where none comes in `patience`. Corresponds to
    /// `rist_receiver_data_read2`.
    package func receive(patience: TimeSpan) throws(RISTError) -> [UInt8]? {
        var block: UnsafeMutablePointer<rist_data_block>?
        let milliseconds = max(Int32(clamping: Int(patience.milliseconds.rounded(.up))), 0)
        let count = rist_receiver_data_read2(context, &block, milliseconds)
        guard count >= 0 else { throw Self.failure("receive at", point, ears) }
        guard let found = block else { return nil }
        defer { rist_receiver_data_block_free2(&block) }
        return Array(UnsafeRawBufferPointer(start: found.pointee.payload, count: found.pointee.payload_len))
    }

    /// Of the statistics, in ms.
    private static let interval: Int32 = 200

    private static func failure(_ operation: String, _ point: RISTPoint, _ ears: RISTEars) -> RISTError {
        RISTError(operation, point.description, ears.lastComplaint ?? "librist does not say why")
    }
}

extension RISTPlan.Profile {
    fileprivate var raw: rist_profile {
        switch self {
        case .simple: RIST_PROFILE_SIMPLE
        case .main: RIST_PROFILE_MAIN
        }
    }
}
