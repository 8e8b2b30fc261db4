import LinuxKit
import Testing

@Suite struct ThreadTests {
    struct Failure: Error, Equatable {}

    @Test func `passes on what its body returns or throws`() throws {
        #expect(Thread.value(named: "test") { 7 } == 7)
        #expect(throws: Failure.self) { try Thread.value(named: "test") { throw Failure() } }
    }

    @Test func `joins more than once, from any thread`() throws {
        let count = Condition(0)
        let thread = try Thread.run(named: "a name longer than fifteen bytes") { count.change { $0 += 1 } }
        thread.join()
        thread.join()
        #expect(count.look { $0 } == 1)
    }

    @Test func `a channel hands on every element in order, and then the end`() throws {
        let channel = Channel<Int>(capacity: 3)
        let sender = try Thread.run(named: "sender") {
            for number in 0..<5000 { channel.send(number) }
            channel.close()
        }
        var received: [Int] = []
        while let number = channel.receive() { received.append(number) }
        sender.join()
        #expect(received == Array(0..<5000))
        #expect(channel.send(1) == false)
    }

    @Test func `a full channel refuses, and an empty one lets go in time`() {
        let channel = Channel<Int>(capacity: 1)
        #expect(channel.trySend(1))
        #expect(!channel.trySend(2))
        #expect(channel.drain() == [1])
        let start = Clock.monotonic()
        #expect(channel.receive(untilMonotonic: start + 20_000_000) == nil)
        #expect(Clock.monotonic() - start >= 20_000_000)
    }

    @Test func `sleeps to a deadline, and not at all to one that has passed`() {
        let deadline = Clock.monotonic() + 5_000_000
        Clock.sleep(untilMonotonic: deadline)
        let woken = Clock.monotonic()
        #expect(woken >= deadline)
        Clock.sleep(untilMonotonic: deadline - 1_000_000_000)
        #expect(Clock.monotonic() - woken < 1_000_000_000)
    }

    @Test func `a request to stop wakes who waits and calls who asked`() throws {
        let stop = StopRequest()
        let called = Condition(0)
        stop.whenRequested { called.change { $0 += 1 } }
        let thread = try Thread.run(named: "stopper") {
            Clock.sleep(for: 5_000_000)
            stop.make()
        }
        #expect(stop.wait(untilMonotonic: Clock.monotonic() + 5_000_000_000))
        thread.join()
        stop.whenRequested { called.change { $0 += 1 } }
        #expect(called.look { $0 } == 2)
    }
}
