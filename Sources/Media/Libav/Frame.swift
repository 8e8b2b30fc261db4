internal import CAV

/// The owner of an `AVFrame`: a picture or a piece of sound.
struct Frame: ~Copyable {
    let raw: UnsafeMutablePointer<AVFrame>

    init() throws(AVFailure) {
        guard let raw = av_frame_alloc() else { throw .outOfMemory }
        self.raw = raw
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFrame>? = raw
        av_frame_free(&raw)
    }

    /// The plane of luma, with the bytes from one row to the next.
    var luma: PicturePlane? {
        guard let data = raw.pointee.data.0 else { return nil }
        return PicturePlane(
            data: data, stride: Int(raw.pointee.linesize.0), width: Int(raw.pointee.width),
            height: Int(raw.pointee.height))
    }
}

/// 8-bit samples of one plane of a picture that something else owns.
struct PicturePlane {
    let data: UnsafeMutablePointer<UInt8>
    let stride: Int
    let width: Int
    let height: Int

    func fill(x: Int, y: Int, width: Int, height: Int, with value: UInt8) {
        for row in y..<(y + height) { (data + row * stride + x).update(repeating: value, count: width) }
    }

    /// The mean of a rectangle.
    func mean(x: Int, y: Int, width: Int, height: Int) -> Double {
        var sum = 0
        for row in y..<(y + height) {
            let line = data + row * stride + x
            for column in 0..<width { sum += Int(line[column]) }
        }
        return Double(sum) / Double(width * height)
    }
}
