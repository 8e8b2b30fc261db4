extension MistakeTests {
    static let values = [
        MistakeCase(
            "a negative delay", "link: {downlink: {delay: -5ms}}",
            """
            x.yaml:1:26: error: delay -5ms is negative
                link: {downlink: {delay: -5ms}}
                                         ^
            """),
        MistakeCase(
            "a rate without a unit", "link: {downlink: {rate: 10}}",
            """
            x.yaml:1:25: error: rate 10 has no unit
                link: {downlink: {rate: 10}}
                                        ^
            hint: write bit, kbit, mbit, gbit, tbit, such as 10mbit
            """),
        MistakeCase(
            "a rate beyond all", "link: {downlink: {rate: 99999999999999999999tbit}}",
            """
            x.yaml:1:25: error: rate 99999999999999999999tbit is more than 1tbit
                link: {downlink: {rate: 99999999999999999999tbit}}
                                        ^
            """),
        MistakeCase(
            "binary rates", "link: {downlink: {rate: 10Mibit}}",
            """
            x.yaml:1:25: error: rate 10Mibit: 'Mibit' is no unit of a rate
                link: {downlink: {rate: 10Mibit}}
                                        ^
            hint: rates are decimal; write bit, kbit, mbit, gbit, tbit
            """),
        MistakeCase(
            "a word for a number", "link: {downlink: {loss: some}}",
            """
            x.yaml:1:25: error: loss 'some' is no percentage
                link: {downlink: {loss: some}}
                                        ^
            hint: write one such as 1%
            """),
        MistakeCase(
            "a list for a value", "link: {downlink: {rate: [1mbit]}}",
            """
            x.yaml:1:25: error: rate must be a rate such as 10mbit, not a list
                link: {downlink: {rate: [1mbit]}}
                                        ^
            """),
        MistakeCase(
            "nothing where a value belongs", "link:\n  downlink:\n    rate:\n",
            """
            x.yaml:3:10: error: rate has no value
                    rate:
                         ^
            hint: write a rate such as 10mbit
            """),
        MistakeCase(
            "a size that can be read in two ways", "link: {downlink: {rate: 10mbit, queue: 64kb}}",
            """
            x.yaml:1:40: error: queue 64kb: 'kb' is no unit of a size
                link: {downlink: {rate: 10mbit, queue: 64kb}}
                                                       ^
            hint: 'kb' can be read in two ways; write kB or MB for 1000, KiB or MiB for 1024
            """),
        MistakeCase(
            "no duration", "duration: 0s",
            """
            x.yaml:1:11: error: duration must be more than 0s
                duration: 0s
                          ^
            """),
        MistakeCase(
            "a seed that is no number", "seed: -1",
            """
            x.yaml:1:7: error: seed must be a whole number from 0 to 9223372036854775807, not '-1'
                seed: -1
                      ^
            """),
        MistakeCase(
            "no version of IP", "ip: 5",
            """
            x.yaml:1:5: error: ip must be 4 or 6, not '5'
                ip: 5
                    ^
            """),
        MistakeCase(
            "an MTU that not even IPv4 allows", "link: {mtu: 67}",
            """
            x.yaml:1:13: error: mtu must be a whole number from 68 to 65535, not '67'
                link: {mtu: 67}
                            ^
            """),
        MistakeCase(
            "an MTU that no packet has", "link: {mtu: 65536}",
            """
            x.yaml:1:13: error: mtu must be a whole number from 68 to 65535, not '65536'
                link: {mtu: 65536}
                            ^
            """),
        MistakeCase(
            "an MTU that IPv6 does not allow", "{ip: 6, link: {mtu: 1279}}",
            """
            x.yaml:1:21: error: mtu 1279 is less than the 1280 that every link of IPv6 carries
                {ip: 6, link: {mtu: 1279}}
                                    ^
            hint: write 1280 or more, or leave 'ip: 6' out (RFC 8200 section 5)
            """),
        MistakeCase(
            "a queue that no large packet fits into", "link: {mtu: 9000, downlink: {rate: 1mbit, queue: 8kB}}",
            """
            x.yaml:1:13: error: a packet of 9000 bytes does not fit into the queue of the downlink, which holds 8000
                link: {mtu: 9000, downlink: {rate: 1mbit, queue: 8kB}}
                            ^
            hint: make the queue larger, or the mtu smaller
            """),
        MistakeCase(
            "RTP packets too large to receive", "pipeline: {packet: 9kB}",
            """
            x.yaml:1:20: error: packet 9kB is more than 2kB
                pipeline: {packet: 9kB}
                                   ^
            """),
        MistakeCase(
            "an odd picture", "pipeline: {media: {video: {size: 641x360}}}",
            """
            x.yaml:1:34: error: size 641x360 is odd
                pipeline: {media: {video: {size: 641x360}}}
                                                 ^
            hint: 4:2:0 video needs an even width and height
            """),
        MistakeCase(
            "a media file that is not there", "pipeline: {media: {file: no/such.mp4}}",
            """
            x.yaml:1:26: error: cannot read media file 'no/such.mp4': no such file or directory
                pipeline: {media: {file: no/such.mp4}}
                                         ^
            hint: paths are relative to the scenario: \(workingDirectory)/no/such.mp4
            """),
        MistakeCase(
            "a limit of the wrong kind", "expect: [player.stall.total < 5%]",
            """
            x.yaml:1:31: error: player.stall.total 5%: '%' is no unit of a time
                expect: [player.stall.total < 5%]
                                              ^
            hint: write ns, us, ms, s, min, such as 20ms
            """),
        MistakeCase(
            "a line that is no expectation", "expect: [no stalls please]",
            """
            x.yaml:1:10: error: 'no stalls please' is no expectation
                expect: [no stalls please]
                         ^
            hint: write a line such as 'rtp.video.loss <= 1%'
            """),
        MistakeCase(
            "an override", "name: x", set: ["link.downlink.loss=140%"],
            """
            --set: error: loss 140% is more than 100%
                link.downlink.loss=140%
                                   ^
            """),
    ]

    static let keys = [
        MistakeCase(
            "a slip", "link: {downlnk: {}}",
            """
            x.yaml:1:8: error: unknown key 'downlnk' in link
                link: {downlnk: {}}
                       ^
            hint: did you mean 'downlink'?
            """),
        MistakeCase(
            "a key like no other", "pipeline: {player: {wibble: 1}}",
            """
            x.yaml:1:21: error: unknown key 'wibble' in player
                pipeline: {player: {wibble: 1}}
                                    ^
            hint: known keys: buffer, underrun
            """),
        MistakeCase(
            "another word for a key", "link: {downlink: {bandwidth: 1mbit}}",
            """
            x.yaml:1:19: error: unknown key 'bandwidth' in downlink
                link: {downlink: {bandwidth: 1mbit}}
                                  ^
            hint: it is called 'rate' here
            """),
        MistakeCase(
            "a round trip", "link: {downlink: {rtt: 40ms}}",
            """
            x.yaml:1:19: error: 'rtt' is no key: a delay is one way
                link: {downlink: {rtt: 40ms}}
                                  ^
            hint: write half of the round trip as 'delay' in each direction
            """),
        MistakeCase(
            "what a later version may know", "link: {downlink: {ecn: 2}}",
            """
            x.yaml:1:19: error: 'ecn' is not supported yet
                link: {downlink: {ecn: 2}}
                                  ^
            """),
        MistakeCase(
            "a protocol that a later version may know", "pipeline: {protocol: webrtc}",
            """
            x.yaml:1:22: error: protocol 'webrtc' is not supported yet
                pipeline: {protocol: webrtc}
                                     ^
            hint: this version knows one of rtp, rtp-ts, udp-ts, rtsp, rtmp, rtmp-hls, srt, rist, hls, ll-hls, dash, ll-dash, ws, command
            """),
        MistakeCase(
            "a missing one", "timeline: [{downlink: {delay: 1ms}}]",
            """
            x.yaml:1:12: error: item 1 of timeline has no 'at'
                timeline: [{downlink: {delay: 1ms}}]
                           ^
            hint: it takes a time such as 20ms
            """),
        MistakeCase(
            "a value for a mapping", "link: fast",
            """
            x.yaml:1:7: error: link must be a mapping with downlink, uplink, both, mtu, hops, not a single value
                link: fast
                      ^
            """),
        MistakeCase(
            "an override of what is not there", "name: x", set: ["link.downlink.los=5%"],
            """
            --set: error: unknown key 'los' in downlink
                link.downlink.los=5%
                              ^
            hint: did you mean 'loss'?
            """),
        MistakeCase(
            "an override beneath a value", "name: x", set: ["name.first=5%"],
            """
            --set: error: 'name.first' names no setting: there is nothing called 'first'
                name.first=5%
                     ^
            """),
        MistakeCase(
            "an override without a value", "name: x", set: ["name"],
            """
            --set: error: 'name' sets nothing
                name
                ^
            hint: write a path and a value, such as link.downlink.loss=5%
            """),
        MistakeCase(
            "no mapping at all", "- a\n- b\n",
            """
            x.yaml:1:1: error: a scenario is a mapping of settings
                - a
                ^
            hint: 'netlab init' writes one to begin with
            """),
        MistakeCase(
            "nothing at all", "# a comment\n",
            """
            x.yaml:1:1: error: the scenario is empty
                # a comment
                ^
            hint: 'netlab init' writes one to begin with
            """),
    ]
}
