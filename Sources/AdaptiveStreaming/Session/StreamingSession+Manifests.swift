package import LabModel

extension StreamingSession {
    mutating func manifestStep(_ track: Int, _ now: Timestamp) -> Fetch? {
        let lane = lanes[track]
        guard lane.manifest == nil, !lane.isEnded else { return nil }
        guard lane.manifestTrouble.isPast(now) else {
            wake(at: lane.manifestTrouble.until)
            return nil
        }
        let step =
            lane.mustReload
            ? ManifestStep.fetch(url: presentation.manifestURL(track: track, rendition: lane.rendition))
            : presentation.manifest(track: track, rendition: lane.rendition, position: lane.position, now: now)
        guard case .fetch(let url) = step else {
            if case .wait(let until) = step { wake(at: until) }
            return nil
        }
        let isKnown = !presentation.tracks.isEmpty
        let fetch = fetch(
            Resource(url: url), .manifest, track: isKnown ? track : nil, rendition: isKnown ? lane.rendition : nil,
            attempt: lane.manifestTrouble.attempts + 1, now)
        lanes[track].manifest = fetch
        lanes[track].mustReload = false
        return fetch
    }

    /// Takes a manifest that came; one that makes no sense counts as failed.
    package mutating func took(manifest body: [UInt8], of fetch: Fetch, now: Timestamp) {
        let wereKnown = !presentation.tracks.isEmpty
        let track = fetch.track ?? 0
        do throws(ManifestError) {
            try presentation.take(body, from: fetch.resource.url, began: fetch.began, now: now)
            lanes[track].manifest = nil
            lanes[track].manifestTrouble = Lane.Trouble()
        } catch {
            failed(fetch, reason: "\(fetch.resource.url): \(error)", now: now)
            return
        }
        if !wereKnown, !presentation.tracks.isEmpty {
            lanes = presentation.tracks.map { _ in Lane(rendition: 0) }
            lanes[0].rendition = rule.choose(adaptationInput(now)).rendition
        }
        lastManifest = now
    }
}
