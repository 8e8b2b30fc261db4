import FoundationEssentials

/// The wall clock's time as names of run directories and reports write it.
enum RunTime {
    /// Such as `2026-01-31T120000Z`: sorts by time and is a name on every file system.
    static func now() -> String {
        Date.now.formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted))
    }
}
