internal import LabModel

/// The queues in the words of tc(8).
extension Qdisc.Options {
    /// - Parameter isNew: a qdisc that is there already refuses a number of flows.
    func queueWords(isNew: Bool) -> [String?] {
        switch self {
        case .codel(let codel): codel.words
        case .fqCodel(let queue):
            [isNew ? "flows \(queue.flows)" : nil, "quantum \(queue.quantum.bytes)"] + queue.codel.words + [
                "memory_limit \(queue.memoryLimit.bytes)", "drop_batch \(queue.dropBatch)",
            ]
        case .pie(let pie): pie.words
        case .fqPie(let queue):
            [isNew ? "flows \(queue.flows)" : nil, "quantum \(queue.quantum.bytes)"] + queue.pie.words + [
                "memory_limit \(queue.memoryLimit.bytes)",
                "ecn_prob \(Int((queue.ecnProbability.value * 100).rounded()))",
            ]
        case .red(let red): red.words
        case .cake(let cake, let rate): ["bandwidth \(TcWords.rate(rate))"] + cake.words
        case .netem, .tokenBucket, .htb, .htbClass, .prio, .fifo: []
        }
    }
}

extension CoDel {
    fileprivate var words: [String?] {
        [
            "limit \(limit)", "target \(TcWords.time(target))", "interval \(TcWords.time(interval))",
            ecn ? "ecn" : "noecn", ceThreshold.map { "ce_threshold \(TcWords.time($0))" },
        ]
    }
}

extension PIE {
    fileprivate var words: [String?] {
        [
            "limit \(limit)", "target \(TcWords.time(target))", "tupdate \(TcWords.time(update))", "alpha \(alpha)",
            "beta \(beta)", ecn ? "ecn" : "noecn", byteMode ? "bytemode" : "nobytemode",
            rateEstimator ? "dq_rate_estimator" : "no_dq_rate_estimator",
        ]
    }
}

extension RandomEarlyDetection {
    /// `tc` works out weight and probability from these as netlab does. Its table of how the average sinks is in other
    /// units than the kernel's, and so another.
    fileprivate var words: [String?] {
        [
            "limit \(limit)", "min \(min)", "max \(max)", told.map { "avpkt \($0.averagePacket.bytes)" },
            told.map { "burst \($0.burst)" }, told.map { "bandwidth \(TcWords.rate($0.bandwidth))" },
            "probability \((probability.value * 1e9).rounded() / 1e9)", ecn ? "ecn" : nil, hardDrop ? "harddrop" : nil,
            adaptive ? "adaptive" : nil,
        ]
    }
}

extension Cake {
    fileprivate var words: [String?] {
        let filters: [AckFilter: String] = [
            .off: "no-ack-filter", .on: "ack-filter", .aggressive: "ack-filter-aggressive",
        ]
        return [
            diffserv.rawValue, isolation.rawValue, wash ? "wash" : "nowash", filters[ackFilter],
            splitGSO ? "split-gso" : "no-split-gso", ingress ? "ingress" : "egress", "rtt \(TcWords.time(rtt))",
            overhead.map { "overhead \($0)" } ?? "raw", "mpu \(mpu)", framing.rawValue,
            memoryLimit.map { "memlimit \($0.bytes)" },
        ]
    }
}
