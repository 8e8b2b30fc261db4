internal import Glibc

extension ChildProcess {
    /// The three descriptors that a child gets, open until it has been started.
    struct Streams: ~Copyable {
        fileprivate let input: FileDescriptor
        fileprivate let output: FileDescriptor
        fileprivate let errors: FileDescriptor
        fileprivate let ends: PipeEnds

        static func open(_ command: Command) throws(SystemCallError) -> Streams {
            var ends = PipeEnds()
            let input = try open(command.input, reading: true, inherited: STDIN_FILENO, end: &ends.input)
            let output = try open(command.output, reading: false, inherited: STDOUT_FILENO, end: &ends.output)
            let errors =
                command.errors == .output
                ? try duplicate(output.raw)
                : try open(command.errors, reading: false, inherited: STDERR_FILENO, end: &ends.errors)
            return Streams(input: input, output: output, errors: errors, ends: ends)
        }

        var standard: [Int32] { [input.raw, output.raw, errors.raw] }

        consuming func takeEnds() -> PipeEnds { ends }

        private static func open(
            _ stream: Command.Stream, reading: Bool, inherited: Int32, end: inout FileDescriptor?
        ) throws(SystemCallError) -> FileDescriptor {
            switch stream {
            case .null: return try .open("/dev/null", O_RDWR)
            case .inherited: return try duplicate(inherited)
            case .descriptor(let raw): return try duplicate(raw)
            case .output: return try duplicate(STDOUT_FILENO)
            case .file(let path):
                return try .open(path, reading ? O_RDONLY : O_WRONLY | O_CREAT | O_APPEND)
            case .pipe:
                let pair = try SystemCallError.naming("create", "a pipe") { () throws(Errno) in
                    try FileDescriptor.pipe()
                }
                return pair.split(childReads: reading, ours: &end)
            }
        }

        private static func duplicate(_ raw: Int32) throws(SystemCallError) -> FileDescriptor {
            // A program may be started with one of the three closed; its children get nothing there.
            if fcntl(raw, F_GETFD) < 0 { return try .open("/dev/null", O_RDWR) }
            return try SystemCallError.naming("duplicate", "descriptor \(raw)") { () throws(Errno) in
                try .duplicate(raw)
            }
        }
    }
}

extension FileDescriptor.Pair {
    /// Returns the child's end and puts the other where it stays.
    fileprivate consuming func split(childReads: Bool, ours: inout FileDescriptor?) -> FileDescriptor {
        if childReads {
            ours = consume second
            return first
        }
        ours = consume first
        return second
    }
}
