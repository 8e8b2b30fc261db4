internal import CWebSockets
internal import LinuxKit

/// What libwebsockets calls for all that happens, on the thread that serves it.
func hearWebSocket(
    _ connection: OpaquePointer?, _ reason: lws_callback_reasons, _: UnsafeMutableRawPointer?,
    _ bytes: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
    guard let connection, let context = lws_get_context(connection), let owner = lws_context_user(context) else {
        return 0
    }
    let end = Unmanaged<WebSocketEnd>.fromOpaque(owner).takeUnretainedValue()
    return end.hear(connection, reason, UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length))
}

extension WebSocketEnd {
    /// Anything but 0 ends the connection.
    fileprivate func hear(
        _ connection: OpaquePointer, _ reason: lws_callback_reasons, _ bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        switch reason {
        case LWS_CALLBACK_ESTABLISHED, LWS_CALLBACK_CLIENT_ESTABLISHED:
            return open(connection)
        case LWS_CALLBACK_RECEIVE, LWS_CALLBACK_CLIENT_RECEIVE:
            take(bytes, isLast: lws_is_final_fragment(connection) != 0 && lws_remaining_packet_payload(connection) == 0)
        case LWS_CALLBACK_SERVER_WRITEABLE, LWS_CALLBACK_CLIENT_WRITEABLE:
            return write(to: connection)
        case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
            let own = self.connection.withLock { OpaquePointer(bitPattern: $0) }
            if let own { lws_callback_on_writable(own) }
        case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
            fail(bytes.isEmpty ? "it was refused" : String(decoding: bytes, as: UTF8.self))
        case LWS_CALLBACK_CLOSED, LWS_CALLBACK_CLIENT_CLOSED:
            close(connection)
        default: break
        }
        return 0
    }

    /// A second who calls is sent away.
    private func open(_ connection: OpaquePointer) -> Int32 {
        let isFirst = self.connection.withLock { own in
            if own == 0 { own = Int(bitPattern: connection) }
            return own == Int(bitPattern: connection)
        }
        guard isFirst else { return -1 }
        state.change { $0.isOpen = true }
        lws_callback_on_writable(connection)
        return 0
    }

    private func close(_ connection: OpaquePointer) {
        let isOwn = self.connection.withLock { own in
            guard own == Int(bitPattern: connection) else { return false }
            own = 0
            return true
        }
        if isOwn { state.change { $0.isOver = true } }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
        state.change { state in
            state.part += bytes
            guard isLast else { return }
            state.incoming.append((state.part, Clock.realtime()))
            state.part = []
        }
    }

    /// One message at a time; what the socket does not take libwebsockets keeps, and comes back when there is room.
    private func write(to connection: OpaquePointer) -> Int32 {
        let (message, isDone) = state.change { state -> ([UInt8]?, Bool) in
            let first = state.outgoing.isEmpty ? nil : state.outgoing.removeFirst()
            return (first, first == nil && state.isLeaving)
        }
        if isDone {
            lws_close_reason(connection, LWS_CLOSE_STATUS_NORMAL, nil, 0)
            return -1
        }
        guard let message else { return 0 }
        let room = cwebsockets_room()
        var buffer = [UInt8](repeating: 0, count: room) + message
        let written = buffer.withUnsafeMutableBufferPointer { buffer in
            lws_write(connection, buffer.baseAddress.map { $0 + room }, message.count, LWS_WRITE_BINARY)
        }
        guard written >= 0 else { return -1 }
        lws_callback_on_writable(connection)
        return 0
    }
}
