import LabModel
import Testing

@testable import Probe

@Suite struct EchoAccountTests {
    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

    @Test func lostEchoesHaveNoRoundTrip() {
        var account = EchoAccount()
        for moment in [0, 50, 100] as [Int64] { account.send(at: time(moment)) }
        account.receive(number: 2, at: time(140))
        account.receive(number: 0, at: time(150))
        #expect(account.echoes.map(\.roundTrip) == [.milliseconds(150), nil, .milliseconds(40)])
        #expect(!account.isComplete)
        #expect(account.patience == .milliseconds(300))
    }

    @Test func whatWasNotAskedForChangesNothing() {
        var account = EchoAccount()
        account.send(at: time(0))
        account.receive(number: 0, at: time(10))
        account.receive(number: 0, at: time(90))
        for number in [1, -1, .max, .min] as [Int64] { account.receive(number: number, at: time(90)) }
        #expect(account.echoes == [ProbeResult.Echo(sent: time(0), roundTrip: .milliseconds(10))])
        #expect(account.isComplete)
    }

    @Test func patienceHasALimit() {
        var account = EchoAccount()
        #expect(account.patience == .seconds(2))
        account.send(at: time(0))
        account.receive(number: 0, at: time(5000))
        #expect(account.patience == .seconds(2))
    }
}
