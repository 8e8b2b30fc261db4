internal import CAV
internal import LinuxKit

/// What ends libav's waits on a network, which end by themselves only when the other side does something.
final class Interruption {
    let isDue: () -> Bool

    /// - Parameter isDue: asked several times a second while a call waits.
    init(when isDue: @escaping () -> Bool) {
        self.isDue = isDue
    }

    /// For libav; this object must outlive its use.
    var callback: AVIOInterruptCB {
        AVIOInterruptCB(
            callback: { owner in
                guard let owner else { return 0 }
                return Unmanaged<Interruption>.fromOpaque(owner).takeUnretainedValue().isDue() ? 1 : 0
            }, opaque: Unmanaged.passUnretained(self).toOpaque())
    }
}
