internal import LabModel

/// The tables of a transport stream and the streams that they name.
struct TableWatch {
    private var readers: [UInt16: SectionReader] = [0: SectionReader(), 1: SectionReader()]
    private var association: IntervalWatch
    private var maps: [UInt16: IntervalWatch] = [:]
    /// Those that a program map names.
    private var named: [UInt16: (type: UInt8, watch: IntervalWatch)] = [:]
    private(set) var clocks: Set<UInt16> = []
    private var presentation: [UInt16: IntervalWatch] = [:]
    private var hasConditionalAccess = false
    private var firstScrambled: Timestamp?

    private static let tableInterval = TimeSpan.milliseconds(500)
    /// The document leaves it to the user; five seconds is usual.
    private static let streamInterval = TimeSpan.seconds(5)
    private static let presentationInterval = TimeSpan.milliseconds(700)

    init(start: Timestamp) {
        association = IntervalWatch(longest: Self.tableInterval, since: start)
    }

    /// What the program maps name.
    var streams: [(pid: UInt16, type: UInt8)] { named.map { ($0.key, $0.value.type) }.sorted { $0.pid < $1.pid } }

    mutating func interrupt(_ pid: UInt16) {
        readers[pid]?.interrupt()
    }

    mutating func add(_ packet: TransportPacket, at time: Timestamp, _ log: inout IndicatorLog) {
        let pid = packet.pid
        if packet.isScrambled { addScrambled(pid, at: time, &log) }
        if let stream = named[pid] {
            var watch = stream.watch
            if !watch.note(at: time) { log.note(.pid, at: time) }
            named[pid]?.watch = watch
            if packet.startsUnit, packet.hasPresentationTime { notePresentation(pid, at: time, &log) }
        }
        guard !packet.isScrambled, packet.hasPayload, var reader = readers[pid] else { return }
        var sections: [Section] = []
        reader.add(packet) { sections.append($0) }
        readers[pid] = reader
        for section in sections { take(section, pid, at: time, &log) }
    }

    private mutating func addScrambled(_ pid: UInt16, at time: Timestamp, _ log: inout IndicatorLog) {
        firstScrambled = firstScrambled ?? time
        if pid == 0 { log.note(.pat, at: time) }
        if maps[pid] != nil { log.note(.pmt, at: time) }
    }

    private mutating func notePresentation(_ pid: UInt16, at time: Timestamp, _ log: inout IndicatorLog) {
        var watch = presentation[pid] ?? IntervalWatch(longest: Self.presentationInterval, since: time)
        if !watch.note(at: time) { log.note(.pts, at: time) }
        presentation[pid] = watch
    }

    private mutating func take(_ section: Section, _ pid: UInt16, at time: Timestamp, _ log: inout IndicatorLog) {
        let isWanted = pid == 0 ? section.table == 0 : pid == 1 ? section.table == 1 : section.table == 2
        guard isWanted else {
            // A program map may share its PID with other tables.
            if pid <= 1 { log.note(pid == 0 ? .pat : .cat, at: time) }
            return
        }
        guard section.isSound else { return log.note(.crc, at: time) }
        switch pid {
        case 0: takeAssociation(section, at: time, &log)
        case 1: hasConditionalAccess = true
        default: takeMap(section, pid, at: time, &log)
        }
    }

    private mutating func takeAssociation(_ section: Section, at time: Timestamp, _ log: inout IndicatorLog) {
        if !association.note(at: time) { log.note(.pat, at: time) }
        for pid in section.programMaps where maps[pid] == nil {
            maps[pid] = IntervalWatch(longest: Self.tableInterval, since: time)
            readers[pid] = SectionReader()
        }
    }

    private mutating func takeMap(_ section: Section, _ pid: UInt16, at time: Timestamp, _ log: inout IndicatorLog) {
        if maps[pid]?.note(at: time) == false { log.note(.pmt, at: time) }
        guard let map = section.programMap else { return }
        clocks.insert(map.clock)
        for stream in map.streams where named[stream.pid] == nil {
            named[stream.pid] = (stream.type, IntervalWatch(longest: Self.streamInterval, since: time))
        }
    }

    /// What was waited for to the end.
    mutating func finish(at end: Timestamp, _ log: inout IndicatorLog) {
        if !association.note(at: end) { log.note(.pat, at: end) }
        for pid in maps.keys where maps[pid]?.note(at: end) == false { log.note(.pmt, at: end) }
        for pid in named.keys where named[pid]?.watch.note(at: end) == false { log.note(.pid, at: end) }
        for pid in presentation.keys where presentation[pid]?.note(at: end) == false { log.note(.pts, at: end) }
        if let firstScrambled, !hasConditionalAccess { log.note(.cat, at: firstScrambled) }
    }
}

extension TransportPacket {
    /// Whether a PES packet begins here that has a presentation time (ISO/IEC 13818-1 section 2.4.3.6).
    var hasPresentationTime: Bool {
        let bytes = payload
        guard bytes.count >= 9, bytes[0] == 0, bytes[1] == 0, bytes[2] == 1 else { return false }
        return bytes[6] >> 6 == 2 && bytes[7] & 0x80 != 0
    }
}
