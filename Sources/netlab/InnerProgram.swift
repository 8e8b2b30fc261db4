import Engine
import LinuxKit

/// The inner side of `netlab kernel run`: any program as the child of PID 1.
enum InnerProgram {
    static let name = "command"

    /// What the program is attached to, the program and its arguments.
    static func run(_ context: Inside.Context) -> Int32 {
        let words = context.arguments
        guard words.count >= 2, let attachment = Attachment(word: words[0]) else { return 64 }
        return AttachedProgram(attachment: attachment, input: context.input, stop: context.stop)
            .run(LinuxKit.Command(words[1], Array(words[2...])))
    }
}
