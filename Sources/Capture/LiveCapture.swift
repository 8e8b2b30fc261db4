internal import CPcap
package import LabModel
package import LinuxKit
internal import Synchronization

/// Every frame of one interface, both ways, into a capture file with the kernel's times in nanoseconds.
package final class LiveCapture: Sendable {
    private let point: CaptureFacts.Point
    private let hop: Int?
    private let name: String
    private let tap: Tap
    /// Written to when the capture is to end, so that its thread need not look again and again.
    private let stopping: FileDescriptor.Pair
    private let thread = Mutex<Thread?>(nil)
    private let failed = Mutex<String?>(nil)

    /// Opens the interface in `namespace` and begins. The capture's socket stays there, wherever it is read.
    ///
    /// - Parameters:
    ///   - hop: of a link of several, from 1.
    ///   - folder: the run directory.
    ///   - file: the capture file, relative to it.
    package static func start(
        on interface: String, in namespace: NetworkNamespace, point: CaptureFacts.Point, hop: Int? = nil,
        folder: String, file: String
    ) throws -> LiveCapture {
        let tap = try namespace.inside { try Tap(interface: interface, file: "\(folder)/\(file)") }
        let capture = LiveCapture(point: point, hop: hop, name: file, tap: tap, stopping: try FileDescriptor.pipe())
        let thread = try Thread.run(named: "capture") { capture.record() }
        capture.thread.withLock { $0 = thread }
        return capture
    }

    /// Asks for the end without waiting for it.
    package func requestStop() {
        // A thread that has ended already for want of disk hears nothing.
        try? stopping.second.writeAll([0])
    }

    /// Takes what is still in the kernel's buffer, closes the file and counts.
    package func stop() -> CaptureFacts {
        requestStop()
        thread.withLock { $0?.join() }
        let drops = tap.drops()
        return CaptureFacts(
            point: point, hop: hop, file: name, packets: tap.packets, droppedByKernel: drops.kernel,
            droppedByInterface: drops.interface)
    }

    /// Why the file could not be written, where it could not.
    package var failure: String? { failed.withLock { $0 } }

    private init(
        point: CaptureFacts.Point, hop: Int?, name: String, tap: Tap, stopping: consuming FileDescriptor.Pair
    ) {
        self.point = point
        self.hop = hop
        self.name = name
        self.tap = tap
        self.stopping = stopping
    }

    private func record() {
        do {
            var blocks = 0
            while try !tap.awaitFrames(or: stopping.first.raw) {
                try tap.drain()
                blocks += 1
                if blocks.isMultiple(of: Tap.flushEvery) { try tap.flush() }
            }
            // The kernel hands a block over when it is full or its time is up.
            Clock.sleep(for: 2 * Tap.blockTime.nanoseconds)
            try tap.drain()
            try tap.flush()
        } catch {
            failed.withLock { $0 = "\(error)" }
        }
    }
}
