internal import LabModel
internal import LinuxKit
internal import RunStore

/// Decodes what a run received and writes down the marks found in it.
package struct MarkReader {
    private let run: RunDirectory
    private let streams: [StreamFacts]
    private let units: [ReceivedUnit]

    package init(run path: String) throws {
        run = try RunDirectory(existing: path)
        streams = try run.read([StreamFacts].self, from: RunFolder.streams).filter(\.marked)
        units = streams.isEmpty ? [] : try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
    }

    /// Writes `media/frame-marks.jsonl` and `media/sound-marks.jsonl`, each kind on a thread of its own; nothing where
    /// the media had no marks.
    package func read() throws {
        let failure = Condition<[String]>([])
        let threads = try streams.map { facts in
            try Thread.run(named: "\(facts.stream)-marks") {
                do {
                    try read(facts)
                } catch {
                    failure.change { $0.append("\(error)") }
                }
            }
        }
        for thread in threads { thread.join() }
        if let first = failure.look(\.first) { throw MediaError("read marks of", run.path, first) }
    }

    private func read(_ facts: StreamFacts) throws {
        let mine = units.filter { $0.stream == facts.stream }
        switch facts.stream {
        case .video:
            try write(
                try FrameMarkReader(facts).read(mine, from: run.file(RunFolder.receivedVideo)), RunFolder.frameMarks)
        case .audio:
            try write(
                try SoundMarkReader(facts).read(mine, from: run.file(RunFolder.receivedAudio)), RunFolder.soundMarks)
        }
    }

    private func write(_ values: [some Encodable & Sendable], _ name: String) throws {
        var text: [UInt8] = []
        for value in values { text += try JSONText.line(value) }
        try File.write(text, to: run.file(name))
    }
}

/// The bytes of received access units, one after the other.
struct UnitBytes: ~Copyable {
    private let file: FileDescriptor
    private let path: String
    private var position: Int64 = 0

    init(_ path: String) throws(SystemCallError) {
        self.path = path
        file = try FileDescriptor.open(path)
    }

    /// The bytes of `unit`, which lies at or behind the end of the unit before; nil where the file is cut short.
    mutating func bytes(of unit: ReceivedUnit) throws(SystemCallError) -> [UInt8]? {
        let start = unit.offset
        guard start >= position, unit.size.bytes >= 0, unit.size.bytes < 1 << 30 else { return nil }
        while position < start { _ = try next(Int(min(start - position, 1 << 20))) }
        let bytes = try next(Int(unit.size.bytes))
        return bytes.count == Int(unit.size.bytes) ? bytes : nil
    }

    private mutating func next(_ count: Int) throws(SystemCallError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let rest = count - bytes.count
            let more = try SystemCallError.naming("read", path) { () throws(Errno) in try file.read(upTo: rest) }
            if more.isEmpty { break }
            bytes += more
        }
        position += Int64(max(bytes.count, count))
        return bytes
    }
}
