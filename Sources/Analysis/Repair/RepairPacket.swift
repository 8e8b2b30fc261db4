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
