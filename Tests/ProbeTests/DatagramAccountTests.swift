import LabModel
import Testing

@testable import Probe

/// One row: what came, and what an account says of it.
struct AccountCase: CustomTestStringConvertible {
    let testDescription: String
    let arrived: [Int64]
    let sent: Int64
    var lost: Int64 = 0
    var duplicates: Int64 = 0
    var reordered: Int64 = 0
    var missing: Int64 = 0

    static let all = [
        AccountCase(testDescription: "in order", arrived: [0, 1, 2, 3], sent: 4),
        AccountCase(testDescription: "nothing came", arrived: [], sent: 4, lost: 4),
        AccountCase(testDescription: "a gap", arrived: [0, 3], sent: 4, lost: 2, missing: 2),
        AccountCase(testDescription: "lost at the end", arrived: [0, 1], sent: 4, lost: 2),
        AccountCase(testDescription: "late by one", arrived: [0, 2, 1, 3], sent: 4, reordered: 1),
        AccountCase(testDescription: "one overtakes three", arrived: [3, 0, 1, 2], sent: 4, reordered: 3),
        AccountCase(testDescription: "a duplicate is not reordered", arrived: [0, 1, 0], sent: 2, duplicates: 1),
        AccountCase(
            testDescription: "a late duplicate", arrived: [0, 2, 1, 1], sent: 3, duplicates: 1, reordered: 1),
        AccountCase(
            testDescription: "numbers a bitmap apart", arrived: [0, 1000], sent: 1001, lost: 999, missing: 999),
    ]
}

@Suite struct DatagramAccountTests {
    @Test(arguments: AccountCase.all) func countsAre(_ row: AccountCase) {
        var account = DatagramAccount()
        for number in row.arrived {
            account.take(
                number: number, size: ByteCount(1200), sent: Timestamp(nanoseconds: 0),
                arrived: Timestamp(nanoseconds: 0))
        }
        #expect(account.lost(of: row.sent) == row.lost)
        #expect(account.duplicates == row.duplicates)
        #expect(account.reordered == row.reordered)
        #expect(account.missing == row.missing)
        #expect(account.payload.bytes == 1200 * account.received)
    }

    /// RFC 3550 section 6.4.1: J += (|D| - J) / 16.
    @Test func jitterIsSmoothed() throws {
        var account = DatagramAccount()
        let transits: [Int64] = [10_000_000, 26_000_000, 10_000_000]
        #expect(account.jitter == nil)
        for (number, transit) in transits.enumerated() {
            let sent = Timestamp(nanoseconds: Int64(number) * 20_000_000)
            account.take(
                number: Int64(number), size: ByteCount(1), sent: sent,
                arrived: Timestamp(nanoseconds: sent.nanoseconds + transit))
        }
        // 0 + 16/16 = 1 ms, then 1 + (16 - 1) / 16.
        let jitter = try #require(account.jitter)
        #expect(abs(jitter.milliseconds - 1.9375) < 1e-6)
    }

    @Test func datagramsComeBackAsTheyWereWritten() {
        let head = ProbeDatagram(number: 41, sent: Timestamp(nanoseconds: 1_700_000_000_123_456_789))
        var bytes = head.bytes(64)
        #expect(bytes.count == 64)
        bytes.withUnsafeBytes { raw in
            #expect(ProbeDatagram(raw, numbersBelow: 42) == head)
            #expect(ProbeDatagram(raw, numbersBelow: 41) == nil)
            #expect(ProbeDatagram(UnsafeRawBufferPointer(rebasing: raw[..<23]), numbersBelow: 42) == nil)
        }
        bytes[0] ^= 1
        #expect(bytes.withUnsafeBytes { ProbeDatagram($0, numbersBelow: 42) } == nil)
    }
}
