import Engine
import LabModel
import LinuxKit

/// How many runs go on side by side.
struct JobLimit: Hashable {
    /// What `--jobs` asks for.
    enum Request: Hashable {
        case exactly(Int)
        /// As many as the machine bears.
        case automatic
    }

    /// What a machine has for runs; nil where that is not known.
    struct Machine: Hashable {
        /// Those that this process may use, and their worth of time that a control group allows.
        var processors: Int
        var allowance: Double?
        var memory: ByteCount?
        /// Free where embedded kernels keep their memory.
        var kernelRoom: ByteCount?
    }

    /// What one run takes of the machine's memory at most.
    struct Need: Hashable {
        /// Its embedded kernel's; zero on the host's.
        var kernel: ByteCount
        /// Outside of the kernel, while it is analysed or its media is made.
        static let outside = ByteCount(128 << 20)

        var bytes: Int64 { kernel.bytes + Self.outside.bytes }
    }

    let count: Int
    /// Why it is fewer than asked, in a sentence's part; nil where it is what was asked.
    let reason: String?

    /// The most that were asked for and that processors, memory and the number of `runs` allow; one at least, since
    /// what cannot be run at all is better told by the run itself.
    init(_ request: Request, runs: Int, need: Need, machine: Machine) {
        let limits = Self.limits(need, machine)
        let lowest = limits.min { $0.count < $1.count }
        let bearable = max(1, lowest?.count ?? 1)
        guard case .exactly(let asked) = request, min(asked, runs) > bearable else {
            count = request.count(within: min(runs, bearable))
            reason = nil
            return
        }
        count = bearable
        reason = lowest?.reason
    }

    private static func limits(_ need: Need, _ machine: Machine) -> [(count: Int, reason: String)] {
        var limits = [(count: machine.processors, reason: "this machine lets it use \(counted(machine.processors))")]
        if let allowance = machine.allowance {
            let whole = Int(allowance.rounded(.up))
            limits.append((whole, "a control group allows \(counted(whole)) worth of time"))
        }
        if let memory = machine.memory {
            limits.append(
                (
                    Int(memory.bytes / need.bytes),
                    "\(memory.bytes >> 20) MiB of memory are free, and a run takes up to \(need.bytes >> 20) MiB"
                ))
        }
        if let room = machine.kernelRoom, need.kernel.bytes > 0 {
            limits.append(
                (
                    Int(room.bytes / need.kernel.bytes),
                    "kernels find room for \(room.bytes >> 20) MiB of memory in TMPDIR or /dev/shm, "
                        + "and one takes up to \(need.kernel.bytes >> 20) MiB"
                ))
        }
        return limits
    }

    private static func counted(_ processors: Int) -> String { "\(processors) processor\(processors == 1 ? "" : "s")" }
}

extension JobLimit.Request {
    fileprivate func count(within most: Int) -> Int {
        switch self {
        case .exactly(let asked): min(asked, most)
        case .automatic: most
        }
    }
}

extension JobLimit.Machine {
    /// This one, now.
    ///
    /// - Parameter reports: the folder of all reports, the last resort for a kernel's memory.
    static func this(reports: String) -> JobLimit.Machine {
        JobLimit.Machine(
            processors: max(1, Host.allowedProcessors.count), allowance: ControlGroup.own.processors,
            memory: [Host.availableMemory, ControlGroup.own.freeMemory].compactMap(\.self).min().map { ByteCount($0) },
            kernelRoom: MemoryFolder.room(runFolder: reports))
    }
}
