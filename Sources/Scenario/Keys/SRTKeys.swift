import LabModel

/// The keys of `pipeline.srt:`.
enum SRTKeys {
    static let latency = Key(
        "latency", .time(to: 60), "How long after its sending a packet is given out: until then it can be sent again.")
    static let mode = Key(
        "mode", ValueKind<SRTPlan.Mode>.choice(), "What the sender does: call, listen, or both ends call.")
    static let passphrase = Key("passphrase", .text(bytes: 10...79), "Encrypts with AES-128.")
    static let streamID = Key(
        "streamid", .text(bytes: 1...512), "What the caller asks for, and the only one that the listener takes.")
    static let shape = MappingShape(
        [latency, mode, passphrase, streamID],
        notes: [
            "delay": .called("latency"), "tsbpddelay": .called("latency"), "password": .called("passphrase"),
            "stream": .called("streamid"), "id": .called("streamid"), "pbkeylen": .later, "fec": .later,
        ])
}

extension ValueKind where Value == SRTPlan {
    static let srt = ValueKind(shape: .mapping(SRTKeys.shape)) { item in
        Fields(item, SRTKeys.shape).map { fields in
            let usual = SRTPlan()
            let streamID = fields.located(SRTKeys.streamID)
            let plan = SRTPlan(
                latency: fields(SRTKeys.latency) ?? usual.latency, mode: fields(SRTKeys.mode) ?? usual.mode,
                passphrase: fields(SRTKeys.passphrase), streamID: streamID?.value)
            if plan.mode == .rendezvous, let streamID {
                item.reading.error(
                    "nobody asks for a stream where both ends call", at: streamID.mark,
                    hint: "leave 'streamid' out, or take mode caller or listener")
            }
            return plan
        }
    }
}
