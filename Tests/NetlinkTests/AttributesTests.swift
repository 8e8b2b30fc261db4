import Testing

@testable import Netlink

/// Replies are the kernel's, but a kernel can be newer or older than these structures.
@Suite struct AttributesTests {
    private static let twoNumbers: [UInt8] = [8, 0, 1, 0, 42, 0, 0, 0, 8, 0, 2, 0, 43, 0, 0, 0]

    @Test func attributesAreFoundByType() {
        let attributes = Attributes(Self.twoNumbers)
        #expect(attributes.value(1, as: UInt32.self) == 42)
        #expect(attributes.value(2, as: UInt32.self) == 43)
        #expect(attributes.value(3, as: UInt32.self) == nil)
    }

    @Test func shorterThanAskedForIsAbsent() {
        #expect(Attributes(Self.twoNumbers).value(1, as: UInt64.self) == nil)
    }

    @Test(arguments: 0..<16) func cutAnywhereNothingIsInvented(_ length: Int) {
        let attributes = Attributes(Self.twoNumbers.prefix(length))
        #expect(attributes.value(1, as: UInt32.self) == (length >= 8 ? 42 : nil))
        #expect(attributes.value(2, as: UInt32.self) == nil)
    }

    @Test(arguments: [[0, 0, 1, 0], [3, 0, 1, 0], [255, 255, 1, 0, 1], [1]] as [[UInt8]])
    func impossibleLengthsEndTheReading(_ bytes: [UInt8]) {
        #expect(Attributes(bytes).bytes(1) == nil)
    }

    @Test func textsLoseTheirClosingZero() {
        #expect(Attributes([8, 0, 1, 0, 116, 98, 102, 0]).text(1) == "tbf")
    }
}
