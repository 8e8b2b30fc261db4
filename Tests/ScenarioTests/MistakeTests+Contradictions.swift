import Glibc

extension MistakeTests {
    static let workingDirectory = getcwd(nil, 0).map { String(cString: $0) } ?? "?"

    static let contradictions = [
        MistakeCase(
            "a stream asked for where nobody listens",
            "pipeline: {protocol: srt, srt: {mode: rendezvous, streamid: camera}}",
            """
            x.yaml:1:61: error: nobody asks for a stream where both ends call
                pipeline: {protocol: srt, srt: {mode: rendezvous, streamid: camera}}
                                                                            ^
            hint: leave 'streamid' out, or take mode caller or listener
            """),
        MistakeCase(
            "a passphrase that SRT does not take", "pipeline: {protocol: srt, srt: {passphrase: short}}",
            """
            x.yaml:1:45: error: passphrase has 5 bytes
                pipeline: {protocol: srt, srt: {passphrase: short}}
                                                            ^
            hint: write 10 to 79
            """),
        MistakeCase(
            "a buffer too short to ask again", "pipeline: {protocol: rist, rist: {buffer: 20ms}}",
            """
            x.yaml:1:43: error: buffer 20ms is less than 50ms
                pipeline: {protocol: rist, rist: {buffer: 20ms}}
                                                          ^
            """),
        MistakeCase(
            "a profile that RIST has and netlab not", "pipeline: {protocol: rist, rist: {profile: advanced}}",
            """
            x.yaml:1:44: error: profile 'advanced' is not supported yet
                pipeline: {protocol: rist, rist: {profile: advanced}}
                                                           ^
            hint: this version knows one of simple, main
            """),
        MistakeCase(
            "RIST's buffer by another name", "pipeline: {protocol: rist, rist: {latency: 1s}}",
            """
            x.yaml:1:35: error: unknown key 'latency' in rist
                pipeline: {protocol: rist, rist: {latency: 1s}}
                                                  ^
            hint: it is called 'buffer' here
            """),
        MistakeCase(
            "a queue smaller than a packet", "link: {uplink: {rate: 1mbit, queue: 1ms}}",
            """
            x.yaml:1:37: error: queue 1ms at 1mbit holds 125 bytes, less than one packet of 1514
                link: {uplink: {rate: 1mbit, queue: 1ms}}
                                                    ^
            hint: at this rate one packet takes 13ms
            """),
        MistakeCase(
            "a queue that a change makes smaller than a packet",
            "duration: 10s\nlink: {downlink: {rate: 10mbit, queue: 5ms}}\ntimeline: [{at: 5s, downlink: {rate: 1mbit}}]",
            """
            x.yaml:2:40: error: queue 5ms at 1mbit holds 625 bytes, less than one packet of 1514
                link: {downlink: {rate: 10mbit, queue: 5ms}}
                                                       ^
            hint: at this rate one packet takes 13ms
            """),
        MistakeCase(
            "more jitter than delay", "link: {uplink: {delay: 10ms, jitter: 20ms}}",
            """
            x.yaml:1:38: error: jitter 20ms is more than the delay of 10ms
                link: {uplink: {delay: 10ms, jitter: 20ms}}
                                                     ^
            hint: no packet can arrive before it was sent: make the delay at least as great
            """),
        MistakeCase(
            "a change after the end", "duration: 10s\ntimeline: [{at: 10s, downlink: {delay: 1ms}}]",
            """
            x.yaml:2:17: error: a change at 10s is not before the end at 10s
                timeline: [{at: 10s, downlink: {delay: 1ms}}]
                                ^
            hint: make 'duration' longer, or the change earlier
            """),
        MistakeCase(
            "two changes at one moment",
            "timeline: [{at: 5s, downlink: {delay: 1ms}}, {at: 5000ms, uplink: {delay: 1ms}}]",
            """
            x.yaml:1:51: error: a second change at 5s; the first is in line 1
                timeline: [{at: 5s, downlink: {delay: 1ms}}, {at: 5000ms, uplink: {delay: 1ms}}]
                                                                  ^
            hint: write both as one change
            """),
        MistakeCase(
            "a change of nothing", "timeline: [{at: 5s}]",
            """
            x.yaml:1:12: error: a change that changes nothing
                timeline: [{at: 5s}]
                           ^
            hint: give it 'downlink', 'uplink' or 'both'
            """),
        MistakeCase(
            "a change of a rate that was not there", "timeline: [{at: 5s, downlink: {rate: 1mbit}}]",
            """
            x.yaml:1:38: error: downlink has no rate that could change
                timeline: [{at: 5s, downlink: {rate: 1mbit}}]
                                                     ^
            hint: give 'link.downlink' a rate to begin with
            """),
        MistakeCase(
            "TCP without a rate in virtual time", "engine: virtual\nprobes: [{throughput: tcp}]",
            """
            x.yaml:2:10: error: a tcp throughput probe over a downlink without a rate never ends in virtual time
                probes: [{throughput: tcp}]
                         ^
            hint: give 'link.downlink' a rate, or take engine embedded or host: there it is as fast as the machine
            """),
        MistakeCase(
            "TCP without a rate in one run of a matrix",
            "probes: [{throughput: tcp}]\nmatrix: {engine: [embedded, virtual]}",
            """
            x.yaml:1:10: error: a tcp throughput probe over a downlink without a rate never ends in virtual time
                probes: [{throughput: tcp}]
                         ^
            hint: give 'link.downlink' a rate, or take engine embedded or host: there it is as fast as the machine
            """),
        MistakeCase(
            "TCP without a rate in virtual time, though one comes later",
            "engine: virtual\nprobes: [{throughput: tcp}]\ntimeline: [{at: 5s, downlink: {rate: 1mbit}}]",
            """
            x.yaml:2:10: error: a tcp throughput probe over a downlink without a rate never ends in virtual time
                probes: [{throughput: tcp}]
                         ^
            hint: give 'link.downlink' a rate, or take engine embedded or host: there it is as fast as the machine
            x.yaml:3:38: error: downlink has no rate that could change
                timeline: [{at: 5s, downlink: {rate: 1mbit}}]
                                                     ^
            hint: give 'link.downlink' a rate to begin with
            """),
        MistakeCase(
            "UDP without a rate to offer", "probes: [{throughput: udp}]",
            """
            x.yaml:1:10: error: a udp throughput probe has no 'rate'
                probes: [{throughput: udp}]
                         ^
            hint: say how much it offers, such as rate: 12mbit
            """),
        MistakeCase(
            "a payload where there are no datagrams", "probes: [{throughput: tcp, payload: 100B}]",
            """
            x.yaml:1:37: error: tcp has no datagrams whose payload could be chosen
                probes: [{throughput: tcp, payload: 100B}]
                                                    ^
            """),
        MistakeCase(
            "a payload that would be cut in pieces", "probes: [{throughput: udp, rate: 1mbit, payload: 1500B}]",
            """
            x.yaml:1:50: error: payload 1500B is more than 1.472kB
                probes: [{throughput: udp, rate: 1mbit, payload: 1500B}]
                                                                 ^
            """),
        MistakeCase(
            "two probes of one kind", "probes: [{latency: 50ms}, {latency: 20ms}]",
            """
            x.yaml:1:27: error: a second latency probe
                probes: [{latency: 50ms}, {latency: 20ms}]
                                          ^
            """),
        MistakeCase(
            "an expectation that nothing measures", "expect: [probe.tcp.rate > 1mbit]",
            """
            x.yaml:1:10: error: nothing in this scenario measures probe.tcp.rate
                expect: [probe.tcp.rate > 1mbit]
                         ^
            hint: add {throughput: tcp} to 'probes'
            """),
        MistakeCase(
            "sync without sound", "pipeline: {media: {audio: none}}\nexpect: [avsync.p95 < 80ms]",
            """
            x.yaml:2:10: error: nothing in this scenario measures avsync.p95
                expect: [avsync.p95 < 80ms]
                         ^
            hint: the media has no audio
            """),
        MistakeCase(
            "a codec that the protocol cannot carry",
            "pipeline: {protocol: udp-ts, media: {audio: {codec: opus}}}",
            """
            x.yaml:1:11: error: udp-ts cannot carry opus: its MPEG-TS is made of h264 and aac
                pipeline: {protocol: udp-ts, media: {audio: {codec: opus}}}
                          ^
            hint: take aac, or protocol rtp
            """),
        MistakeCase(
            "places in RTP of a protocol without RTP",
            "link: {downlink: {drop: {rtp: [100]}}}\npipeline: {protocol: udp-ts}",
            """
            x.yaml:1:31: error: udp-ts has no RTP stream for each kind of media
                link: {downlink: {drop: {rtp: [100]}}}
                                              ^
            hint: take protocol rtp, or 'every' with a 'match'
            """),
        MistakeCase(
            "RTP figures of a protocol without RTP",
            "pipeline: {protocol: udp-ts}\nexpect: [rtp.video.loss < 1%]",
            """
            x.yaml:2:10: error: nothing in this scenario measures rtp.video.loss
                expect: [rtp.video.loss < 1%]
                         ^
            hint: only 'rtp' and 'rtsp' have an RTP stream for each kind of media; 'media.' and 'player.' figures do
            """),
        MistakeCase(
            "loss that never begins", "link: {downlink: {loss: {gemodel: {p: 0%, r: 0%}}}}",
            """
            x.yaml:1:39: error: gemodel never leaves the good state when p is 0%
                link: {downlink: {loss: {gemodel: {p: 0%, r: 0%}}}}
                                                      ^
            hint: give p more than 0%
            """),
        MistakeCase(
            "more runs than anybody waits for",
            "matrix: {seed: [\((1...20).map(String.init).joined(separator: ", "))], duration: [\((1...20).map { "\($0)s" }.joined(separator: ", "))]}",
            """
            x.yaml:1:9: error: matrix makes 400 runs, more than 256
                matrix: {seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], duration: [1...
                        ^
            """),
    ]
}
