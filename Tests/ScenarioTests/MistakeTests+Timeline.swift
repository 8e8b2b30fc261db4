extension MistakeTests {
    static let timeline = [
        MistakeCase(
            "a ramp over the end", "duration: 10s\ntimeline: [{at: 8s, over: 5s, downlink: {delay: 1ms}}]",
            """
            x.yaml:2:27: error: a ramp at 8s ends at 13s, after the end at 10s
                timeline: [{at: 8s, over: 5s, downlink: {delay: 1ms}}]
                                          ^
            hint: make 'duration' longer, or this shorter
            """),
        MistakeCase(
            "an outage within another",
            "timeline: [{at: 5s, for: 2s, downlink: {down: true}}, {at: 6s, for: 2s, downlink: {down: true}}]",
            """
            x.yaml:1:60: error: a change at 6s while the downlink's from 5s lasts to 7s
                timeline: [{at: 5s, for: 2s, downlink: {down: true}}, {at: 6s, for: 2s, downlink: {down: true}}]
                                                                           ^
            hint: that one is in line 1
            """),
        MistakeCase(
            "a repetition that never ends", "timeline: [{at: 5s, every: 5s, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:28: error: a repetition that never ends
                timeline: [{at: 5s, every: 5s, downlink: {delay: 1ms}}]
                                           ^
            hint: say how often with 'times', or until when
            """),
        MistakeCase(
            "a repetition that overlaps itself",
            "timeline: [{at: 5s, every: 1s, times: 3, for: 2s, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:28: error: a repetition that overlaps itself: it takes 2s
                timeline: [{at: 5s, every: 1s, times: 3, for: 2s, downlink: {delay: 1ms}}]
                                           ^
            hint: make 'every' longer than that
            """),
        MistakeCase(
            "a number of times without every", "timeline: [{at: 5s, times: 3, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:28: error: it is not repeated
                timeline: [{at: 5s, times: 3, downlink: {delay: 1ms}}]
                                           ^
            hint: say with 'every' how often, such as every: 5s
            """),
        MistakeCase(
            "a ramp and a time in one", "timeline: [{at: 5s, over: 2s, for: 3s, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:36: error: a change has either 'over' or 'for'
                timeline: [{at: 5s, over: 2s, for: 3s, downlink: {delay: 1ms}}]
                                                   ^
            hint: write the way back as a change of its own
            """),
        MistakeCase(
            "a step longer than its ramp", "timeline: [{at: 5s, over: 2s, step: 3s, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:37: error: the step is longer than the ramp
                timeline: [{at: 5s, over: 2s, step: 3s, downlink: {delay: 1ms}}]
                                                    ^
            hint: make it shorter than 'over'
            """),
        MistakeCase(
            "a ramp of what has nothing between", "timeline: [{at: 5s, over: 2s, downlink: {down: true}}]",
            """
            x.yaml:1:48: error: an outage cannot be ramped
                timeline: [{at: 5s, over: 2s, downlink: {down: true}}]
                                                               ^
            hint: rate, delay, jitter and plain loss can; leave out 'over'
            """),
        MistakeCase(
            "a cable with one end", "timeline: [{at: 5s, downlink: {down: link}}]",
            """
            x.yaml:1:38: error: a link is down in both directions
                timeline: [{at: 5s, downlink: {down: link}}]
                                                     ^
            hint: write both: {down: link}, or down: silent for one direction
            """),
        MistakeCase(
            "a cable mended at one end",
            "timeline: [{at: 5s, both: {down: link}}, {at: 6s, uplink: {down: false}}]",
            """
            x.yaml:1:66: error: a link is down in both directions
                timeline: [{at: 5s, both: {down: link}}, {at: 6s, uplink: {down: false}}]
                                                                                 ^
            hint: write both: {down: link}, or down: silent for one direction
            """),
        MistakeCase(
            "a bucket that follows a ramp",
            "link: {downlink: {rate: 9mbit, shaper: tbf}}\ntimeline: [{at: 5s, over: 2s, downlink: {rate: 1mbit}}]",
            """
            x.yaml:1:40: error: tbf cannot follow a ramp of the rate: each change fills its bucket
                link: {downlink: {rate: 9mbit, shaper: tbf}}
                                                       ^
            hint: leave 'shaper' out
            """),
        MistakeCase(
            "an outage from the start", "link: {downlink: {down: true}}",
            """
            x.yaml:1:19: error: 'down' belongs to the timeline
                link: {downlink: {down: true}}
                                  ^
            hint: write it there as {at: 10s, for: 2s, downlink: {down: true}}
            """),
        MistakeCase(
            "more changes than anybody wants",
            "duration: 2000s\nlink: {downlink: {delay: 9ms}}\n"
                + "timeline: [{at: 1s, every: 20ms, until: 1999s, for: 10ms, downlink: {delay: 1ms}}]",
            """
            x.yaml:3:12: error: the timeline makes 199800 changes, more than 50000
                timeline: [{at: 1s, every: 20ms, until: 1999s, for: 10ms, downlink: {delay: 1ms}}]
                           ^
            hint: make 'duration' shorter, or the steps longer
            """),
    ]
}
