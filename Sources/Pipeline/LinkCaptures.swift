internal import Capture
internal import Lab
internal import LabModel
internal import LinuxKit

/// The captures at both ends of each hop: on the interface on the sender's side, before anything was done to the downlink
/// and behind all that was done to the uplink, and on that on the receiver's.
struct LinkCaptures {
    private let captures: [LiveCapture]

    static func start(_ lab: Lab, folder: String) throws -> LinkCaptures {
        let count = lab.hops.count
        let captures = try lab.hops.enumerated().flatMap { index, hop in
            try [(CaptureFacts.Point.sender, hop.sender), (.receiver, hop.receiver)].map { point, host in
                try LiveCapture.start(
                    on: host.interface, in: host.namespace, point: point, hop: count > 1 ? index + 1 : nil,
                    folder: folder, file: RunFolder.capture(point, ofHop: index, of: count))
            }
        }
        return LinkCaptures(captures: captures)
    }

    /// Ends all and says what they got.
    func stop() -> [CaptureFacts] {
        for capture in captures { capture.requestStop() }
        return captures.map { $0.stop() }
    }

    /// Why a capture is not whole, where one is not.
    var failures: [String] { captures.compactMap(\.failure) }
}
