import Engine
import Testing

@Suite struct VersionOrderTests {
    @Test(arguments: [
        ("6.16", "6.16.1"), ("6.9", "6.16"), ("6.16", "7.2.13-1"), ("7.2.13-1", "7.3.4-1~bpo13+1"), ("7.9", "7.10"),
        ("linux-source-7.2", "linux-source-7.10"),
    ])
    func `by numbers, not by characters`(_ earlier: String, _ later: String) {
        #expect(VersionOrder.isBefore(earlier, later))
        #expect(!VersionOrder.isBefore(later, earlier))
        #expect(!VersionOrder.isBefore(earlier, earlier))
    }
}
