package import LabModel

extension StreamingSession {
    mutating func mediaStep(_ track: Int, _ now: Timestamp) -> Fetch? {
        guard !presentation.tracks.isEmpty, !lanes[track].isEnded else { return nil }
        let underWay = lanes[track].media
        guard underWay.isEmpty || underWay.count < limits.parts && underWay.allSatisfy({ $0.kind == .part }) else {
            return nil
        }
        guard lanes[track].mediaTrouble.isPast(now) else {
            wake(at: lanes[track].mediaTrouble.until)
            return nil
        }
        guard var position = lanes[track].position ?? join(track, now) else { return nil }
        while true {
            switch next(track, position, now) {
            case .ended:
                lanes[track].isEnded = true
                return nil
            case .wait(let until):
                wake(at: until)
                return nil
            case .fetch(let piece) where lanes[track].asked.contains(piece.position): position = piece.next
            case .fetch(let piece): return fetchInTime(piece, track, now)
            }
        }
    }

    /// Nil where enough is held, or what is under way must be there first.
    private mutating func fetchInTime(_ piece: MediaPiece, _ track: Int, _ now: Timestamp) -> Fetch? {
        if let clock, clock.level(of: track) > limits.longestBuffer {
            wake(at: now + (clock.level(of: track) - limits.longestBuffer) + .milliseconds(10))
            return nil
        }
        let isReady = piece.initialization.map(lanes[track].initialized.contains) ?? true
        guard lanes[track].media.isEmpty || piece.isPart && isReady else { return nil }
        return fetch(piece, track, now)
    }

    /// What comes next; of a segment that can be had by now, in the rendition that is chosen for it.
    private mutating func next(_ track: Int, _ position: Position, _ now: Timestamp) -> PieceStep {
        let lane = lanes[track]
        let step = presentation.next(track: track, rendition: lane.rendition, position: position, now: now)
        guard case .fetch(let piece) = step, track == 0, piece.position.part == 0,
            lane.decided != piece.position.number
        else { return step }
        decide(piece.position.number, now)
        return presentation.next(track: track, rendition: lanes[track].rendition, position: position, now: now)
    }

    private mutating func fetch(_ piece: MediaPiece, _ track: Int, _ now: Timestamp) -> Fetch {
        var (resource, kind) = (piece.resource, piece.isPart ? HTTPRequest.Kind.part : .segment)
        if let first = piece.initialization, !lanes[track].initialized.contains(first) {
            (resource, kind) = (first, .initialization)
        }
        let fetch = fetch(
            resource, kind, track: track, rendition: lanes[track].rendition, piece: piece,
            attempt: lanes[track].mediaTrouble.attempts + 1, now)
        lanes[track].media.append(fetch)
        if kind != .initialization {
            lanes[track].position = piece.next
            lanes[track].asked = lanes[track].asked.filter { $0.number + 1 >= piece.position.number }
            lanes[track].asked.insert(piece.position)
        }
        return fetch
    }

    /// The main track joins by the rule, the others where it plays.
    private mutating func join(_ track: Int, _ now: Timestamp) -> Position? {
        guard track == 0 || clock != nil else { return nil }
        let moment = track == 0 ? nil : clock?.playhead
        let rendition = lanes[track].rendition
        guard let entry = presentation.join(track: track, rendition: rendition, at: moment, now: now) else {
            return nil
        }
        if track == 0, clock == nil {
            clock = PlayingClock(
                start: entry.start, tracks: lanes.count, threshold: threshold, rule: edge, now: now)
        }
        lanes[track].position = entry.position
        return entry.position
    }

    /// Takes note of media that came whole.
    package mutating func took(_ fetch: Fetch, now: Timestamp) {
        guard let track = fetch.track, let piece = fetch.piece else { return }
        lanes[track].media.removeAll { $0.id == fetch.id }
        lanes[track].mediaTrouble = Lane.Trouble()
        if fetch.kind == .initialization {
            lanes[track].initialized.insert(fetch.resource)
            return
        }
        clock?.add(track: track, until: piece.start + piece.duration)
    }

    /// Takes note of how much of a piece is there while the rest is being made.
    package mutating func grew(_ fetch: Fetch, to span: TimeSpan) {
        guard let track = fetch.track, let piece = fetch.piece else { return }
        clock?.add(track: track, until: piece.start + min(span, piece.duration))
    }

    /// Takes note of a fetch that did not succeed.
    package mutating func failed(_ fetch: Fetch, reason: String, now: Timestamp) {
        let track = fetch.track ?? 0
        guard fetch.kind != .manifest else {
            lanes[track].manifest = nil
            lanes[track].manifestTrouble.add(limits, now: now)
            if let lastManifest, now - lastManifest > limits.patience { failure = reason }
            return
        }
        lanes[track].media.removeAll { $0.id == fetch.id }
        lanes[track].mediaTrouble.add(limits, now: now)
        lanes[presentation.hasOneManifest ? 0 : track].mustReload = true
        guard let piece = fetch.piece else { return }
        lanes[track].asked.remove(piece.position)
        lanes[track].position = lanes[track].position.map { min($0, piece.position) }
        lanes[track].isEnded = false
        guard lanes[track].mediaTrouble.attempts >= limits.attempts else { return }
        givenUp += 1
        lanes[track].mediaTrouble = Lane.Trouble()
        // Behind a part that is missing nothing of its segment can be decoded.
        lanes[track].position = piece.isPart ? Position(piece.position.number + 1) : piece.next
    }
}
