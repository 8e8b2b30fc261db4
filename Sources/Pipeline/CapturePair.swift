internal import Capture
internal import Lab
internal import LabModel
internal import LinuxKit

/// The captures at both ends of the impaired link: on the sender's interface, before anything was done to the downlink
/// and behind all that was done to the uplink, and on the receiver's.
struct CapturePair {
    private let captures: [LiveCapture]

    static func start(_ lab: Lab, folder: String) throws -> CapturePair {
        CapturePair(captures: [
            try start(on: lab.sender, point: .sender, folder, RunFolder.senderCapture),
            try start(on: lab.receiver, point: .receiver, folder, RunFolder.receiverCapture),
        ])
    }

    private static func start(
        on host: LabHost, point: CaptureFacts.Point, _ folder: String, _ file: String
    ) throws -> LiveCapture {
        try .start(on: host.interface, in: host.namespace, point: point, folder: folder, file: file)
    }

    /// Ends both and says what they got.
    func stop() -> [CaptureFacts] {
        for capture in captures { capture.requestStop() }
        return captures.map { $0.stop() }
    }

    /// Why a capture is not whole, where one is not.
    var failures: [String] { captures.compactMap(\.failure) }
}
