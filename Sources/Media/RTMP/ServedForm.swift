/// How what was published comes out of the server: by its timestamps and its content.
package enum ServedForm: Sendable {
    /// As it went in.
    case messages
    /// In MPEG-TS, as nginx's RTMP module makes it (ngx_rtmp_mpegts.c, ngx_rtmp_hls_module.c).
    case segments

    /// Of time 0, in milliseconds: the module lets its clock begin at 63 000 ticks of 90 kHz.
    var firstTimestamp: Int64 { self == .segments ? 700 : 0 }

    /// A plain unit as a receiver will have it. The module puts the parameter sets that it knows from the stream's setup
    /// right before the first slice of a key frame, wherever they were.
    func content(of plain: [UInt8], codec: String, setup: [UInt8]) -> [UInt8] {
        guard self == .segments, codec == "h264" else { return plain }
        let units = NetworkUnits.units(plain).map { plain[$0] }
        let isParameter = { (unit: ArraySlice<UInt8>) in unit.first.map { (7...9).contains($0 & 0x1F) } ?? true }
        let others = units.filter { !isParameter($0) }
        guard let slice = others.firstIndex(where: { $0.first.map { $0 & 0x1F } == 5 }) else {
            return Self.joined(others)
        }
        let parameters = NetworkUnits.units(setup).map { setup[$0] }.filter(isParameter)
        return Self.joined(others[..<slice] + parameters + others[slice...])
    }

    private static func joined(_ units: some Sequence<ArraySlice<UInt8>>) -> [UInt8] {
        units.flatMap { [0, 0, 0, 1] + $0 }
    }
}
