extension MistakeTests {
    static let path = [
        MistakeCase(
            "a correlation beyond all", "link: {downlink: {delay: 20ms, jitter: 5ms, raw: true, correlation: 101%}}",
            """
            x.yaml:1:69: error: correlation 101% is more than 100%
                link: {downlink: {delay: 20ms, jitter: 5ms, raw: true, correlation: 101%}}
                                                                                    ^
            """),
        MistakeCase(
            "a correlation without raw", "link: {downlink: {loss: {random: 5%, correlation: 50%}}}",
            """
            x.yaml:1:51: error: a correlation needs 'raw: true'
                link: {downlink: {loss: {random: 5%, correlation: 50%}}}
                                                                  ^
            hint: the kernel's correlation changes the share itself: with raw, 'netlab plan' shows what comes of it
            """),
        MistakeCase(
            "a correlation of Gilbert-Elliott loss",
            "link: {downlink: {raw: true, loss: {gemodel: {p: 1%, r: 20%}, correlation: 50%}}}",
            """
            x.yaml:1:76: error: only 'random' has a correlation
                link: {downlink: {raw: true, loss: {gemodel: {p: 1%, r: 20%}, correlation: 50%}}}
                                                                                           ^
            hint: leave it out
            """),
        MistakeCase(
            "two kinds of loss", "link: {downlink: {loss: {random: 1%, gemodel: {p: 1%, r: 20%}}}}",
            """
            x.yaml:1:25: error: loss needs one of 'random', 'gemodel' and 'state'
                link: {downlink: {loss: {random: 1%, gemodel: {p: 1%, r: 20%}}}}
                                        ^
            hint: write 'random: 1%'
            """),
        MistakeCase(
            "a burst that never ends", "link: {downlink: {loss: {gemodel: {p: 1%, r: 0%}}}}",
            """
            x.yaml:1:46: error: gemodel never returns from the bad state when r is 0%
                link: {downlink: {loss: {gemodel: {p: 1%, r: 0%}}}}
                                                             ^
            hint: give r more than 0%: a burst lasts 1/r packets on average
            """),
        MistakeCase(
            "states that never return", "link: {downlink: {loss: {state: {p13: 1%, p31: 0%}}}}",
            """
            x.yaml:1:48: error: state never returns from a burst when p31 is 0%
                link: {downlink: {loss: {state: {p13: 1%, p31: 0%}}}}
                                                               ^
            """),
        MistakeCase(
            "states that stay within a burst",
            "link: {downlink: {loss: {state: {p13: 1%, p31: 20%, p32: 10%, p23: 0%}}}}",
            """
            x.yaml:1:68: error: state never goes on with a burst when p23 is 0%
                link: {downlink: {loss: {state: {p13: 1%, p31: 20%, p32: 10%, p23: 0%}}}}
                                                                                   ^
            """),
        MistakeCase(
            "states that the kernel would wrap",
            "link: {downlink: {loss: {state: {p13: 60%, p31: 70%, p32: 40%, p14: 50%}}}}",
            """
            x.yaml:1:59: error: p31 and p32 are more than 100% together
                link: {downlink: {loss: {state: {p13: 60%, p31: 70%, p32: 40%, p14: 50%}}}}
                                                                          ^
            x.yaml:1:69: error: p13 and p14 are more than 100% together
                link: {downlink: {loss: {state: {p13: 60%, p31: 70%, p32: 40%, p14: 50%}}}}
                                                                                    ^
            """),
        MistakeCase(
            "reordering without a delay", "link: {downlink: {reorder: 5%}}",
            """
            x.yaml:1:28: error: reorder does nothing without a delay
                link: {downlink: {reorder: 5%}}
                                           ^
            hint: a packet overtakes by leaving out the delay: give the direction one
            """),
        MistakeCase(
            "a gap of nothing", "link: {downlink: {delay: 20ms, reorder: {share: 5%, gap: 0}}}",
            """
            x.yaml:1:58: error: gap must be a whole number from 1 to 1000000, not '0'
                link: {downlink: {delay: 20ms, reorder: {share: 5%, gap: 0}}}
                                                                         ^
            """),
        MistakeCase(
            "a gap beside reordering", "link: {downlink: {delay: 20ms, reorder: 5%, gap: 3}}",
            """
            x.yaml:1:45: error: 'gap' belongs to 'reorder'
                link: {downlink: {delay: 20ms, reorder: 5%, gap: 3}}
                                                            ^
            hint: write reorder: {share: 25%, gap: 5}
            """),
        MistakeCase(
            "a jitter that the kernel would cut", "link: {downlink: {delay: 10s, jitter: 3s}}",
            """
            x.yaml:1:39: error: jitter 3s is more than 2.147483647s
                link: {downlink: {delay: 10s, jitter: 3s}}
                                                      ^
            """),
        MistakeCase(
            "a delay beyond all", "link: {downlink: {delay: 61s}}",
            """
            x.yaml:1:26: error: delay 61s is more than 60s
                link: {downlink: {delay: 61s}}
                                         ^
            """),
        MistakeCase(
            "a distribution that nobody knows", "link: {downlink: {delay: 20ms, jitter: 5ms, distribution: normale}}",
            """
            x.yaml:1:59: error: distribution cannot be 'normale'
                link: {downlink: {delay: 20ms, jitter: 5ms, distribution: normale}}
                                                                          ^
            hint: did you mean 'normal'?
            """),
        MistakeCase(
            "a distribution file that is not there",
            "link: {downlink: {delay: 20ms, jitter: 5ms, distribution: /nonexistent/lte.dist}}",
            """
            x.yaml:1:59: error: cannot read distribution '/nonexistent/lte.dist': no such file or directory
                link: {downlink: {delay: 20ms, jitter: 5ms, distribution: /nonexistent/lte.dist}}
                                                                          ^
            hint: paths are relative to the scenario: /nonexistent/lte.dist
            """),
        MistakeCase(
            "slots that end before they begin", "link: {downlink: {slot: {min: 20ms, max: 10ms}}}",
            """
            x.yaml:1:42: error: max 10ms is less than min 20ms
                link: {downlink: {slot: {min: 20ms, max: 10ms}}}
                                                         ^
            """),
        MistakeCase(
            "slots of no time", "link: {downlink: {slot: {min: 0s}}}",
            """
            x.yaml:1:31: error: min must be more than 0s
                link: {downlink: {slot: {min: 0s}}}
                                              ^
            """),
        MistakeCase(
            "slots without a time", "link: {downlink: {slot: {packets: 5}}}",
            """
            x.yaml:1:25: error: slot needs either 'min' or 'mean'
                link: {downlink: {slot: {packets: 5}}}
                                        ^
            hint: write 'min: 20ms'
            """),
        MistakeCase(
            "slots by a mean without a spread", "link: {downlink: {slot: {mean: 20ms}}}",
            """
            x.yaml:1:25: error: slot with a mean needs a jitter
                link: {downlink: {slot: {mean: 20ms}}}
                                        ^
            hint: for slots at equal times write 'min' alone
            """),
        MistakeCase(
            "more than all duplicated", "link: {downlink: {duplicate: 101%}}",
            """
            x.yaml:1:30: error: duplicate 101% is more than 100%
                link: {downlink: {duplicate: 101%}}
                                             ^
            """),
        MistakeCase(
            "corruption without a unit", "link: {downlink: {corrupt: 5}}",
            """
            x.yaml:1:28: error: corrupt 5 has no unit
                link: {downlink: {corrupt: 5}}
                                           ^
            hint: write %, such as 1%
            """),
        MistakeCase(
            "slots whose distribution a change takes away",
            "duration: 10s\nlink: {downlink: {slot: {mean: 20ms, jitter: 5ms}}}\ntimeline: [{at: 5s, downlink: {slot: {min: 20ms}}}]",
            """
            x.yaml:3:38: error: slots cannot lose their distribution while packets flow
                timeline: [{at: 5s, downlink: {slot: {min: 20ms}}}]
                                                     ^
            hint: netem keeps it
            """),
        MistakeCase(
            "marking where no packet can be marked", "link: {downlink: {loss: {random: 1%, ecn: true}}}",
            """
            x.yaml:1:43: error: nothing in this scenario sends packets that could be marked
                link: {downlink: {loss: {random: 1%, ecn: true}}}
                                                          ^
            hint: add {throughput: tcp} to 'probes' and 'ecn: true' beside them, or leave 'ecn' out here
            """),
    ]
}
