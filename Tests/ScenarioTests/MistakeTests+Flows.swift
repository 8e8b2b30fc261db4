extension MistakeTests {
    static let flows = [
        MistakeCase(
            "a port of zero", "link: {downlink: {match: {udp: 0}}}",
            """
            x.yaml:1:32: error: udp must be a whole number from 1 to 65535, not '0'
                link: {downlink: {match: {udp: 0}}}
                                               ^
            """),
        MistakeCase(
            "an unknown protocol", "link: {downlink: {match: {protocol: sctp}}}",
            """
            x.yaml:1:37: error: protocol cannot be 'sctp'
                link: {downlink: {match: {protocol: sctp}}}
                                                    ^
            hint: write one of udp, tcp
            """),
        MistakeCase(
            "a match of nothing", "link: {downlink: {match: {}}}",
            """
            x.yaml:1:26: error: match says nothing of the packets
                link: {downlink: {match: {}}}
                                         ^
            hint: write one such as {udp: 5004}
            """),
        MistakeCase(
            "an empty list of matches", "link: {downlink: {match: []}}",
            """
            x.yaml:1:26: error: match matches no packet
                link: {downlink: {match: []}}
                                         ^
            hint: write one such as {udp: 5004}
            """),
        MistakeCase(
            "no port", "link: {downlink: {match: {udp: []}}}",
            """
            x.yaml:1:32: error: udp names no port
                link: {downlink: {match: {udp: []}}}
                                               ^
            hint: write one such as 5004, or leave it out
            """),
        MistakeCase(
            "two transports", "link: {downlink: {match: {udp: 5004, tcp: 80}}}",
            """
            x.yaml:1:26: error: no packet is both UDP's and TCP's
                link: {downlink: {match: {udp: 5004, tcp: 80}}}
                                         ^
            hint: for either of them write a list: [{udp: 5004}, {tcp: 1935}]
            """),
        MistakeCase(
            "two transports in other words", "link: {downlink: {match: {protocol: tcp, udp: 80}}}",
            """
            x.yaml:1:26: error: no packet is both UDP's and TCP's
                link: {downlink: {match: {protocol: tcp, udp: 80}}}
                                         ^
            hint: for either of them write a list: [{udp: 5004}, {tcp: 1935}]
            """),
        MistakeCase(
            "ports twice", "link: {downlink: {match: {udp: 5004, port: 80}}}",
            """
            x.yaml:1:26: error: ports are written once
                link: {downlink: {match: {udp: 5004, port: 80}}}
                                         ^
            hint: for either of them write a list: [{udp: 5004}, {tcp: 1935}]
            """),
        MistakeCase(
            "a host by its name", "link: {downlink: {match: {host: server}}}",
            """
            x.yaml:1:33: error: host 'server' is no address
                link: {downlink: {match: {host: server}}}
                                                ^
            hint: write one such as 10.77.0.2 or fd77::2
            """),
        MistakeCase(
            "two families", "link: {downlink: {match: {source: 10.77.0.1, destination: fd77::2}}}",
            """
            x.yaml:1:26: error: no packet goes from an IPv4 address to an IPv6 one
                link: {downlink: {match: {source: 10.77.0.1, destination: fd77::2}}}
                                         ^
            hint: write addresses of one family
            """),
        MistakeCase(
            "two contents", "link: {downlink: {match: {rtp: true, rtcp: true}}}",
            """
            x.yaml:1:26: error: no packet is both
                link: {downlink: {match: {rtp: true, rtcp: true}}}
                                         ^
            hint: for either of them write a list: [{rtp: true}, {rtcp: true}]
            """),
        MistakeCase(
            "what is not of a kind", "link: {downlink: {match: {rtcp: false}}}",
            """
            x.yaml:1:33: error: rtcp cannot be false
                link: {downlink: {match: {rtcp: false}}}
                                                ^
            hint: leave it out
            """),
        MistakeCase(
            "RTCP over TCP", "link: {downlink: {match: {tcp: 5004, rtcp: true}}}",
            """
            x.yaml:1:44: error: it goes over UDP, and not over TCP
                link: {downlink: {match: {tcp: 5004, rtcp: true}}}
                                                           ^
            hint: leave TCP out
            """),
        MistakeCase(
            "SRT without a port", "link: {downlink: {match: {srt: control}}}",
            """
            x.yaml:1:32: error: 'srt' needs a port
                link: {downlink: {match: {srt: control}}}
                                               ^
            hint: what tells it from others is a single bit: write {udp: 9000, srt: control}
            """),
        MistakeCase(
            "a key of another tool", "link: {downlink: {match: {dport: 5004}}}",
            """
            x.yaml:1:27: error: unknown key 'dport' in match
                link: {downlink: {match: {dport: 5004}}}
                                          ^
            hint: it is called 'port' here
            """),
        MistakeCase(
            "a count that is no match", "link: {downlink: {match: {every: 10th}}}",
            """
            x.yaml:1:27: error: 'every' belongs to 'drop'
                link: {downlink: {match: {every: 10th}}}
                                          ^
            hint: write drop: {every: 1000th, match: {udp: 5004}}
            """),
        MistakeCase(
            "a drop list of nothing", "link: {downlink: {drop: {}}}",
            """
            x.yaml:1:25: error: drop drops nothing
                link: {downlink: {drop: {}}}
                                        ^
            hint: write one such as {rtp: [100, 101]}, or none
            """),
        MistakeCase(
            "an empty list", "link: {downlink: {drop: {rtp: []}}}",
            """
            x.yaml:1:31: error: rtp lists no packet
                link: {downlink: {drop: {rtp: []}}}
                                              ^
            hint: write one such as [100, 101]
            """),
        MistakeCase(
            "a place of zero", "link: {downlink: {drop: {rtp: [0, 5]}}}",
            """
            x.yaml:1:32: error: item 1 of rtp must be a whole number from 1 to 65536, not '0'
                link: {downlink: {drop: {rtp: [0, 5]}}}
                                               ^
            """),
        MistakeCase(
            "a place twice", "link: {downlink: {drop: {rtp: [100, 101, 100]}}}",
            """
            x.yaml:1:42: error: packet 100 is listed twice
                link: {downlink: {drop: {rtp: [100, 101, 100]}}}
                                                         ^
            """),
        MistakeCase(
            "two lists of one stream", "link: {downlink: {drop: {rtp: [1], video: [2]}}}",
            """
            x.yaml:1:43: error: 'rtp' and 'video' are the same
                link: {downlink: {drop: {rtp: [1], video: [2]}}}
                                                          ^
            hint: write one list
            """),
        MistakeCase(
            "a place outside of a list", "link: {downlink: {drop: {rtp: 100}}}",
            """
            x.yaml:1:31: error: rtp must be a list, each of a whole number from 1 to 65536, not a single value
                link: {downlink: {drop: {rtp: 100}}}
                                              ^
            """),
        MistakeCase(
            "a number of zero", "link: {downlink: {drop: {every: 0th}}}",
            """
            x.yaml:1:33: error: every must be from 1st to 65535th, not '0th'
                link: {downlink: {drop: {every: 0th}}}
                                                ^
            """),
        MistakeCase(
            "a number beyond the kernel's", "link: {downlink: {drop: {every: 70000}}}",
            """
            x.yaml:1:33: error: every must be from 1st to 65535th, not '70000'
                link: {downlink: {drop: {every: 70000}}}
                                                ^
            """),
        MistakeCase(
            "a number in words", "link: {downlink: {drop: {every: often}}}",
            """
            x.yaml:1:33: error: every 'often' is no place
                link: {downlink: {drop: {every: often}}}
                                                ^
            hint: write one such as 1000th, or 1st for all
            """),
        MistakeCase(
            "a match without a count", "link: {downlink: {drop: {match: {udp: 1}}}}",
            """
            x.yaml:1:33: error: 'match' says what 'every' counts, and there is no 'every'
                link: {downlink: {drop: {match: {udp: 1}}}}
                                                ^
            hint: add 'every: 1st' to drop all that it matches
            """),
        MistakeCase(
            "a count of copies", "link: {downlink: {duplicate: 1%, drop: {every: 10th}}}",
            """
            x.yaml:1:40: error: 'every' would count what 'duplicate' makes
                link: {downlink: {duplicate: 1%, drop: {every: 10th}}}
                                                       ^
            hint: a copy goes to the filters once more: list places instead, or leave 'duplicate' out
            """),
        MistakeCase(
            "RTP against its way", "link: {uplink: {drop: {rtp: [1]}}}",
            """
            x.yaml:1:29: error: the media's RTP goes down, and none of it up
                link: {uplink: {drop: {rtp: [1]}}}
                                            ^
            hint: write it under 'downlink'
            """),
        MistakeCase(
            "RTP both ways", "link: {both: {drop: {rtp: [1]}}}",
            """
            x.yaml:1:27: error: the media's RTP goes down, and none of it up
                link: {both: {drop: {rtp: [1]}}}
                                          ^
            hint: write it under 'downlink'
            """),
        MistakeCase(
            "sound that is not there", "{link: {downlink: {drop: {audio: [1]}}}, pipeline: {media: {audio: none}}}",
            """
            x.yaml:1:34: error: the media has no audio
                {link: {downlink: {drop: {audio: [1]}}}, pipeline: {media: {audio: none}}}
                                                 ^
            """),
        MistakeCase(
            "a stream of more packets than numbers", "{duration: 10min, link: {downlink: {drop: {rtp: [1]}}}}",
            """
            x.yaml:1:49: error: this stream has some 179454 packets, and RTP's numbers begin again after 65536
                {duration: 10min, link: {downlink: {drop: {rtp: [1]}}}}
                                                                ^
            hint: make 'duration' shorter: a packet later would be taken for a listed one
            """),
        MistakeCase(
            "a match that changes",
            "{link: {downlink: {match: {udp: 1}}}, timeline: [{at: 1s, downlink: {match: {udp: 2}}}]}",
            """
            x.yaml:1:77: error: the match cannot change while packets flow
                ...{udp: 1}}}, timeline: [{at: 1s, downlink: {match: {udp: 2}}}]}
                                                                     ^
            hint: packets would overtake what is under way: change what is done to the matched ones instead
            """),
        MistakeCase(
            "a match that comes later", "{timeline: [{at: 1s, downlink: {match: {udp: 2}}}]}",
            """
            x.yaml:1:40: error: the match cannot change while packets flow
                {timeline: [{at: 1s, downlink: {match: {udp: 2}}}]}
                                                       ^
            hint: packets would overtake what is under way: change what is done to the matched ones instead
            """),
    ]
}
