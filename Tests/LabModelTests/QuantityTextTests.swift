import LabModel
import Testing

@Suite struct QuantityTextTests {
    struct Written: CustomTestStringConvertible {
        var quantity: Quantity
        var value: Double
        var text: String
        var testDescription: String { "\(quantity.rawValue) \(value) is \(text)" }

        init(_ quantity: Quantity, _ value: Double, _ text: String) {
            self.quantity = quantity
            self.value = value
            self.text = text
        }
    }

    @Test(arguments: [
        Written(.rate, 1e7, "10.00 Mbit/s"), Written(.rate, 128_000, "128.0 kbit/s"), Written(.rate, 0, "0 bit/s"),
        Written(.rate, 512, "512 bit/s"), Written(.rate, 2.5e9, "2.50 Gbit/s"), Written(.rate, 999_999, "1.00 Mbit/s"),
        Written(.rate, -2e6, "-2.00 Mbit/s"), Written(.time, 0.0201, "20.1 ms"), Written(.time, 0, "0 ms"),
        Written(.time, 1.25, "1.25 s"), Written(.time, 30, "30.00 s"), Written(.time, 250, "250.0 s"),
        Written(.time, 0.99996, "1.00 s"), Written(.time, 0.0000123, "12.3 \u{b5}s"), Written(.time, 4e-9, "4 ns"),
        Written(.time, -0.125, "-125.0 ms"), Written(.ratio, 0.001, "0.10 %"), Written(.ratio, 0, "0 %"),
        Written(.ratio, 1, "100 %"), Written(.ratio, 0.00002, "0.0020 %"), Written(.ratio, 0.1234, "12.34 %"),
        Written(.size, 64_000, "64.0 kB"), Written(.size, 512, "512 B"), Written(.size, 10_120_400, "10.12 MB"),
        Written(.count, 0, "0"), Written(.count, 1_234_567, "1,234,567"), Written(.count, -1000, "-1,000"),
        Written(.count, 2.5, "2.50"),
    ])
    func `writes figures for people`(written: Written) {
        #expect(written.quantity.text(written.value) == written.text)
    }

    @Test(arguments: [
        Written(.time, 0.0001, "+0.10 ms"), Written(.time, -0.0006, "-0.60 ms"),
        Written(.ratio, 0.0002, "+0.02 pp"), Written(.ratio, -0.05, "-5.00 pp"), Written(.count, 0, "\u{b1}0"),
        Written(.rate, -2000, "-2.0 kbit/s"), Written(.time, 0, "\u{b1}0 ms"),
    ])
    func `writes differences with their sign`(written: Written) {
        #expect(written.quantity.difference(written.value) == written.text)
    }

    @Test func `says an interval's unit once`() {
        #expect(Quantity.rate.interval(9.91e6, 10.02e6) == "9.91 to 10.02 Mbit/s")
        #expect(Quantity.rate.interval(990_000, 1.02e6) == "990.0 kbit/s to 1.02 Mbit/s")
        #expect(Quantity.count.interval(3, 5) == "3 to 5")
    }

    struct Fixed: CustomTestStringConvertible {
        var value: Double
        var places: Int
        var text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Fixed(value: 0.05, places: 1, text: "0.1"), Fixed(value: -0.004, places: 2, text: "0.00"),
        Fixed(value: 1.005, places: 0, text: "1"), Fixed(value: 2.5, places: 0, text: "3"),
        Fixed(value: -2.5, places: 0, text: "-3"), Fixed(value: 123.456, places: 2, text: "123.46"),
        Fixed(value: .infinity, places: 2, text: "inf"), Fixed(value: 1e300, places: 2, text: "1e+300"),
    ])
    func `prints fixed-point numbers`(fixed: Fixed) {
        #expect(fixed.value.fixed(fixed.places) == fixed.text)
    }

    @Test func `unknown is not zero`() {
        #expect(Quantity.time.text(Double?.none) == Quantity.unknown)
    }
}
