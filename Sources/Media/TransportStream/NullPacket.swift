/// A packet of a transport stream that says nothing (ISO/IEC 13818-1, 2.4.1: PID 0x1FFF).
package enum NullPacket {
    package static let bytes: [UInt8] = [0x47, 0x1F, 0xFF, 0x10] + [UInt8](repeating: 0xFF, count: 184)
}
