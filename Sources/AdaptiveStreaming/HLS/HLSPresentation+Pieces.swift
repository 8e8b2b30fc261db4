package import LabModel

extension HLSPresentation {
    package func join(track: Int, rendition: Int, at moment: TimeSpan?, now: Timestamp) -> Entry? {
        guard let loaded = loaded(track, rendition) else { return nil }
        let list = loaded.list
        let entries = entries(of: loaded)
        // Sound is cut where its frames end, up to a frame beside the pictures.
        let slack = TimeSpan.milliseconds(50)
        let latest: TimeSpan
        if let moment {
            latest = moment + slack
        } else if list.isEnded {
            return entries.first
        } else {
            latest = loaded.start + list.length(before: list.end) - Self.holdBack(list).distance
        }
        return entries.last { $0.start <= latest } ?? entries.first
    }

    /// Where playing can begin: at segments, and of low latency at independent parts too.
    private func entries(of loaded: Loaded) -> [Entry] {
        let list = loaded.list
        var entries: [Entry] = []
        var start = loaded.start
        for segment in list.segments {
            entries.append(Entry(position: Position(segment.number), start: start))
            if isLowLatency { entries += Self.entries(segment.number, segment.parts, from: start) }
            start = start + segment.duration
        }
        if isLowLatency, let first = list.openParts.first {
            if !first.isIndependent { entries.append(Entry(position: Position(list.openNumber), start: start)) }
            entries += Self.entries(list.openNumber, list.openParts, from: start)
        }
        return entries
    }

    private static func entries(_ number: Int, _ parts: [MediaPlaylist.Part], from start: TimeSpan) -> [Entry] {
        var start = start
        return parts.enumerated().compactMap { index, part in
            defer { start = start + part.duration }
            return part.isIndependent ? Entry(position: Position(number, part: index), start: start) : nil
        }
    }

    package func next(track: Int, rendition: Int, position: Position, now: Timestamp) -> PieceStep {
        guard let loaded = loaded(track, rendition) else { return .wait(until: nil) }
        let list = loaded.list
        var place = max(position, Position(list.firstNumber))
        while let segment = list.segment(place.number) {
            // A segment that is whole is one request instead of many.
            let isWhole = place.part == 0 && !segment.isGap
            if isLowLatency, !isWhole, segment.parts.indices.contains(place.part) {
                let part = segment.parts[place.part]
                let isLast = place.part + 1 == segment.parts.count
                let next = isLast ? Position(place.number + 1) : Position(place.number, part: place.part + 1)
                if !part.isGap { return .fetch(piece(part, at: place, next: next, map: segment.map, of: loaded)) }
                place = next
            } else if segment.isGap || (place.part > 0 && !segment.parts.isEmpty) {
                place = Position(place.number + 1)
            } else {
                return .fetch(piece(segment, of: loaded))
            }
        }
        if let step = openStep(place, of: loaded) { return step }
        return list.isEnded ? .ended : .wait(until: nil)
    }

    /// In the segment that is still being made.
    private func openStep(_ place: Position, of loaded: Loaded) -> PieceStep? {
        let list = loaded.list
        guard isLowLatency, place.number == list.openNumber else { return nil }
        let next = Position(place.number, part: place.part + 1)
        if list.openParts.indices.contains(place.part) {
            return .fetch(piece(list.openParts[place.part], at: place, next: next, map: list.openMap, of: loaded))
        }
        guard place == list.end, let hint = list.hint else { return nil }
        let range = hint.length.map { ByteRange(offset: hint.start, length: $0) }
        let part = MediaPlaylist.Part(uri: hint.uri, range: range, duration: list.partTarget ?? list.targetDuration)
        return .fetch(piece(part, at: place, next: next, map: list.openMap, of: loaded))
    }

    private func piece(
        _ part: MediaPlaylist.Part, at place: Position, next: Position, map: MediaPlaylist.Map?, of loaded: Loaded
    ) -> MediaPiece {
        MediaPiece(
            resource: Resource(url: URLReference.resolve(part.uri, against: loaded.url), range: part.range),
            initialization: map.map { initialization($0, of: loaded) }, position: place, isPart: true,
            start: loaded.start + loaded.list.length(before: place), duration: part.duration, next: next)
    }

    private func piece(_ segment: MediaPlaylist.Segment, of loaded: Loaded) -> MediaPiece {
        let place = Position(segment.number)
        return MediaPiece(
            resource: Resource(url: URLReference.resolve(segment.uri, against: loaded.url), range: segment.range),
            initialization: segment.map.map { initialization($0, of: loaded) }, position: place, isPart: false,
            start: loaded.start + loaded.list.length(before: place), duration: segment.duration,
            next: Position(segment.number + 1))
    }

    private func initialization(_ map: MediaPlaylist.Map, of loaded: Loaded) -> Resource {
        Resource(url: URLReference.resolve(map.uri, against: loaded.url), range: map.range)
    }
}
