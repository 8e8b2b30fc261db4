internal import CLinux
internal import Glibc

/// A named thread of the kernel's own (pthread), for all that blocks or must stay in one namespace.
package final class Thread: Sendable {
    private let handle: pthread_t
    private let isJoined = Condition(false)

    /// Starts a thread. `name` is cut at 15 bytes.
    package static func run(named name: String, _ body: @escaping @Sendable () -> Void) throws(Errno) -> Thread {
        try Thread(Work(name: name, body: body))
    }

    /// Runs `body` on a thread of its own, waits for it, and passes on what it returned or threw. A process that may
    /// not start a thread ends here, as it would for want of memory.
    package static func value<R: ~Copyable, E: Error>(
        named name: String, _ body: () throws(E) -> R
    ) throws(E) -> R {
        var result: Result<R, E>?
        withoutActuallyEscaping({ result = Result(catching: body) }) { escaping in
            do throws(Errno) {
                try Thread(Work(name: name, body: escaping)).join()
            } catch {
                fatalError("cannot start a thread: \(error)")
            }
        }
        guard let result = result.take() else { fatalError("a thread ended without a result") }
        return try result.get()
    }

    /// Waits until the thread has ended; at once where it has been joined already. Corresponds to `pthread_join`.
    package func join() {
        isJoined.change { isJoined in
            if !isJoined { pthread_join(handle, nil) }
            isJoined = true
        }
    }

    deinit {
        if isJoined.look({ !$0 }) { pthread_detach(handle) }
    }

    private init(_ work: Work) throws(Errno) {
        var handle = pthread_t()
        let context = Unmanaged.passRetained(work)
        let code = pthread_create(&handle, nil, enterThread, context.toOpaque())
        if code != 0 {
            context.release()
            throw Errno(code)
        }
        self.handle = handle
    }
}

private final class Work {
    let name: String
    let body: () -> Void

    init(name: String, body: @escaping () -> Void) {
        self.name = name
        self.body = body
    }
}

private func enterThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
    linux_name_thread(String(work.name.prefix(15)))
    work.body()
    return nil
}
