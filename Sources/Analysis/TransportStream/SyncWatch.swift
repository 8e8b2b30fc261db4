/// Synchronisation of a transport stream by its sync bytes (ISO/IEC 13818-1 annex G.1): lost after two wrong ones in a
/// row, found after five right ones.
struct SyncWatch {
    private var isSynchronous = true
    private var wrong = 0
    private var right = 0

    /// Notes the next packet's sync byte; whether this is where sync is lost.
    mutating func add(isRight: Bool) -> Bool {
        (right, wrong) = isRight ? (right + 1, 0) : (0, wrong + 1)
        if isSynchronous, wrong == 2 {
            isSynchronous = false
            return true
        }
        if right == 5 { isSynchronous = true }
        return false
    }
}
