/// The number of a frame as a row of 40 square cells, at the top and again at the bottom of the picture.
///
/// White, black, 20 bits of number, 16 bits of checksum, white, black; plain binary, most significant bit first. A
/// cell is a fortieth of the width, so that it stays 8 coded pixels or more in a 320 pixel picture: smaller ones are
/// misread at low rates. Both strips, because a picture that a decoder has patched may carry the strip of the frame
/// before with a good checksum, but not in both places.
struct FrameStrip {
    static let cells = 40
    /// Numbers go up to this; then they start again at 0.
    static let modulus: UInt32 = 1 << 20
    private static let white: UInt8 = 235
    private static let black: UInt8 = 16
    private static let grey: UInt8 = 128

    /// The side of a cell in pixels.
    let cell: Int
    private let width: Int
    private let height: Int

    /// The strips of a picture of this size; nil where it is too small for them.
    init?(width: Int, height: Int) {
        cell = width / Self.cells
        guard cell >= 4, height >= 4 * cell else { return nil }
        self.width = width
        self.height = height
    }

    /// Rows that a strip covers: even, since chroma has half as many.
    var rows: Int { (cell + 1) / 2 * 2 }

    /// White (true) and black cells for a number.
    static func pattern(of number: UInt32) -> [Bool] {
        let number = number % modulus
        let word = UInt64(number) << 16 | UInt64(checksum(of: number))
        let payload = (0..<36).map { word >> (35 - $0) & 1 == 1 }
        return [true, false] + payload + [true, false]
    }

    /// Draws both strips on a picture in 4:2:0.
    func draw(_ number: UInt32, luma: PicturePlane, chroma: [PicturePlane]) {
        let pattern = Self.pattern(of: number)
        for top in [0, height - rows] {
            luma.fill(x: 0, y: top, width: width, height: rows, with: Self.black)
            for plane in chroma {
                plane.fill(x: 0, y: top / 2, width: (width + 1) / 2, height: rows / 2, with: Self.grey)
            }
            for (index, isWhite) in pattern.enumerated() where isWhite {
                luma.fill(x: index * cell, y: top, width: cell, height: rows, with: Self.white)
            }
        }
    }

    /// The numbers in the top and the bottom strip, where they can be read.
    func read(_ luma: PicturePlane) -> (top: UInt32?, bottom: UInt32?) {
        (read(luma, row: 0), read(luma, row: height - rows))
    }

    /// One strip: the mean of the middle half of each cell against the middle of the four guards.
    private func read(_ luma: PicturePlane, row: Int) -> UInt32? {
        let side = max(cell / 2, 1)
        let top = row + (rows - side) / 2
        let levels = (0..<Self.cells).map {
            luma.mean(x: $0 * cell + (cell - side) / 2, y: top, width: side, height: side)
        }
        let whites = (levels[0], levels[Self.cells - 2])
        let blacks = (levels[1], levels[Self.cells - 1])
        let threshold = (whites.0 + whites.1 + blacks.0 + blacks.1) / 4
        guard whites.0 + whites.1 - blacks.0 - blacks.1 >= 2 * Self.leastContrast,
            abs(whites.0 - whites.1) <= Self.mostUneven, abs(blacks.0 - blacks.1) <= Self.mostUneven
        else { return nil }
        let word = levels[2..<38].reduce(UInt64(0)) { $0 << 1 | ($1 > threshold ? 1 : 0) }
        let number = UInt32(word >> 16)
        return Self.checksum(of: number) == UInt16(truncatingIfNeeded: word) ? number : nil
    }

    /// White over black, and white (black) against white (black), in luma; beyond these there is no strip.
    private static let leastContrast = 60.0
    private static let mostUneven = 70.0

    private static func checksum(of number: UInt32) -> UInt16 {
        CRC16.of([UInt8(number >> 16), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)])
    }
}
