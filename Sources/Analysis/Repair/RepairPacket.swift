internal import LabModel

/// A packet of a protocol that repairs loss, as far as its header tells.
struct RepairPacket: Equatable {
    enum Purpose: Equatable {
        case original, retransmitted, correction, control
    }

    var purpose: Purpose
    /// Bytes of the protocol's header before media; 0 where there is none.
    var header = 0

    /// An SRT packet (draft-sharabayko-srt-01 section 3): retransmissions carry the flag R, what a packet filter adds
    /// has message number 0.
    init?(srt payload: UnsafeRawBufferPointer, length: Int) {
        guard let first = payload.bigEndian32(at: 0), let second = payload.bigEndian32(at: 4), length >= 16 else {
            return nil
        }
        if first & 0x8000_0000 != 0 {
            self.init(.control)
        } else if second & 0x03ff_ffff == 0 {
            self.init(.correction)
        } else {
            self.init(second & 0x0400_0000 == 0 ? .original : .retransmitted, header: 16)
        }
    }

    /// A RIST packet of the simple profile (VSF TR-06-1), RTP or RTCP, or of the main profile (VSF TR-06-2), the same in
    /// GRE. Retransmissions have the lowest bit of the SSRC set (TR-06-1 section 5.3.3).
    init?(rist payload: UnsafeRawBufferPointer, length: Int) {
        guard let first = payload.byte(at: 0) else { return nil }
        // RTP's version 2 is in the bits of GRE's flags that RIST leaves 0 and 0, or uses alone.
        if first >> 6 == 2, let ssrc = payload.bigEndian32(at: 8) {
            self.init(rtpOrRTCP: payload, ssrc: ssrc, header: 0)
            return
        }
        guard let kind = payload.bigEndian16(at: 2) else { return nil }
        let options = [0x80, 0x20, 0x10].reduce(0) { $0 + (Int(first) & $1 == 0 ? 0 : 4) }
        // Reduced overhead: two virtual ports, then the packet.
        let start = 4 + options + 4
        if kind == 0x88b6, first & 0x20 == 0, let ssrc = payload.bigEndian32(at: start + 8) {
            self.init(rtpOrRTCP: payload.part(from: start), ssrc: ssrc, header: start)
        } else {
            self.init(.control)
        }
    }

    private init(rtpOrRTCP payload: UnsafeRawBufferPointer, ssrc: UInt32, header: Int) {
        if let kind = payload.byte(at: 1), (192...223).contains(kind) {
            self.init(.control)
        } else {
            self.init(ssrc & 1 == 0 ? .original : .retransmitted, header: header + 12)
        }
    }

    init(_ purpose: Purpose, header: Int = 0) {
        self.purpose = purpose
        self.header = header
    }
}

/// SRT, for what its bytes are for.
struct SRTFormat: DatagramFormat {
    func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading {
        DatagramReading(RepairPacket(srt: payload, length: length))
    }
}

/// RIST, for what its bytes are for.
struct RISTFormat: DatagramFormat {
    func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading {
        DatagramReading(RepairPacket(rist: payload, length: length))
    }
}

extension DatagramReading {
    fileprivate init(_ packet: RepairPacket?) {
        switch packet?.purpose {
        case .original: self.init(use: .media, header: packet?.header ?? 0)
        case .retransmitted: self.init(use: .retransmission)
        case .correction: self.init(use: .fec)
        case .control, nil: self.init(use: .control)
        }
    }
}
