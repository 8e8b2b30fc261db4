internal import LabModel
internal import LinuxKit

/// Units that a decoder of their own is given: pictures from a key frame up to a later one, or all the sound there is.
///
/// What is read from a stretch follows from the stretch and its stream's `CodecSetup` alone. So one that was received
/// as it was sent reads as it did when its media was made, and need not be decoded again.
struct Stretch: Sendable {
    struct Unit: Sendable {
        /// Presentation time since the media's start, on `Stretch.clock`.
        let ticks: Int64
        /// Where it lies in the stretch's bytes.
        let bytes: Range<Int>
    }

    /// The clock of units to be decoded, whatever clock their protocol has: RTP's for H.264, and the samples of marked
    /// sound.
    static func clock(of kind: MediaKind) -> Int {
        switch kind {
        case .video: 90_000
        case .audio: SoundBurst.sampleRate
        }
    }

    private(set) var units: [Unit] = []
    private(set) var bytes: [UInt8] = []

    mutating func add(_ unit: some Collection<UInt8>, ticks: Int64) {
        let start = bytes.count
        bytes += unit
        units.append(Unit(ticks: ticks, bytes: start..<bytes.count))
    }

    /// The same for stretches that read the same, and for no others.
    func fingerprint(_ setup: CodecSetup) throws(AVFailure) -> String {
        let hash = try Fingerprint()
        hash.add(setup.codec)
        hash.add(setup.extradata)
        hash.add(units.flatMap { [$0.ticks, Int64($0.bytes.lowerBound), Int64($0.bytes.upperBound)] })
        hash.add(bytes)
        return hash.text()
    }

    /// Where the pictures of a stream are cut: before the first key frame of each second of the media. The cuts hang on
    /// the media's time and not on how many units there are, so that after a loss they are where they would have been.
    ///
    /// - Parameter units: in decoding order, times in ticks of `clockRate`.
    static func cuts(_ units: [(isKey: Bool, ticks: Int64)], clockRate: Int) -> [Range<Int>] {
        guard let first = units.first, clockRate > 0 else { return [] }
        var cuts: [Range<Int>] = []
        var start = (index: 0, second: first.ticks / Int64(clockRate))
        for (index, unit) in units.enumerated() where unit.isKey && index > 0 {
            let second = unit.ticks / Int64(clockRate)
            if second == start.second { continue }
            cuts.append(start.index..<index)
            start = (index, second)
        }
        return cuts + [start.index..<units.count]
    }
}

/// What a decoder is told of a stream before the first unit.
struct CodecSetup: Sendable {
    /// ffmpeg's name.
    let codec: String
    let extradata: [UInt8]
}
