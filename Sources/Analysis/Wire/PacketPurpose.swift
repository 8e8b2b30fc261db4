/// What the bytes of one packet of the stream are for.
struct PacketPurpose: Equatable {
    enum Use {
        /// Media that was not sent before.
        case media
        case retransmission
        case fec
        case control
    }

    var use: Use
    /// Of a packet of media: its headers up to what the protocol carries, from Ethernet's on.
    var headers = 0
    /// Of a packet of media: bytes of its payload that had been sent before.
    var repeated = 0
    /// Of a packet of media: bytes of it that fill up MPEG-TS; `nil` where it cannot be told.
    var stuffing: Int? = 0
}
