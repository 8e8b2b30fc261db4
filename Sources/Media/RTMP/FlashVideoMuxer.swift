/// libavformat's FLV muxer (Adobe Flash Video File Format Specification 10.1, annex E), writing its tags here. What
/// RTMP carries as messages are FLV's tags.
final class FlashVideoMuxer {
    /// FLV counts milliseconds.
    static let clockRate = 1000

    /// What comes before the media: the file's header, the description of the streams and the setup of their decoders.
    let header: [UInt8]

    private let muxer: MemoryMuxer

    init(_ streams: [MediaSource.Stream]) throws(AVFailure) {
        muxer = try MemoryMuxer("flv")
        for stream in streams { try muxer.add(stream) }
        // A live stream has no length to go back and fill in.
        try muxer.writeHeader(["flvflags": "no_duration_filesize"])
        header = muxer.takeMade()
    }

    /// The tag of a unit whose times are in milliseconds, decoding times not negative.
    func mux(_ bytes: [UInt8], stream: Int, pts: Int64, dts: Int64, isKey: Bool) throws(AVFailure) -> [UInt8] {
        try muxer.write(bytes, stream: stream, pts: pts, dts: dts, isKey: isKey)
        return muxer.takeMade()
    }
}
