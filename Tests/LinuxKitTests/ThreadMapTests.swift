import LinuxKit
import Testing

@Suite struct ThreadMapTests {
    struct Failed: Error, Equatable {
        let element: Int
    }

    @Test(arguments: [0, 1, 2, 1000])
    func `Results come in the order of their elements`(_ count: Int) throws {
        let results = try Thread.map(Array(0..<count), named: "map") { $0 * 2 }
        #expect(results == (0..<count).map { $0 * 2 })
    }

    @Test func `The first error in that order is thrown, after all have been worked on`() throws {
        let worked = Condition(Set<Int>())
        #expect(throws: Failed(element: 3)) {
            _ = try Thread.map(Array(0..<100), named: "map") { element in
                worked.change { _ = $0.insert(element) }
                if element == 3 || element == 50 { throw Failed(element: element) }
            }
        }
        #expect(worked.look(\.count) == 100)
    }
}
