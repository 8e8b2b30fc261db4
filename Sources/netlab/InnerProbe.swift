import Engine
import Lab

/// The inner side of the question whether an engine works: it adds a netem and says why where it cannot.
enum InnerProbe {
    static func run(_ context: Inside.Context) -> Int32 {
        guard let missing = Capability.whyNetemDoesNotWork() else { return 0 }
        print("\(missing): \(missing.reason)")
        return 3
    }
}
