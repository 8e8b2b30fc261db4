extension ValueKind where Value == Bool {
    /// `true` or `false`.
    static let yesOrNo = ValueKind(shape: .yesOrNo) { item in
        ValueKind<String>.word(["true", "false"]).read(item).map { $0 == "true" }
    }
}
