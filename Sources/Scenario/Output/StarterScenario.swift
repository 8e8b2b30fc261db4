/// The scenario that `netlab init` writes: valid as it is, with every setting explained.
package enum StarterScenario {
    /// The text, ending with a newline.
    package static let text = """
        # A netlab scenario. Check it with 'netlab validate', read it completed with 'netlab plan', run it with
        # 'netlab run'. Every quantity has its unit: 10mbit, 20ms, 1%, 64kB.
        name: My scenario
        description: What this scenario is for.

        # The same seed loses the same packets and jitters them in the same way.
        seed: 1

        # Length of the stream.
        duration: 20s

        # What is done to packets. 'downlink' is the media's way, 'uplink' the way back; 'both' says the same of both.
        # 'delay' is one way: half of a round trip in each direction.
        link:
          downlink:
            rate: 10mbit      # the bottleneck, Ethernet headers included; no limit when left out
            queue: 100ms      # what the bottleneck holds before it drops: a time, a size (64kB) or 50packets
            delay: 20ms
            jitter: 2ms       # delay +/- this, keeping packets in order
            loss: 0.1%        # or in bursts: {gemodel: {p: 1%, r: 20%}}
          uplink: {rate: 2mbit, delay: 20ms}
        # Instead of numbers of your own, a link of the catalogue ('netlab list profiles --sources'):
        # profile: wpt-lte

        # Changes while the stream plays; what is not named stays as it was.
        timeline:
          - {at: 8s, downlink: {rate: 4mbit}}
          - {at: 14s, downlink: {rate: 10mbit}}
        # Also ramps (over: 3s), what passes again (for: 2s), outages ({down: true}) and repeats (every: 5s, times: 3).

        pipeline:
          protocol: rtp
          media:
            # A file of yours instead: {file: clip.mp4}, relative to this scenario.
            video: {codec: h264, size: 1280x720, fps: 30, rate: 2500kbit, gop: 2s}
            audio: {codec: aac, rate: 128kbit}
          player:
            buffer: 200ms     # media held before playing starts
            underrun: wait    # or skip: keep the clock and leave late frames out

        # Measurements beside the media.
        probes:
          - {throughput: tcp, before: 3s}
          - {latency: 50ms}

        # What must hold for the run to pass.
        expect:
          - rtp.video.loss <= 1%
          - player.stall.total < 500ms
          - avsync.p95 < 80ms

        # One run of each combination:
        # matrix: {link.downlink.rate: [2mbit, 5mbit], pipeline.player.buffer: [100ms, 500ms]}

        """
}
