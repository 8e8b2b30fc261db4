internal import CNetlink
internal import LabModel

/// What a queue counts for itself (`TCA_STATS_APP`), under the names that `tc -s` prints.
enum QueueStatistics {
    typealias Statistic = QdiscState.Parameter

    /// - Parameter attributes: of `TCA_STATS2`.
    static func read(kind: String, _ attributes: Attributes) -> [Statistic]? {
        switch kind {
        case "codel": attributes.value(TCA_STATS_APP, as: tc_codel_xstats.self).map(codel)
        // A union of a qdisc's figures and a class's follows the number that tells which it is.
        case "fq_codel":
            (attributes.bytes(TCA_STATS_APP)?.dropFirst(4)).map { Array($0) }?.structure().map(fairCodel)
        case "pie": attributes.value(TCA_STATS_APP, as: tc_pie_xstats.self).map(pie)
        case "fq_pie": attributes.value(TCA_STATS_APP, as: tc_fq_pie_xstats.self).map(fairPie)
        case "red": attributes.value(TCA_STATS_APP, as: tc_red_xstats.self).map(red)
        case "cake": attributes.bytes(TCA_STATS_APP).map { cake(Attributes($0)) }
        default: nil
        }
    }

    private static func codel(_ stats: tc_codel_xstats) -> [Statistic] {
        [
            count("count", stats.count), count("lastcount", stats.lastcount), time("ldelay", stats.ldelay),
            .flag("dropping", stats.dropping != 0),
            .time("drop_next", TimeSpan(nanoseconds: Int64(stats.drop_next) * 1000)),
            size("maxpacket", stats.maxpacket), count("ecn_mark", stats.ecn_mark),
            count("drop_overlimit", stats.drop_overlimit), count("ce_mark", stats.ce_mark),
        ]
    }

    private static func fairCodel(_ stats: tc_fq_codel_qd_stats) -> [Statistic] {
        [
            size("maxpacket", stats.maxpacket), count("drop_overlimit", stats.drop_overlimit),
            count("new_flow_count", stats.new_flow_count), count("ecn_mark", stats.ecn_mark),
            count("ce_mark", stats.ce_mark), count("drop_overmemory", stats.drop_overmemory),
            size("memory_used", stats.memory_usage), count("new_flows_len", stats.new_flows_len),
            count("old_flows_len", stats.old_flows_len),
        ]
    }

    private static func pie(_ stats: tc_pie_xstats) -> [Statistic] {
        [
            .ratio("prob", Probability(clamping: Double(stats.prob) / 0x1p64)), time("delay", stats.delay),
            count("pkts_in", stats.packets_in), count("overlimit", stats.overlimit), count("dropped", stats.dropped),
            count("maxq", stats.maxq), count("ecn_mark", stats.ecn_mark),
        ]
    }

    private static func fairPie(_ stats: tc_fq_pie_xstats) -> [Statistic] {
        [
            count("pkts_in", stats.packets_in), count("overlimit", stats.overlimit),
            count("overmemory", stats.overmemory), count("dropped", stats.dropped),
            count("ecn_mark", stats.ecn_mark), count("new_flow_count", stats.new_flow_count),
            count("new_flows_len", stats.new_flows_len), count("old_flows_len", stats.old_flows_len),
            size("memory_used", stats.memory_usage),
        ]
    }

    private static func red(_ stats: tc_red_xstats) -> [Statistic] {
        [
            count("marked", stats.marked), count("early", stats.early), count("pdrop", stats.pdrop),
            count("other", stats.other),
        ]
    }

    /// Of the tins together what is counted, and each tin's own figures behind its number.
    private static func cake(_ attributes: Attributes) -> [Statistic] {
        let tins = attributes.nested(TCA_CAKE_STATS_TIN_STATS)
        let own: [Statistic] = [
            .size("memory_used", attributes.size(TCA_CAKE_STATS_MEMORY_USED)),
            .size("memory_limit", attributes.size(TCA_CAKE_STATS_MEMORY_LIMIT)),
        ]
        return own
            + (1...Int(TC_CAKE_MAX_TINS)).flatMap { number -> [Statistic] in
                guard tins.bytes(number) != nil else { return [] }
                return tin(tins.nested(number), "tin \(number - 1) ")
            }
    }

    private static func tin(_ tin: Attributes, _ prefix: String) -> [Statistic] {
        let rate = KernelUnits.rate(bytesPerSecond: tin.value(TCA_CAKE_TIN_STATS_THRESHOLD_RATE64) ?? 0)
        let times: [Statistic] = [
            ("target", TCA_CAKE_TIN_STATS_TARGET_US), ("interval", TCA_CAKE_TIN_STATS_INTERVAL_US),
            ("pk_delay", TCA_CAKE_TIN_STATS_PEAK_DELAY_US), ("av_delay", TCA_CAKE_TIN_STATS_AVG_DELAY_US),
            ("sp_delay", TCA_CAKE_TIN_STATS_BASE_DELAY_US),
        ].map { .time(prefix + $0, tin.microseconds($1) ?? .zero) }
        let counts: [Statistic] = [
            ("pkts", TCA_CAKE_TIN_STATS_SENT_PACKETS), ("drops", TCA_CAKE_TIN_STATS_DROPPED_PACKETS),
            ("marks", TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS), ("ack_drop", TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS),
            ("sp_flows", TCA_CAKE_TIN_STATS_SPARSE_FLOWS), ("bk_flows", TCA_CAKE_TIN_STATS_BULK_FLOWS),
            ("un_flows", TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS),
        ].map { .count(prefix + $0, Double(tin.count($1))) }
        let backlog = Statistic.size(prefix + "backlog", tin.size(TCA_CAKE_TIN_STATS_BACKLOG_BYTES))
        return [.rate(prefix + "thresh", rate)] + times + [backlog] + counts
    }

    private static func count(_ name: String, _ value: UInt32) -> Statistic { .count(name, Double(value)) }

    private static func size(_ name: String, _ value: UInt32) -> Statistic { .size(name, ByteCount(Int64(value))) }

    private static func time(_ name: String, _ microseconds: UInt32) -> Statistic {
        .time(name, TimeSpan(nanoseconds: Int64(microseconds) * 1000))
    }
}
