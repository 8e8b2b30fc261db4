extension QueueDiscipline {
    /// What it is told, under `tc`'s names and in the order that `tc` prints it.
    package var parameters: [QdiscState.Parameter] {
        switch self {
        case .fifo(.time(let span)): [.time("limit", span)]
        case .fifo(.bytes(let size)): [.size("limit", size)]
        case .fifo(.packets(let count)): [.count("limit", Double(count))]
        case .codel(let codel): codel.parameters
        case .fqCodel(let queue): queue.parameters
        case .pie(let pie): pie.parameters
        case .fqPie(let queue): queue.parameters
        case .red(let red): red.parameters
        case .cake(let cake): cake.parameters
        }
    }
}

extension CoDel {
    fileprivate var parameters: [QdiscState.Parameter] {
        let threshold = ceThreshold.map { [QdiscState.Parameter.time("ce_threshold", $0)] } ?? []
        return [.count("limit", Double(limit)), .time("target", target)] + threshold + [
            .time("interval", interval), .flag("ecn", ecn),
        ]
    }
}

extension FQCoDel {
    fileprivate var parameters: [QdiscState.Parameter] {
        codel.parameters + [
            .count("flows", Double(flows)), .size("quantum", quantum), .size("memory_limit", memoryLimit),
            .count("drop_batch", Double(dropBatch)),
        ]
    }
}

extension PIE {
    fileprivate var parameters: [QdiscState.Parameter] {
        [
            .count("limit", Double(limit)), .time("target", target), .time("tupdate", update),
            .count("alpha", Double(alpha)), .count("beta", Double(beta)), .flag("ecn", ecn),
            .flag("bytemode", byteMode), .flag("dq_rate_estimator", rateEstimator),
        ]
    }
}

extension FQPIE {
    fileprivate var parameters: [QdiscState.Parameter] {
        pie.parameters + [
            .count("flows", Double(flows)), .size("quantum", quantum), .size("memory_limit", memoryLimit),
            .ratio("ecn_prob", ecnProbability),
        ]
    }
}

extension RED {
    fileprivate var parameters: [QdiscState.Parameter] {
        [
            .size("limit", limit), .size("min", min), .size("max", max), .flag("ecn", ecn),
            .flag("harddrop", hardDrop), .flag("adaptive", adaptive), .ratio("probability", probability),
            .count("burst", Double(burst)), .size("avpkt", averagePacket), .rate("bandwidth", bandwidth),
        ]
    }
}

extension Cake {
    fileprivate var parameters: [QdiscState.Parameter] {
        let memory = memoryLimit.map { [QdiscState.Parameter.size("memlimit", $0)] } ?? []
        return [
            .word("diffserv", diffserv), .word("isolation", isolation), .flag("wash", wash),
            .word("ack-filter", ackFilter), .flag("split-gso", splitGSO), .flag("ingress", ingress),
            .time("rtt", rtt),
            QdiscState.Parameter(
                name: "overhead", value: Double(overhead ?? 0), quantity: .size, word: overhead == nil ? "raw" : nil),
            .size("mpu", ByteCount(Int64(mpu))), .word("framing", framing),
        ] + memory
    }
}
