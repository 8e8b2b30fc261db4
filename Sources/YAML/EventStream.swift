import CYAML

/// A libyaml parser and the bytes that it reads, which it keeps a pointer to.
struct EventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let source: SourceText

    /// Corresponds to `yaml_parser_initialize` and `yaml_parser_set_input_string`.
    private init(owning parser: UnsafeMutablePointer<yaml_parser_t>, source: SourceText) {
        self.parser = parser
        self.source = source
        input = .allocate(capacity: max(1, source.bytes.count))
        _ = input.initialize(from: source.bytes)
    }

    static func open(_ source: SourceText) throws(Mistake) -> EventStream {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Mistake("not enough memory to read it", at: Mark(source: source, line: 1, scalarsBefore: 0))
        }
        let stream = EventStream(owning: parser, source: source)
        yaml_parser_set_encoding(stream.parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(stream.parser, stream.input.baseAddress, source.bytes.count)
        return stream
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// Corresponds to `yaml_parser_parse`.
    mutating func next() throws(Mistake) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw problem() }
        defer { yaml_event_delete(&raw) }
        return Event(
            kind: kind(of: raw), mark: mark(raw.start_mark), anchor: anchor(of: raw), tag: tag(of: raw))
    }

    private func mark(_ raw: yaml_mark_t) -> Mark {
        Mark(source: source, line: raw.line + 1, scalarsBefore: raw.column)
    }

    private func kind(of event: yaml_event_t) -> Event.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: .scalar(scalar(event.data.scalar))
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_MAPPING_END_EVENT: .mappingEnd
        // libyaml gives no other kind, and YAML_NO_EVENT after the end only.
        default: .streamEnd
        }
    }

    /// By its length, as it may hold NUL.
    private func scalar(_ raw: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) -> Node.Scalar {
        let bytes = UnsafeBufferPointer(start: raw.value, count: raw.length)
        return Node.Scalar(
            text: String(decoding: bytes, as: UTF8.self), isPlain: raw.style == YAML_PLAIN_SCALAR_STYLE)
    }

    private func anchor(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.anchor)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.anchor)
        default: nil
        }
    }

    private func tag(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.tag)
        default: nil
        }
    }

    private func text(_ raw: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        raw.map { String(cString: UnsafePointer($0)) }
    }

    /// What libyaml says is wrong, in its words, where it says so.
    private func problem() -> Mistake {
        let raw = parser.pointee
        if raw.error == YAML_READER_ERROR {
            return Mistake("the text cannot be read", at: source.mark(atByte: raw.problem_offset))
        }
        let problem = raw.problem.map { String(cString: $0) } ?? "not enough memory to read it"
        let context = raw.context.map { " " + String(cString: $0) } ?? ""
        let place = mark(raw.problem_mark)
        return Mistake(problem + context, at: place, hint: SyntaxHint.hint(for: problem, at: place))
    }
}
