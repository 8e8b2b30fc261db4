import LabModel
import Testing

@testable import Media

@Suite struct LivePlayerTests {
    private func player(_ underrun: PlayerPolicy.Underrun) -> LivePlayer {
        LivePlayer(PlayerPolicy(buffer: .milliseconds(200), underrun: underrun), clockRate: 1000)
    }

    /// 20 frames, one each 50 ms, those after the tenth `late` ms later; returns the stalls and the level at the end.
    private func play(_ underrun: PlayerPolicy.Underrun, late: Int) -> (stalls: Int, level: TimeSpan?) {
        var player = player(underrun)
        for frame in 0..<20 {
            let time = frame * 50 + (frame > 10 ? late : 0)
            player.frame(UInt32(frame * 50), at: Int64(time) * 1_000_000)
        }
        return (player.stalls, player.level(at: Int64(950 + late) * 1_000_000))
    }

    @Test func `A steady stream does not stall and keeps its buffer`() {
        #expect(play(.wait, late: 0) == (0, .milliseconds(200)))
    }

    @Test func `A pause shorter than the buffer is borne`() { #expect(play(.wait, late: 140).stalls == 0) }

    @Test func `A longer one stalls once`() { #expect(play(.wait, late: 400).stalls == 1) }

    @Test func `A player that skips never stalls`() { #expect(play(.skip, late: 400).stalls == 0) }

    @Test func `Nothing is known before the first frame`() {
        var player = player(.wait)
        let level = player.level(at: 5)
        #expect(level == nil)
    }
}
