internal import Netlink

/// Writes a program of terms, one of which must hold, of conditions that must all hold.
///
/// A condition that does not hold jumps to the end of its term by an instruction of its own: a comparison skips 255
/// instructions at most.
struct PacketAssembler {
    /// The codes of <linux/filter.h> that are needed: what is loaded (`BPF_LD`, `BPF_LDX`), by an absolute place or by
    /// one behind the IP header, whose length is in the index register.
    enum Code: UInt16 {
        case loadByte = 0x30
        case loadHalf = 0x28
        case loadWord = 0x20
        case loadByteBehind = 0x50
        case loadHalfBehind = 0x48
        case loadWordBehind = 0x40
        case loadNumber = 0x00
        case loadKept = 0x60
        case keep = 0x02
        case indexNumber = 0x01
        /// Four times the low half of a byte: the length of an IPv4 header.
        case indexHeaderLength = 0xb1
        case and = 0x54
        case jump = 0x05
        case ifEqual = 0x15
        case ifGreater = 0x25
        case ifAtLeast = 0x35
        case ifAnyBit = 0x45
        case answer = 0x06
    }

    private var code: [PacketProgram.Instruction] = []
    /// Jumps to the end of the term that is being written.
    private var misses: [Int] = []

    mutating func add(_ code: Code, _ operand: UInt32, ifTrue: Int = 0, ifFalse: Int = 0) {
        self.code.append(
            PacketProgram.Instruction(code.rawValue, operand, ifTrue: UInt8(ifTrue), ifFalse: UInt8(ifFalse)))
    }

    /// Goes on where what is loaded is one of `values`.
    mutating func require(anyOf values: [UInt32]) {
        for (index, value) in values.enumerated() { add(.ifEqual, value, ifTrue: values.count - index) }
        miss()
    }

    /// Goes on where one of two places has one of `values`: together 120 at most.
    mutating func require(anyOf values: [UInt32], at places: [UInt32], by load: Code) {
        var left = places.count * (values.count + 1)
        for place in places {
            add(load, place)
            left -= 1
            for value in values {
                add(.ifEqual, value, ifTrue: left)
                left -= 1
            }
        }
        miss()
    }

    /// Goes on where these words follow each other at one of `places`.
    mutating func require(words: [UInt32], at places: [UInt32]) {
        let length = 2 * words.count + 1
        for (number, place) in places.enumerated() {
            for (index, word) in words.enumerated() {
                add(.loadWord, place + UInt32(4 * index))
                add(.ifEqual, word, ifFalse: length - 2 * index - 2)
            }
            add(.jump, UInt32((places.count - 1 - number) * length + 1))
        }
        miss()
    }

    /// Goes on where what is loaded is in `range`, or, with `isInside` false, outside of it.
    mutating func require(_ range: ClosedRange<UInt32>, isInside: Bool = true) {
        add(.ifGreater, range.upperBound, ifTrue: isInside ? 1 : 2)
        add(.ifAtLeast, range.lowerBound, ifTrue: isInside ? 1 : 0, ifFalse: isInside ? 0 : 1)
        miss()
    }

    /// Goes on where what is loaded has some of `bits`, or none of them.
    mutating func require(bits: UInt32, areSet: Bool) {
        add(.ifAnyBit, bits, ifTrue: areSet ? 1 : 0, ifFalse: areSet ? 0 : 1)
        miss()
    }

    /// What has come so far means the packet.
    mutating func endTerm() {
        add(.answer, .max)
        for index in misses { code[index].operand = UInt32(code.count - index - 1) }
        misses = []
    }

    /// - Parameter isMeant: a packet of which no term held.
    mutating func finish(meaning isMeant: Bool) -> PacketProgram {
        add(.answer, isMeant ? .max : 0)
        return PacketProgram(code)
    }

    private mutating func miss() {
        misses.append(code.count)
        add(.jump, 0)
    }
}
