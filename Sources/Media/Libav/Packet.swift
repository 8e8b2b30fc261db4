internal import CAV

/// The owner of an `AVPacket`: coded data with its times.
struct Packet: ~Copyable {
    let raw: UnsafeMutablePointer<AVPacket>

    init() throws(AVFailure) {
        guard let raw = av_packet_alloc() else { throw .outOfMemory }
        self.raw = raw
    }

    /// A packet with a copy of `bytes`, padded as decoders want it.
    static func copying(_ bytes: ArraySlice<UInt8>) throws(AVFailure) -> Packet {
        let packet = try Packet()
        try AVFailure.check(av_new_packet(packet.raw, Int32(bytes.count)))
        bytes.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(start: packet.raw.pointee.data, count: $0.count).copyMemory(from: $0)
        }
        return packet
    }

    deinit {
        var raw: UnsafeMutablePointer<AVPacket>? = raw
        av_packet_free(&raw)
    }

    var bytes: [UInt8] {
        guard let data = raw.pointee.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(raw.pointee.size)))
    }

    var isKey: Bool { raw.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    var stream: Int { Int(raw.pointee.stream_index) }

    /// Presentation time in the stream's time base; nil where there is none.
    var pts: Int64? { raw.pointee.pts == cav_no_time ? nil : raw.pointee.pts }
    var dts: Int64? { raw.pointee.dts == cav_no_time ? nil : raw.pointee.dts }
}
