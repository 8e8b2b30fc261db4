/// A queue whose elements keep their number while others come and go at both ends.
struct RingBuffer<Element> {
    private var storage: [Element?] = Array(repeating: nil, count: 64)
    /// The numbers that are in it.
    private(set) var first = 0
    private(set) var end = 0

    var isEmpty: Bool { first == end }

    /// The new element gets the number `end`.
    mutating func append(_ element: Element) {
        if end - first == storage.count { grow() }
        storage[end & (storage.count - 1)] = element
        end += 1
    }

    mutating func removeFirst() {
        storage[first & (storage.count - 1)] = nil
        first += 1
    }

    /// The element of a number; `nil` where it is no longer or not yet there.
    subscript(number: Int) -> Element? {
        get { number >= first && number < end ? storage[number & (storage.count - 1)] : nil }
        set { if number >= first, number < end { storage[number & (storage.count - 1)] = newValue } }
    }

    private mutating func grow() {
        var larger: [Element?] = Array(repeating: nil, count: storage.count * 2)
        for number in first..<end { larger[number & (larger.count - 1)] = storage[number & (storage.count - 1)] }
        storage = larger
    }
}
