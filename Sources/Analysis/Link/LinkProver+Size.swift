internal import LabModel

extension LinkProver {
    /// The largest packet that was sent against the link's MTU, where one was asked for: what is larger the kernel sends
    /// as fragments, and TCP never makes.
    func largest(_ truth: LinkTruth, _ inputs: RunInputs, from: Timestamp, to: Timestamp) -> [LinkProof] {
        let asked = inputs.plan.mtu
        guard asked != .ethernetMTU else { return [] }
        var proof = LinkProof(
            direction: direction, property: .mtu, from: from - origin, to: to - origin, quantity: .size,
            judgement: .unmeasured, witness: "captures")
        proof.asked = Double(asked.bytes)
        proof.applied = (inputs.run.mtu?.bytes).map(Double.init)
        let largest = ByteCount(Int64(truth.largest)).unframed.bytes
        // The payload of a fragment is a multiple of eight bytes, so that even the largest may lack seven.
        guard largest > asked.bytes - 8 else {
            proof.note = "no packet came near it"
            return [proof]
        }
        proof.measured = Double(largest)
        proof.judge(error: Double(max(0, largest - asked.bytes)), tolerance: 0)
        if let applied = inputs.run.mtu, applied != asked { proof.judgement = .off }
        proof.note = "the largest packet; \(truth.fragments) were fragments"
        return [proof]
    }
}
