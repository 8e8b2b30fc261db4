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

    /// What came of a call at both ends.
    struct Outcome: Error, CustomStringConvertible {
        let caller: Result<SRTSocket, SRTError>
        let listener: Result<SRTSocket, SRTError>

        var description: String { "the caller: \(Self.words(caller)); the listener: \(Self.words(listener))" }

        private static func words(_ end: Result<SRTSocket, SRTError>) -> String {
            switch end {
            case .success: "connected"
            case .failure(let error): "\(error)"
            }
        }
    }

    /// Has one call the other.
    func call(_ options: SRTOptions, to listening: SRTOptions) throws -> Outcome {
        let listener = try SRTListener(at: there, listening)
        let accepted = Condition<Result<SRTSocket, SRTError>?>(nil)
        let waiting = try Thread.run(named: "listener") {
            let outcome = Result { () throws(SRTError) in try listener.accept() }
            accepted.change { $0 = outcome }
        }
        let caller = Result { () throws(SRTError) in
            let caller = try SRTSocket.caller(at: here, options)
            try caller.connect(to: there)
            return caller
        }
        waiting.join()
        let nothing = SRTError("accept a caller on", "\(there)", "its thread said nothing")
        return Outcome(caller: caller, listener: accepted.look { $0 } ?? .failure(nothing))
    }

    /// Both ends of a connection.
    func connect(_ options: SRTOptions) throws -> (caller: SRTSocket, listener: SRTSocket) {
        let outcome = try call(options, to: options)
        guard case (.success(let caller), .success(let listener)) = (outcome.caller, outcome.listener) else {
            throw outcome
        }
        return (caller, listener)
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
