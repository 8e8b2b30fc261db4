import LinuxKit
import Testing

@testable import netlab

@Suite struct RunQueueTests {
    @Test(arguments: [1, 2, 5])
    func `Runs are handed on in their order, and no more than asked go on at a time`(_ jobs: Int) throws {
        let running = Condition((now: 0, most: 0))
        let queue = try RunQueue<Int>(count: 20, jobs: jobs, while: { true }) { index, _ in
            running.change { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            // Later ones end sooner.
            Clock.sleep(for: Int64(20 - index) * 500_000)
            running.change { $0.now -= 1 }
            return index * 10
        }
        #expect((0..<20).map { queue.outcome(of: $0) } == (0..<20).map { $0 * 10 })
        #expect(running.look(\.most) <= jobs)
    }

    @Test func `A run knows how many went on beside it`() throws {
        let second = Condition(false)
        let queue = try RunQueue<Int>(count: 2, jobs: 2, while: { true }) { index, queue in
            if index == 1 {
                second.change { $0 = true }
            } else {
                _ = second.wait { $0 ? true : nil }
            }
            return queue.neighbours(of: index)
        }
        #expect(queue.outcome(of: 0) == 1)
        #expect(queue.outcome(of: 1) == 1)
    }

    @Test func `One after another, none has a neighbour`() throws {
        let queue = try RunQueue<Int>(count: 3, jobs: 1, while: { true }) { index, queue in queue.neighbours(of: index)
        }
        #expect((0..<3).map { queue.outcome(of: $0) } == [0, 0, 0])
    }

    @Test func `A closed queue lets those under way end and begins no other`() throws {
        let queue = try RunQueue<Int>(count: 5, jobs: 1, while: { true }) { index, queue in
            if index == 1 { queue.close() }
            return index
        }
        #expect((0..<5).map { queue.outcome(of: $0) } == [0, 1, nil, nil, nil])
    }

    @Test func `Nothing begins once it is not to go on`() throws {
        let goesOn = Condition(true)
        let queue = try RunQueue<Int>(count: 5, jobs: 1, while: { goesOn.look { $0 } }) { index, _ in
            goesOn.change { $0 = false }
            return index
        }
        #expect((0..<5).map { queue.outcome(of: $0) } == [0, nil, nil, nil, nil])
    }
}
