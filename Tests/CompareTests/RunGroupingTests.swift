import LabModel
import Testing

@testable import Compare

/// Runs made apart: nobody has said what is compared.
@Suite struct RunGroupingTests {
    private func identity(
        _ way: StreamProtocol, _ settings: [String: String], name: String = "One", variant: [String: String] = [:]
    ) -> RunIdentity {
        var result = SmallResult.make()
        result.plan.pipeline.protocol = way
        result.plan.name = name
        result.plan.variant = variant.map { VariantSetting(setting: $0.key, value: $0.value) }
        let all = settings.merging(["pipeline.protocol": way.rawValue, "seed": name]) { first, _ in first }
        return RunIdentity(
            result, settings: all.sorted { $0.key < $1.key }.map { VariantSetting(setting: $0.key, value: $0.value) })
    }

    @Test func `protocols of one link are contenders under one condition`() {
        let grouping = RunGrouping(
            [identity(.rtp, ["link.downlink.loss": "1%"]), identity(.udpTS, ["link.downlink.loss": "1%"])],
            byVariant: false)
        #expect(grouping.contenders == ["rtp", "udp-ts"])
        #expect(grouping.conditions == ["One"])
        #expect(grouping.warnings.isEmpty)
    }

    @Test func `links are told apart by what differs, and a warning names it`() {
        let grouping = RunGrouping(
            [
                identity(.rtp, ["link.downlink.loss": "1%", "link.downlink.rate": "5mbit"]),
                identity(.udpTS, ["link.downlink.loss": "5%", "link.downlink.rate": "5mbit"]),
            ], byVariant: false)
        #expect(grouping.conditions == ["downlink.loss 1%", "downlink.loss 5%"])
        #expect(grouping.warnings == ["the links are not the same: link.downlink.loss is 1% or 5%"])
        #expect(grouping.common.map(\.setting) == ["link.downlink.rate", "engine"])
    }

    @Test func `where every contender met every link, different links are no fault`() {
        let grouping = RunGrouping(
            ["1%", "5%"].flatMap { loss in
                [StreamProtocol.rtp, .udpTS].map { identity($0, ["link.downlink.loss": loss], name: "At \(loss)") }
            }, byVariant: false)
        #expect(grouping.conditions == ["At 1%", "At 5%"])
        #expect(grouping.warnings.isEmpty)
    }

    @Test func `other media is another contender, and a warning names it`() {
        let grouping = RunGrouping(
            [
                identity(.rtp, ["pipeline.media.video.rate": "1mbit"]),
                identity(.rtp, ["pipeline.media.video.rate": "2mbit"]),
                identity(.rtp, ["pipeline.media.file": "x.mp4"]),
            ], byVariant: false)
        #expect(
            grouping.contenders == [
                "rtp, media.video.rate 1mbit", "rtp, media.video.rate 2mbit", "rtp, media.file x.mp4",
            ])
        #expect(
            grouping.warnings == [
                "the media are not the same: pipeline.media.video.rate is 1mbit or 2mbit or not set; "
                    + "pipeline.media.file is x.mp4 or not set"
            ])
    }

    @Test func `runs that differ in their seed only are repetitions`() {
        let grouping = RunGrouping(
            [identity(.rtp, ["seed": "1"]), identity(.rtp, ["seed": "2"])], byVariant: false)
        #expect(grouping.places[0] == grouping.places[1])
    }

    @Test func `a matrix's own names are kept`() {
        let grouping = RunGrouping(
            ["120ms", "500ms"].map {
                identity(.rtp, [:], variant: ["pipeline.player.buffer": $0, "condition": "lossy"])
            }, byVariant: true)
        #expect(grouping.contenders == ["rtp, player.buffer 120ms", "rtp, player.buffer 500ms"])
        #expect(grouping.conditions == ["lossy"])
    }
}
