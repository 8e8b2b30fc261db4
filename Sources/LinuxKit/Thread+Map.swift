internal import Synchronization

extension Thread {
    /// The results of `body` for each element, in their order, worked out by as many threads as there are processors.
    /// The first error in that order is thrown, once all threads have ended.
    package static func map<Element: Sendable, R: Sendable>(
        _ elements: [Element], named name: String, _ body: @escaping @Sendable (Element) throws -> R
    ) throws -> [R] {
        let share = SharedWork(elements, body)
        let threads = try (0..<min(Host.processors, elements.count)).map { _ in
            try run(named: name) { share.work() }
        }
        for thread in threads { thread.join() }
        return try share.results()
    }
}

/// Elements that several threads take from one after another.
private final class SharedWork<Element: Sendable, R: Sendable>: Sendable {
    private let elements: [Element]
    private let body: @Sendable (Element) throws -> R
    private let next = Atomic(0)
    private let done: Mutex<[Result<R, any Error>?]>

    init(_ elements: [Element], _ body: @escaping @Sendable (Element) throws -> R) {
        self.elements = elements
        self.body = body
        done = Mutex(Array(repeating: nil, count: elements.count))
    }

    func work() {
        while case let index = next.wrappingAdd(1, ordering: .relaxed).oldValue, index < elements.count {
            let result = Result { try body(elements[index]) }
            done.withLock { $0[index] = result }
        }
    }

    func results() throws -> [R] {
        try done.withLock { done in try done.compactMap { try $0?.get() } }
    }
}
