internal import LabModel

extension StreamFacts {
    /// Where in the media a timestamp on the stream's clock is, in seconds.
    func mediaTime(of timestamp: UInt32) -> Double {
        Double(Int32(bitPattern: timestamp &- firstTimestamp)) / Double(clockRate)
    }
}
