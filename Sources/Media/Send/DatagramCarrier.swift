internal import LinuxKit

/// How the datagrams of a transport stream get to the other side.
package protocol DatagramCarrier: AnyObject {
    /// Sends datagrams in order; returns how many were taken, and throws where the first was refused.
    func send(_ datagrams: [[UInt8]]) throws -> Int

    /// Makes the connection, where there is one to make.
    func connect() throws

    /// Returns when nothing can reach the other side any more that has not, and ends the connection.
    func finish()
}

extension DatagramCarrier {
    package func connect() {}
    package func finish() {}

    /// Sends them one after another, as `send` of a library that takes them singly.
    package func sendEach<Failure: Error>(
        _ datagrams: [[UInt8]], _ send: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        for (sent, datagram) in datagrams.enumerated() {
            do throws(Failure) {
                try send(datagram)
            } catch {
                if sent == 0 { throw error }
                return sent
            }
        }
        return datagrams.count
    }
}

/// Datagrams that came, with their times.
package protocol DatagramSource: AnyObject {
    /// What has come by now, or comes until `deadline` (monotonic, ns); empty where nothing does.
    func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)]

    /// Datagrams that this host dropped for lack of room.
    var drops: Int64 { get }

    /// Makes the connection, where there is one to make.
    func connect() throws

    /// The other side has ended the connection.
    var hasEnded: Bool { get }

    /// Ends the connection.
    func finish()
}

extension DatagramSource {
    package var hasEnded: Bool { false }
    package func connect() {}
    package func finish() {}
}
