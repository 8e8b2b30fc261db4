import LabModel

/// The keys of `pipeline.rist:`.
enum RISTKeys {
    static let profile = Key(
        "profile", ValueKind<RISTPlan.Profile>.choice(later: ["advanced"]), "How RTP and RTCP travel.")
    static let buffer = Key(
        "buffer", .time(from: 0.05, to: 30),
        "How long a packet is held back: until then it can be sent again; 1s when left out.")
    static let shape = MappingShape(
        [profile, buffer],
        notes: [
            "latency": .called("buffer"), "delay": .called("buffer"), "secret": .later, "passphrase": .later,
            "fec": .later,
        ])
}

extension ValueKind where Value == RISTPlan {
    static let rist = ValueKind(shape: .mapping(RISTKeys.shape)) { item in
        Fields(item, RISTKeys.shape).map { fields in
            let usual = RISTPlan()
            return RISTPlan(
                profile: fields(RISTKeys.profile) ?? usual.profile, buffer: fields(RISTKeys.buffer) ?? usual.buffer)
        }
    }
}
