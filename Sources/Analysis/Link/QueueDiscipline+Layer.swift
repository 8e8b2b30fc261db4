internal import LabModel

extension QueueDiscipline {
    /// What the rate counts for an Ethernet frame of `size` bytes.
    func accounted(_ size: Int) -> Int {
        if case .cake(let cake) = self { cake.accounted(size) } else { size }
    }

    /// The layer at which the rate counts bytes.
    var layer: String {
        guard case .cake(let cake) = self, cake != plain(cake) else { return "Ethernet" }
        return "cake's own"
    }

    private func plain(_ cake: Cake) -> Cake {
        var plain = cake
        (plain.overhead, plain.mpu, plain.framing) = (nil, 0, .none)
        return plain
    }
}
