extension QdiscHandle {
    /// The qdisc's number.
    package var major: UInt16 { UInt16(raw >> 16) }

    /// The class's number; 0 is the qdisc itself.
    package var minor: UInt16 { UInt16(raw & 0xffff) }

    /// Where what arrives hangs (`TC_H_INGRESS`, which `clsact` shares).
    package static let arrivals = QdiscHandle(0xffff, 0xfff1)

    /// Where filters see what arrives, and where `clsact` also shows what leaves (`TC_H_MIN_INGRESS`,
    /// `TC_H_MIN_EGRESS`).
    package static let filterPlaces = [QdiscHandle(0xffff, 0xfff2), QdiscHandle(0xffff, 0xfff3)]

    /// The qdisc that hangs there.
    package static let ingress = QdiscHandle(0xffff)
}
