extension QueueDiscipline {
    /// Why a timeline cannot make `new` of this queue without losing what it holds; `nil` where it can.
    package func whyItCannotBecome(_ new: QueueDiscipline) -> String? {
        switch (self, new) {
        case (.fifo, .fifo) where kind != new.kind:
            "a timeline cannot change a queue between bytes and packets: what is queued would be lost"
        case (.fqCodel(let old), .fqCodel(let new)) where old.flows != new.flows:
            "a timeline cannot change how many flows fq_codel has"
        case (.fqPie(let old), .fqPie(let new)) where old.flows != new.flows:
            "a timeline cannot change how many flows fq_pie has"
        case (.red(let old), .red(let new)) where old != new:
            "a timeline cannot change red: the kernel would drop what is queued"
        case _ where kind != new.kind:
            "a timeline cannot replace \(kind) by \(new.kind): what is queued would be lost"
        default: nil
        }
    }
}
