import Glibc
import LabModel
import LinuxKit
import SRT

/// Two ends on loopback, at addresses of this test alone.
struct Meeting {
    let here: SRTAddress
    let there: SRTAddress

    init(line: Int = #line) throws {
        let process = getpid()
        let network = "127.\(1 + (process >> 8) % 254).\(process % 254 + 1)"
        here = try SRTAddress("\(network).\(1 + line % 120)", port: 9000)
        there = try SRTAddress("\(network).\(130 + line % 120)", port: 9000)
    }

    /// The error of a caller whose listener has other options; nil where it is let in.
    func refusal(_ caller: SRTOptions, by listening: SRTOptions) throws -> SRTError? {
        let listener = try SRTListener(at: there, listening)
        let waiting = try Thread.run(named: "listener") { _ = try? listener.accept() }
        defer { waiting.join() }
        do {
            try SRTSocket.caller(at: here, caller).connect(to: there)
            return nil
        } catch {
            return error
        }
    }

    /// Both ends of a connection.
    func connect(_ options: SRTOptions) throws -> (caller: SRTSocket, listener: SRTSocket) {
        let listener = try SRTListener(at: there, options)
        let accepted = Condition<SRTSocket?>(nil)
        let waiting = try Thread.run(named: "listener") {
            let socket = try? listener.accept()
            accepted.change { $0 = socket }
        }
        let caller = try SRTSocket.caller(at: here, options)
        try caller.connect(to: there)
        waiting.join()
        guard let socket = accepted.look({ $0 }) else { throw SRTError("accept a caller on", "\(there)", "none came") }
        return (caller, socket)
    }
}

extension SRTSocket {
    /// Up to `count` messages, as far as each comes within two seconds.
    func messages(_ count: Int) throws -> [[UInt8]] {
        var messages: [[UInt8]] = []
        while messages.count < count, case .message(let bytes) = try receive(patience: .seconds(2)) {
            messages.append(bytes)
        }
        return messages
    }
}
