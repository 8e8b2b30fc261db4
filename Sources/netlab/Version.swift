/// The program's own version (semver.org).
enum Version {
    static let current = "0.1.0"
}
