/// A bounded queue between threads: senders wait while it is full, receivers while it is empty.
package final class Channel<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var head = 0
        var isClosed = false

        var count: Int { elements.count - head }

        mutating func removeFirst() -> Element? {
            guard head < elements.count else { return nil }
            defer {
                head += 1
                if head == elements.count || head > 1024 {
                    elements.removeFirst(head)
                    head = 0
                }
            }
            return elements[head]
        }
    }

    private let state = Condition(State())
    private let capacity: Int

    /// A channel that holds `capacity` elements, 1 or more.
    package init(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
    }

    /// Puts an element in, waiting while the channel is full; false where the channel is closed.
    @discardableResult
    package func send(_ element: Element) -> Bool {
        state.wait { state -> Bool? in
            if state.isClosed { return false }
            if state.count >= self.capacity { return nil }
            state.elements.append(element)
            return true
        } ?? false
    }

    /// Puts an element in without waiting; false where the channel is full or closed.
    package func trySend(_ element: Element) -> Bool {
        state.change { state in
            if state.isClosed || state.count >= self.capacity { return false }
            state.elements.append(element)
            return true
        }
    }

    /// Takes the oldest element, waiting for one; nil where the channel is closed and empty, or where the monotonic
    /// clock reaches `deadline` (ns) first.
    package func receive(untilMonotonic deadline: Int64? = nil) -> Element? {
        state.wait(untilMonotonic: deadline) { state -> Element?? in
            if let element = state.removeFirst() { return .some(element) }
            return state.isClosed ? .some(nil) : nil
        } ?? nil
    }

    /// Takes every element that is there, without waiting.
    package func drain() -> [Element] {
        state.change { state in
            defer {
                state.elements = []
                state.head = 0
            }
            return Array(state.elements[state.head...])
        }
    }

    /// Takes no more elements; those inside can still be received.
    package func close() {
        state.change { $0.isClosed = true }
    }

    /// Whether `close` was called.
    package var isClosed: Bool { state.look(\.isClosed) }
}
