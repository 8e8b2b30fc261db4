internal import Glibc

/// A state that threads change and wait for: a mutex with a condition variable on the monotonic clock.
///
/// `Synchronization.Mutex` has no way to wait for a change, hence pthread's own.
package final class Condition<State>: Sendable {
    // Raw pointers are not Sendable; all access goes through the lock below.
    private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private nonisolated(unsafe) let changed: UnsafeMutablePointer<pthread_cond_t>
    private nonisolated(unsafe) let state: UnsafeMutablePointer<State>

    /// A condition that begins with `initial`.
    package init(_ initial: sending State) {
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        state = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
        state.initialize(to: initial)
    }

    deinit {
        state.deinitialize(count: 1)
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        state.deallocate()
        changed.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes every thread that waits.
    @discardableResult
    package func change<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state.pointee)
    }

    /// Looks at the state.
    package func look<R>(_ body: (State) -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state.pointee)
    }

    /// Waits until `body` returns a value, trying it at once and after each change; nil where the monotonic clock
    /// reaches `deadline` (ns) first. `body` may change the state.
    package func wait<R>(untilMonotonic deadline: Int64? = nil, _ body: (inout State) -> R?) -> R? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state.pointee) {
                pthread_cond_broadcast(changed)
                return result
            }
            guard let deadline else {
                pthread_cond_wait(changed, mutex)
                continue
            }
            var time = timespec(nanoseconds: max(deadline, 0))
            if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return body(&state.pointee) }
        }
    }
}
