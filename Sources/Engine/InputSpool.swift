internal import LinuxKit
internal import Synchronization

/// What a program inside an engine is to read: a file for each piece, which the inner side removes when it has read it,
/// and a word on the control line for each file. The control line itself could not carry it: the request to stop must
/// never wait behind input that nobody reads.
final class InputSpool: Sendable {
    /// Pieces that may wait to be read.
    private static let depth = 16
    /// Between two looks whether there is room (ns).
    private static let pause: Int64 = 5_000_000

    private let scratch: EngineScratch
    private let control: ControlLine
    private let count = Mutex(0)

    init(_ scratch: EngineScratch, _ control: ControlLine) {
        self.scratch = scratch
        self.control = control
    }

    /// Puts a piece in, waiting until the inner side has begun and while too many are unread; false where the stay has
    /// ended.
    func put(_ piece: InputPiece, hasEnded: () -> Bool) -> Bool {
        count.withLock { count in
            while !canTake(count) {
                if hasEnded() { return false }
                Clock.sleep(for: Self.pause)
            }
            guard !hasEnded(), (try? Directory.make(scratch.input)) != nil,
                (try? File.write(piece.encoded, to: Self.file(count, in: scratch.input))) != nil
            else { return false }
            count += 1
            control.send(.input)
            return true
        }
    }

    /// The kernel's terminal does not notice a word that was there before it was opened.
    private func canTake(_ number: Int) -> Bool {
        if number == 0 { return Pulse.read(scratch.pulse) != nil }
        return number < Self.depth || !File.exists(Self.file(number - Self.depth, in: scratch.input))
    }

    static func file(_ number: Int, in folder: String) -> String { "\(folder)/\(number)" }
}

/// The inner side's end of an `InputSpool`.
package final class InsideInput: Sendable {
    private let folder: String
    /// Pieces that came and were not taken, and those that were.
    private let state = Condition((waiting: 0, taken: 0))

    init(folder: String) {
        self.folder = folder
    }

    /// One more piece is there.
    func ring() {
        state.change { $0.waiting += 1 }
    }

    /// Waits for the next piece and takes it. What cannot be read is the end.
    package func next() -> InputPiece {
        let number = state.wait { state -> Int? in
            guard state.waiting > 0 else { return nil }
            state.waiting -= 1
            state.taken += 1
            return state.taken - 1
        }
        guard let number else { return .end }
        let path = InputSpool.file(number, in: folder)
        defer { try? File.remove(path) }
        return (try? File.read(path)).flatMap { InputPiece(decoding: $0) } ?? .end
    }
}
