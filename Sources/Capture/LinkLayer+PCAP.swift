internal import LabModel

extension LinkLayer {
    /// The link layer of a `DLT_` value (pcap-linktype(7)).
    init(dataLink value: Int32) {
        switch value {
        case 1: self = .ethernet
        case 113: self = .cooked
        case 276: self = .cooked2
        // Raw IP has one value on OpenBSD, another elsewhere, and one for each version.
        case 12, 14, 101, 228, 229: self = .rawIP
        case 0, 108: self = .loopback
        default: self = .other(value)
        }
    }
}
