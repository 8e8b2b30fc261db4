import LabModel
import Testing

@testable import Scenario

struct UnitCase: CustomTestStringConvertible {
    let text: String
    let table: UnitTable
    let result: Result<Double, UnitParser.Problem>
    var testDescription: String { "\(text) as a \(table.name)" }

    init(_ text: String, _ table: UnitTable, _ value: Double) {
        (self.text, self.table, result) = (text, table, .success(value))
    }

    init(_ text: String, _ table: UnitTable, _ problem: UnitParser.Problem) {
        (self.text, self.table, result) = (text, table, .failure(problem))
    }
}

@Suite("Units")
struct UnitTests {
    static let cases = [
        UnitCase("10mbit", .rate, 1e7), UnitCase("10Mbit", .rate, 1e7), UnitCase("2.5gbit", .rate, 2.5e9),
        UnitCase("500 kbit", .rate, 5e5), UnitCase("1bit", .rate, 1), UnitCase("-1mbit", .rate, -1e6),
        UnitCase("10mbps", .rate, .unknownUnit("mbps")), UnitCase("10", .rate, .noUnit),
        UnitCase("mbit", .rate, .noNumber), UnitCase("1e3mbit", .rate, .unknownUnit("e3mbit")),
        UnitCase("1.mbit", .rate, .noNumber), UnitCase(".5mbit", .rate, .noNumber),
        UnitCase("1..2mbit", .rate, .noNumber),
        UnitCase("--1mbit", .rate, .noNumber), UnitCase("", .rate, .noNumber), UnitCase("nan", .rate, .noNumber),
        UnitCase("inf", .rate, .noNumber), UnitCase("0x10mbit", .rate, .unknownUnit("x10mbit")),
        UnitCase("20ms", .time, 0.02), UnitCase("100us", .time, 1e-4), UnitCase("100µs", .time, 1e-4),
        UnitCase("30s", .time, 30), UnitCase("2min", .time, 120), UnitCase("20 msec", .time, 0.02),
        UnitCase("20m", .time, .unknownUnit("m")),
        UnitCase("1%", .ratio, 0.01), UnitCase("0.1 %", .ratio, 0.001), UnitCase("0.01", .ratio, .noUnit),
        UnitCase("64kB", .size, 64000), UnitCase("64KiB", .size, 65536), UnitCase("64kb", .size, .unknownUnit("kb")),
        UnitCase("50packets", .packets, 50), UnitCase("1 packet", .packets, 1),
        UnitCase("3", .count, 3), UnitCase("3ms", .count, .unknownUnit("ms")),
    ]

    @Test("are read as tc reads them", arguments: cases)
    func reads(_ example: UnitCase) {
        let result = Result { () throws(UnitParser.Problem) in try UnitParser.parse(example.text, example.table) }
        #expect(result == example.result)
    }

    @Test("what is written is read back as the same value")
    func roundTrip() throws {
        var generator = SplitMix(state: 3)
        for _ in 0..<3000 {
            let magnitude = Int64.random(in: 0..<50, using: &generator)
            let number = Int64.random(in: 0..<1 << magnitude, using: &generator)
            let rate = try UnitParser.parse(UnitText.rate(Rate(bitsPerSecond: number)), .rate)
            #expect(Int64(rate.rounded()) == number)
            let span = try UnitParser.parse(UnitText.time(TimeSpan(nanoseconds: -number)), .time)
            #expect(TimeSpan(seconds: span) == TimeSpan(nanoseconds: -number))
            let size = try UnitParser.parse(UnitText.size(ByteCount(number)), .size)
            #expect(Int64(size.rounded()) == number)
            let ratio = Double(number % 1_000_001) / 1e6
            #expect(abs(try UnitParser.parse(UnitText.ratio(ratio), .ratio) - ratio) < 1e-15)
        }
    }

    @Test("are written short")
    func written() {
        #expect(UnitText.rate(Rate(bitsPerSecond: 2_500_000)) == "2.5mbit")
        #expect(UnitText.rate(Rate(bitsPerSecond: 0)) == "0bit")
        #expect(UnitText.time(.milliseconds(0.5)) == "500us")
        #expect(UnitText.time(.zero) == "0s")
        #expect(UnitText.time(.seconds(-1.25)) == "-1.25s")
        #expect(UnitText.size(ByteCount(1500)) == "1.5kB")
        #expect(UnitText.ratio(0.001) == "0.1%")
        #expect(UnitText.ratio(0) == "0%")
        #expect(UnitText.value(3, .count) == "3")
    }
}
