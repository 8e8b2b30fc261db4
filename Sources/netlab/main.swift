import Engine
// `stdout` is a variable that C shares; it is touched here only, before there is a second thread.
@preconcurrency import Glibc

// Swift reads the arguments from /proc, which the first process of a fresh kernel has yet to mount.
let words = Inside.isFirstOfKernel ? ["inside", "embedded"] : Array(CommandLine.arguments.dropFirst())

// The lab's inner side comes first: it is PID 1 of a kernel or a namespace and wants an untouched process.
if let entry = HiddenEntry.table.first(where: { $0.name == words.first }) {
    exit(entry.run(Array(words.dropFirst())))
}

// A reader that leaves early (`netlab list | head`) is no error of ours; writes then fail with EPIPE.
signal(SIGPIPE, SIG_IGN)
// A pipe must see each line as it comes, as a terminal does.
setvbuf(stdout, nil, _IOLBF, 0)

exit(CommandTable.run(words).rawValue)
