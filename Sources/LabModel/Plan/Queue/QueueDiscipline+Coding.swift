/// In JSON a first-in-first-out queue is its limit, as `{"time": ...}`, and any other stands under the kernel's name, as
/// `{"fq_codel": {...}}`.
extension QueueDiscipline: Codable {
    private enum Kind: String, CodingKey {
        case codel, pie, red, cake
        case fqCodel = "fq_codel"
        case fqPie = "fq_pie"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        switch container.allKeys.first {
        case .codel: self = .codel(try container.decode(CoDel.self, forKey: .codel))
        case .fqCodel: self = .fqCodel(try container.decode(FQCoDel.self, forKey: .fqCodel))
        case .pie: self = .pie(try container.decode(PIE.self, forKey: .pie))
        case .fqPie: self = .fqPie(try container.decode(FQPIE.self, forKey: .fqPie))
        case .red: self = .red(try container.decode(RED.self, forKey: .red))
        case .cake: self = .cake(try container.decode(Cake.self, forKey: .cake))
        case nil: self = .fifo(try QueueLimit(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if case .fifo(let limit) = self { return try limit.encode(to: encoder) }
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .fifo: break
        case .codel(let codel): try container.encode(codel, forKey: .codel)
        case .fqCodel(let queue): try container.encode(queue, forKey: .fqCodel)
        case .pie(let pie): try container.encode(pie, forKey: .pie)
        case .fqPie(let queue): try container.encode(queue, forKey: .fqPie)
        case .red(let red): try container.encode(red, forKey: .red)
        case .cake(let cake): try container.encode(cake, forKey: .cake)
        }
    }
}
