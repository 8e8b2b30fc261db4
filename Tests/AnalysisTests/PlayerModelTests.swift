import LabModel
import Testing

@testable import Analysis

/// The player's rules, worked out by hand.
@Suite struct PlayerModelTests {
    /// Frames 100 ms apart; arrivals in ms, nil for never.
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var arrivals: [Int?]
        var buffer: Int
        var underrun: PlayerPolicy.Underrun
        /// When each frame is shown, in ms; `late` or `dropped` otherwise.
        var shown: [Shown]
        var stalls: [[Int]]

        init(
            _ text: String, arrivals: [Int?], buffer: Int, _ underrun: PlayerPolicy.Underrun = .wait, shown: [Shown],
            stalls: [[Int]] = []
        ) {
            testDescription = text
            (self.arrivals, self.buffer, self.underrun) = (arrivals, buffer, underrun)
            (self.shown, self.stalls) = (shown, stalls)
        }
    }

    enum Shown: Equatable, ExpressibleByIntegerLiteral {
        case at(Int)
        case late
        case dropped

        init(integerLiteral value: Int) { self = .at(value) }
    }

    static let base = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    static func moment(_ milliseconds: Int) -> Timestamp { base + .milliseconds(Double(milliseconds)) }

    static func frames(_ arrivals: [Int?]) -> [PlayerFrame] {
        arrivals.enumerated().map { index, arrival in
            PlayerFrame(
                pts: .milliseconds(Double(index) * 100), source: moment(index * 100), arrival: arrival.map(moment))
        }
    }

    @Test(arguments: [
        Case("steady, no buffer", arrivals: [20, 120, 220], buffer: 0, shown: [20, 120, 220]),
        Case(
            "steady, 200 ms: starts with the third frame's arrival", arrivals: [20, 120, 220, 320], buffer: 200,
            shown: [220, 320, 420, 520]),
        Case(
            "the stream is shorter than the buffer: starts with its last frame", arrivals: [20, 120, 220], buffer: 1000,
            shown: [220, 320, 420]),
        Case(
            "a lost frame is passed without a stall when others are there", arrivals: [20, nil, 220, 320, 420],
            buffer: 200, shown: [220, .dropped, 420, 520, 620]),
        Case(
            "a frame that comes too late, with others there", arrivals: [20, 450, 220, 320, 420], buffer: 200,
            shown: [220, .late, 420, 520, 620]),
        Case(
            "an empty buffer stops the clock until it is full again",
            arrivals: [20, 120, 620, 640, 720], buffer: 100, shown: [120, 220, 640, 740, 840], stalls: [[320, 320]]),
        Case(
            "waiting without a buffer: each stall ends with the frame", arrivals: [0, 150, 250, 300], buffer: 0,
            shown: [0, 150, 250, 350], stalls: [[100, 50]]),
        Case(
            "the frame waited for never comes", arrivals: [0, nil, 300, 400], buffer: 0,
            shown: [0, .dropped, 300, 400], stalls: [[100, 200]]),
        Case(
            "the clock goes on: late frames are not shown", arrivals: [20, 120, 620, 640, 680, 700], buffer: 100, .skip,
            shown: [120, 220, .late, .late, .late, .late], stalls: [[320, 300]]),
        Case(
            "the clock goes on: the stall ends with the next frame in time", arrivals: [20, 120, 480, 490, 510, 600],
            buffer: 100, .skip, shown: [120, 220, .late, .late, 520, 620], stalls: [[320, 200]]),
        Case(
            "nothing comes any more", arrivals: [0, 100, nil, nil, nil], buffer: 0,
            shown: [0, 100, .dropped, .dropped, .dropped], stalls: [[200, 200]]),
        Case("nothing ever comes", arrivals: [nil, nil], buffer: 0, shown: [.dropped, .dropped]),
        Case(
            "the first frame is lost", arrivals: [nil, 120, 220], buffer: 100, shown: [.dropped, 220, 320]),
        Case(
            "frames out of order before the start", arrivals: [150, 120, 220], buffer: 100, shown: [150, 250, 350]),
        Case("a frame due at the nanosecond it comes is in time", arrivals: [0, 100], buffer: 0, shown: [0, 100]),
        Case("no frames at all", arrivals: [], buffer: 0, shown: []),
    ])
    func `plays by its rules`(known: Case) {
        let policy = PlayerPolicy(buffer: .milliseconds(Double(known.buffer)), underrun: known.underrun)
        let model = PlayerModel(Self.frames(known.arrivals), policy: policy)
        let shown = model.showings.map { showing -> Shown in
            switch showing {
            case .shown(let time): .at(Int((time - Self.base).milliseconds.rounded()))
            case .late: .late
            case .dropped: .dropped
            }
        }
        #expect(shown == known.shown)
        #expect(
            model.stalls.map { [Int(($0.start - Self.base).milliseconds), Int($0.length.milliseconds)] } == known.stalls
        )
    }

    /// Arrivals with delays, bursts, losses and reordering.
    static func arrivals(seed: UInt64) -> [Int?] {
        var random = RepeatableRandom(seed: seed)
        var outage = 0
        return (0..<200).map { index in
            if random.uniform() < 0.01 { outage = Int(random.uniform() * 1500) }
            outage = max(0, outage - 100)
            return random.uniform() < 0.03 ? nil : index * 100 + 20 + outage + Int(random.uniform() * 150)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `keeps what must hold of any stream`(seed: UInt64) {
        let frames = Self.frames(Self.arrivals(seed: seed))
        for underrun in PlayerPolicy.Underrun.allCases {
            for buffer in PlayerReport.curveBuffers {
                let model = PlayerModel(frames, policy: PlayerPolicy(buffer: buffer, underrun: underrun))
                #expect(model.showings.count == frames.count)
                var last = Timestamp.distantPast
                for (frame, showing) in zip(frames, model.showings) {
                    switch showing {
                    case .shown(let time):
                        #expect(frame.arrival.map { $0 <= time } == true)
                        #expect(time > last)
                        last = time
                    case .late: #expect(frame.arrival != nil)
                    case .dropped: #expect(frame.arrival == nil)
                    }
                }
                for (stall, next) in zip(model.stalls, model.stalls.dropFirst()) {
                    #expect(stall.start + stall.length <= next.start)
                }
                #expect(model.stalls.allSatisfy { $0.length > .zero })
            }
        }
    }

    /// True of a clock that goes on; one that waits has to fill a bigger buffer for longer.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a bigger buffer never shows less where the clock goes on`(seed: UInt64) {
        let frames = Self.frames(Self.arrivals(seed: seed))
        var before = (shown: -1, stalled: TimeSpan.seconds(1e6))
        for buffer in PlayerReport.curveBuffers {
            let model = PlayerModel(frames, policy: PlayerPolicy(buffer: buffer, underrun: .skip))
            let now = (model.showings.count { $0.isShown }, model.stalls.reduce(.zero) { $0 + $1.length })
            #expect(now.0 >= before.shown)
            #expect(now.1 <= before.stalled)
            before = (now.0, now.1)
        }
    }
}
