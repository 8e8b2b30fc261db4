import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

/// Fragmented MP4 in messages, as browsers are fed.
@Suite struct FragmentTests {
    private static func schedule(_ audio: AudioPlan.Codec) throws -> (MediaSource, DatagramSchedule) {
        let source = try MediaSource.load(Sample.file(Sample.plan(audio: audio)))
        return (source, try DatagramSchedule(fragmentsOf: source, marked: true))
    }

    private static func boxes(_ bytes: [UInt8]) -> [String] {
        var (types, place): ([String], Int) = ([], 0)
        while place + 8 <= bytes.count {
            types.append(String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self))
            place += bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
        return place == bytes.count ? types : types + ["and a rest"]
    }

    @Test(arguments: [AudioPlan.Codec.aac, .opus])
    func `The initialization comes first, then a fragment for each access unit when it is due`(
        _ audio: AudioPlan.Codec
    ) throws {
        let (source, schedule) = try Self.schedule(audio)
        #expect(Self.boxes(schedule.datagrams[0].bytes) == ["ftyp", "moov"])
        #expect(schedule.datagrams.dropFirst().allSatisfy { Self.boxes($0.bytes) == ["moof", "mdat"] })
        #expect(schedule.units.count == source.streams.reduce(0) { $0 + $1.units.count })
        #expect(schedule.units.map(\.datagrams) == (1...schedule.units.count).map { $0...$0 })
        for unit in schedule.units { #expect(schedule.datagrams[unit.datagrams.lowerBound].due == unit.due) }
        #expect(schedule.streams.map(\.clockRate) == [90_000, 48_000])
    }

    @Test(arguments: [AudioPlan.Codec.aac, .opus])
    func `ffprobe finds every unit at its time in the messages one behind the other`(_ audio: AudioPlan.Codec) throws {
        let (source, schedule) = try Self.schedule(audio)
        let scratch = try Scratch()
        let file = "\(scratch.path)/messages.mp4"
        try File.write(schedule.datagrams.flatMap(\.bytes), to: file)
        let arguments = ["-v", "warning", "-show_entries", "packet=codec_type,pts,size", "-of", "csv=p=0", file]
        let found = try #require(try output(of: "ffprobe", arguments)).split(separator: "\n").map(String.init)
        for (stream, facts) in zip(source.streams, schedule.streams) {
            let shown = found.filter { $0.hasPrefix(facts.stream.rawValue) }
            let expected = schedule.units.filter { $0.line.stream == stream.kind }
            #expect(shown.count == expected.count)
            let times = shown.map { Int64($0.split(separator: ",")[1]) }
            #expect(times == expected.map { Int64($0.line.timestamp) })
        }
    }

    @Test(arguments: [nil, 1, 1000, 100_000])
    func `However the bytes are cut, each unit comes with its content when its last byte has`(_ size: Int?) throws {
        let (_, schedule) = try Self.schedule(.aac)
        var pieces = schedule.datagrams.map(\.bytes)
        if let size {
            let bytes = pieces.prefix(40).flatMap(\.self)
            pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        }
        var rest = pieces.enumerated().map { (bytes: $1, time: Int64($0)) }[...]
        let demuxer = FragmentStreamDemuxer { rest.popFirst() }
        var units: [ArrivedUnit] = []
        while let unit = try demuxer.read() { units.append(unit) }
        let sent = schedule.units.prefix(size == nil ? .max : 39)
        #expect(units.count == sent.count)
        var end = schedule.datagrams[0].bytes.count
        for (unit, got) in zip(sent, units) {
            #expect(unit.line.content == UnitContent.checksum(got.bytes) && unit.line.stream == got.kind)
            #expect(Int64(unit.line.timestamp) == got.pts && unit.line.key == got.isKey)
            end += schedule.datagrams[unit.datagrams.lowerBound].bytes.count
            #expect(got.time == Int64(size.map { (end - 1) / $0 } ?? unit.datagrams.lowerBound))
        }
    }
}
