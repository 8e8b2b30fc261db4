internal import LabModel

/// Numbers of 32 bits as the queues' attributes hold them; zero where one is absent.
extension Attributes {
    func count(_ attribute: Int) -> Int { Int(value(attribute, as: UInt32.self) ?? 0) }

    func flag(_ attribute: Int) -> Bool { count(attribute) != 0 }

    func size(_ attribute: Int) -> ByteCount { ByteCount(Int64(count(attribute))) }

    /// `nil` where it is absent.
    func microseconds(_ attribute: Int) -> TimeSpan? {
        value(attribute, as: UInt32.self).map { TimeSpan(nanoseconds: Int64($0) * 1000) }
    }
}
