internal import LabModel
internal import LinuxKit
internal import SRT

/// One end of a plan's SRT connection, with its statistics while it stands.
final class SRTEnd {
    private enum Approach {
        case call(SRTSocket)
        case wait(SRTListener)
    }

    private let approach: Approach
    private let peer: SRTAddress
    private let log: String
    private var statistics: StatisticsLog<SRTSample>?
    /// Nil before the connection stands.
    private(set) var socket: SRTSocket?

    /// Opens its socket, and listens where that is its part: whoever calls may do so from now on.
    ///
    /// - Parameter log: the file that its statistics go to.
    init(_ plan: SRTPlan, isSender: Bool, at local: SRTAddress, to peer: SRTAddress, log: String) throws {
        let options = SRTOptions(latency: plan.latency, passphrase: plan.passphrase, streamID: plan.streamID)
        approach =
            switch (plan.mode, isSender) {
            case (.rendezvous, _): .call(try .rendezvous(at: local, options))
            case (.caller, true), (.listener, false): .call(try .caller(at: local, options))
            case (.caller, false), (.listener, true): .wait(try SRTListener(at: local, options))
            }
        self.peer = peer
        self.log = log
    }

    func connect() throws {
        let connected: SRTSocket
        switch approach {
        case .call(let socket):
            try socket.connect(to: peer)
            connected = socket
        case .wait(let listener): connected = try listener.accept()
        }
        let statistics = try StatisticsLog(log) { connected.statistics(at: $0) }
        try statistics.start()
        self.statistics = statistics
        socket = connected
    }

    func close() {
        statistics?.finish()
        socket?.close()
    }
}
