internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes the access units that come to the run directory: their bytes, then the lines that point to them.
final class UnitStore {
    private let files: [MediaKind: BytesFile]
    private let lines: LineWriter<ReceivedUnit>
    private var pending: [ReceivedUnit] = []
    private var pendingBytes = 0
    private var counts: [MediaKind: Int] = [:]
    /// Of a sender that puts parameter sets where it likes.
    private let bareCodecs: [MediaKind: String]
    private var lastFlush = Clock.monotonic()

    /// - Parameter camera: whose units they are, from 1.
    init(_ run: RunDirectory, camera: Int = 1) throws {
        func path(_ name: String) -> String { run.file(RunFolder.received(name, ofCamera: camera)) }
        files = [
            .video: try BytesFile(path(RunFolder.receivedVideo)),
            .audio: try BytesFile(path(RunFolder.receivedAudio)),
        ]
        lines = try LineWriter(path(RunFolder.receivedUnits))
        let streams =
            run.has(RunFolder.expectedUnits) ? try run.read([StreamFacts].self, from: RunFolder.streams) : []
        bareCodecs = Dictionary(streams.map { ($0.stream, $0.codec) }) { first, _ in first }
    }

    /// - Parameters:
    ///   - timestamp: on the stream's clock.
    ///   - isChecked: whether no packets of its own tell if it is whole, but its content does.
    ///   - rendition: which of a ladder it is of.
    ///   - time: when the last of it came (ns since 1970).
    func add(
        _ kind: MediaKind, _ bytes: [UInt8], timestamp: UInt32, isKey: Bool, isChecked: Bool = false,
        rendition: String? = nil, time: Int64
    ) throws {
        guard let file = files[kind] else { return }
        pending.append(
            ReceivedUnit(
                stream: kind, rendition: rendition, index: counts[kind, default: 0], timestamp: timestamp, key: isKey,
                content: isChecked ? content(of: bytes, kind) : nil, offset: file.add(bytes),
                size: ByteCount(Int64(bytes.count)),
                time: Timestamp(nanoseconds: time)))
        counts[kind, default: 0] += 1
        pendingBytes += bytes.count
        if pendingBytes > 1 << 20 || Clock.monotonic() - lastFlush > 1_000_000_000 { try flush() }
    }

    private func content(of bytes: [UInt8], _ kind: MediaKind) -> UInt32 {
        UnitContent.checksum(bareCodecs[kind].map { UnitContent.bare(bytes, codec: $0) } ?? bytes)
    }

    func flush() throws {
        for file in files.values { try file.flush() }
        if !pending.isEmpty { try lines.append(pending) }
        pending = []
        pendingBytes = 0
        lastFlush = Clock.monotonic()
    }
}
