/// A classic BPF program that says of a packet whether it is meant (<linux/filter.h>): 0 for no, all bits for yes.
///
/// What it reads of a packet begins with the Ethernet header. A packet that is shorter than what it reads is not meant.
package struct PacketProgram: Hashable, Sendable {
    /// `struct sock_filter`.
    package struct Instruction: Hashable, Sendable {
        /// Its class, with where it reads from or how it compares.
        package var code: UInt16
        /// How many instructions a comparison skips.
        package var ifTrue: UInt8
        package var ifFalse: UInt8
        package var operand: UInt32

        package init(_ code: UInt16, _ operand: UInt32, ifTrue: UInt8 = 0, ifFalse: UInt8 = 0) {
            self.code = code
            self.ifTrue = ifTrue
            self.ifFalse = ifFalse
            self.operand = operand
        }
    }

    package let instructions: [Instruction]

    package init(_ instructions: [Instruction]) {
        self.instructions = instructions
    }

    /// The bytes of its `sock_filter`s, as the kernel of this machine has them.
    var bytes: [UInt8] {
        instructions.flatMap { instruction in
            withUnsafeBytes(of: instruction.code, Array.init) + [instruction.ifTrue, instruction.ifFalse]
                + withUnsafeBytes(of: instruction.operand, Array.init)
        }
    }

    /// Of such bytes; what is left over is no instruction.
    init(bytes: [UInt8]) {
        let size = 8
        instructions = stride(from: 0, through: bytes.count - size, by: size).map { start in
            bytes[start..<start + size].withUnsafeBytes { raw in
                Instruction(
                    raw.loadUnaligned(as: UInt16.self), raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
                    ifTrue: raw[2], ifFalse: raw[3])
            }
        }
    }

    /// As `tc-bpf(8)` takes it: `3,40 0 0 12,...`.
    var bytecode: String {
        let words = instructions.map { "\($0.code) \($0.ifTrue) \($0.ifFalse) \($0.operand)" }
        return "\(instructions.count),\(words.joined(separator: ","))"
    }
}
