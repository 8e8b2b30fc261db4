extension MistakeTests {
    static let hops = [
        MistakeCase(
            "hops beside a link", "link: {downlink: {delay: 1ms}, hops: [{both: {delay: 1ms}}]}",
            """
            x.yaml:1:38: error: 'hops' stands in place of 'downlink', 'uplink' and 'both'
                link: {downlink: {delay: 1ms}, hops: [{both: {delay: 1ms}}]}
                                                     ^
            hint: write what these say into one of the hops
            """),
        MistakeCase(
            "no hops", "link: {hops: []}",
            """
            x.yaml:1:14: error: hops must be 1 to 5 links, not 0
                link: {hops: []}
                             ^
            """),
        MistakeCase(
            "more hops than there is room for", "link: {hops: [{}, {}, {}, {}, {}, {}]}",
            """
            x.yaml:1:14: error: hops must be 1 to 5 links, not 6
                link: {hops: [{}, {}, {}, {}, {}, {}]}
                             ^
            """),
        MistakeCase(
            "a mistake in a later hop", "link: {hops: [{}, {downlink: {jitter: 5ms}}]}",
            """
            x.yaml:1:39: error: jitter 5ms is more than the delay of 0s
                link: {hops: [{}, {downlink: {jitter: 5ms}}]}
                                                      ^
            hint: no packet can arrive before it was sent: make the delay at least as great
            """),
        MistakeCase(
            "a key that a hop has not", "link: {hops: [{mtu: 1280}]}",
            """
            x.yaml:1:16: error: unknown key 'mtu' in item 1 of hops
                link: {hops: [{mtu: 1280}]}
                               ^
            hint: known keys: downlink, uplink, both
            """),
        MistakeCase(
            "hops in the wrong place", "hops: [{}]",
            """
            x.yaml:1:1: error: 'hops' belongs to 'link'
                hops: [{}]
                ^
            hint: write it under 'link'
            """),
        MistakeCase(
            "a timeline of several hops", "link: {hops: [{}, {}]}\ntimeline: [{at: 5s, downlink: {delay: 1ms}}]",
            """
            x.yaml:1:14: error: a timeline changes one link, and this scenario has several
                link: {hops: [{}, {}]}
                             ^
            """),
        MistakeCase(
            "a profile of several hops", "link: {hops: [{}, {}]}\nprofile: wpt-dsl",
            """
            x.yaml:1:14: error: a profile is one link, and this scenario has several
                link: {hops: [{}, {}]}
                             ^
            hint: leave one of them out
            """),
        MistakeCase(
            "a flow over a hop that is not there", "probes: [{throughput: tcp, during: 5s, hop: 2}]",
            """
            x.yaml:1:10: error: there is no hop 2
                probes: [{throughput: tcp, during: 5s, hop: 2}]
                         ^
            hint: 'link' has one hop; 'link.hops' lists more
            """),
        MistakeCase(
            "a flow that outlasts the stream",
            "duration: 10s\nprobes: [{throughput: udp, rate: 1mbit, during: 8s, at: 3s}]",
            """
            x.yaml:2:10: error: a flow from 3s to 11s does not end before the stream at 10s
                probes: [{throughput: udp, rate: 1mbit, during: 8s, at: 3s}]
                         ^
            """),
        MistakeCase(
            "a flow before and beside the media", "probes: [{throughput: tcp, before: 5s, during: 5s}]",
            """
            x.yaml:1:36: error: a probe is 'before' the media or 'during' it
                probes: [{throughput: tcp, before: 5s, during: 5s}]
                                                   ^
            hint: write two probes
            """),
        MistakeCase(
            "a time of competing without a length", "probes: [{throughput: tcp, at: 5s}]",
            """
            x.yaml:1:32: error: this belongs to a probe that competes with the media
                probes: [{throughput: tcp, at: 5s}]
                                               ^
            hint: say how long, such as during: 10s
            """),
        MistakeCase(
            "TCP that competes over an uplink without a rate in virtual time",
            "engine: virtual\nprobes: [{throughput: tcp, during: 5s, direction: uplink}]",
            """
            x.yaml:2:10: error: a tcp throughput probe over an uplink without a rate never ends in virtual time
                probes: [{throughput: tcp, during: 5s, direction: uplink}]
                         ^
            hint: give 'link.uplink' a rate, or take engine embedded or host: there it is as fast as the machine
            """),
        MistakeCase(
            "a competing flow for a probe", "probes: [{throughput: tcp, during: 5s}]\nexpect: [probe.tcp.rate > 1mbit]",
            """
            x.yaml:2:10: error: nothing in this scenario measures probe.tcp.rate
                expect: [probe.tcp.rate > 1mbit]
                         ^
            hint: add {throughput: tcp} to 'probes'
            """),
    ]
}
