"""The forms that are compared, and the command lines of the clients that play them.

Each command line ends in something that writes the lab's time into `first` when the first picture comes, and takes the
rest so that the client goes on.
"""

import dataclasses

NETLAB, FFMPEG, QUICK, GSTREAMER = "netlab", "ffmpeg", "ffmpeg, quick", "GStreamer"
CLIENTS = [NETLAB, FFMPEG, QUICK, GSTREAMER]

NOW = "date +%s.%N >first; cat >/dev/null"
# ffmpeg writes raw pictures, of which the first byte counts.
PICTURE = f'{{ [ "$(head -c 1 | wc -c)" -eq 1 ] && {NOW}; }}'
# GStreamer's sinks wait until its buffers are filled; the element before says when a picture passes.
MESSAGE = f'{{ grep -q -m 1 "last-message = chain" && {NOW}; }}'
# Decoding with several threads holds pictures back.
DECODE = "-map 0:v:0 -fps_mode passthrough -f rawvideo -flush_packets 1 pipe:1"
# What ffmpeg is told where it matters how soon it shows something: do not look ahead to learn of the streams.
HASTE = "-probesize 32 -analyzeduration 0 -flags low_delay"
# What has no connection is there before the stream begins; what has one is given time to make it.
BOUND, JOINED = "{port: 5004}", "{after: 1s}"
# How far into the stream a client comes that need not be there from the beginning, in seconds.
LATE = 8
SERVER = "$NETLAB_SENDER:$NETLAB_PORT"


@dataclasses.dataclass
class Form:
    """A protocol in one of its forms."""
    name: str
    protocol: str
    # What ffmpeg reads, with the options that it needs to read it at all.
    ffmpeg: str = None
    # GStreamer's elements up to H.264, or up to pictures where `decodes`.
    gstreamer: str = None
    decodes: bool = False
    # When another's client counts as ready; nothing where the pipeline waits for it anyway.
    ready: str = None
    # Whether its clients come when the stream has run for some time.
    is_late: bool = False
    # Further keys of the pipeline.
    settings: str = ""

    def command(self, client, worker):
        """What the receiver runs; None for netlab's own receiver, and where the client does not speak the protocol.

        worker: the path of netlab-media, which is told when to start by its standard input."""
        if client == NETLAB:
            if not self.is_late:
                return None
            start = 'python3 -c "import time; print(\'start\', time.monotonic_ns())"; sleep 60'
            return (f'sleep {LATE}; {{ {start}; }} | {worker} receive --run "$NETLAB_FOLDER/.." '
                    "--bind $NETLAB_RECEIVER --from $NETLAB_SENDER >/dev/null")
        played = self.by_gstreamer() if client == GSTREAMER else self.by_ffmpeg(HASTE if client == QUICK else "")
        return played and (f"sleep {LATE}; " if self.is_late else "") + played

    def by_ffmpeg(self, haste):
        return self.ffmpeg and f"ffmpeg -v error -nostdin {haste} -threads 1 {self.ffmpeg} {DECODE} | {PICTURE}"

    def by_gstreamer(self):
        decoder = "" if self.decodes else "! h264parse ! openh264dec "
        ending = f"{decoder}! identity silent=false ! fakesink | {MESSAGE}"
        return self.gstreamer and f"gst-launch-1.0 -v {self.gstreamer} {ending}"


def over_http(name, protocol, manifest, settings=""):
    url = f"http://{SERVER}/{manifest}"
    return Form(
        name, protocol, f'-i "{url}"',
        f'uridecodebin3 uri="{url}" name=all all. ! audio/x-raw ! fakesink all. ! video/x-raw',
        decodes=True, is_late=True, settings=settings)


def over_rtsp(transport):
    url = f"rtsp://{SERVER}/camera-1"
    return Form(
        f"rtsp, {transport}", "rtsp", f'-rtsp_transport {transport} -i "{url}"',
        f'rtspsrc location="{url}" protocols={transport} latency=0 ! rtph264depay', ready=JOINED,
        settings=f"rtsp: {{transport: {transport}}}")


def over_rtp(encoding):
    return (f"udpsrc port=$NETLAB_PORT caps=application/x-rtp,media=video,clock-rate=90000,encoding-name={encoding} "
            "! rtpjitterbuffer latency=0")


FORMS = [
    Form("rtp", "rtp", "-protocol_whitelist file,udp,rtp -i ../media/session.sdp",
         f"{over_rtp('H264')} ! rtph264depay", ready=BOUND),
    Form("rtp-ts", "rtp-ts", "-i rtp://0.0.0.0:$NETLAB_PORT", f"{over_rtp('MP2T')} ! rtpmp2tdepay ! tsdemux",
         ready=BOUND),
    Form("udp-ts", "udp-ts", "-i udp://@:$NETLAB_PORT", "udpsrc port=$NETLAB_PORT ! tsdemux", ready=BOUND),
    over_rtsp("udp"),
    over_rtsp("tcp"),
    Form("rtmp", "rtmp", f'-i "rtmp://{SERVER}/live/netlab"',
         f'rtmp2src location="rtmp://{SERVER}/live/netlab" ! flvdemux'),
    over_http("rtmp-hls", "rtmp-hls", "hls/netlab.m3u8"),
    # The client calls, as with all that has a connection.
    Form("srt", "srt", f'-i "srt://{SERVER}?mode=caller"', f'srtsrc uri="srt://{SERVER}?mode=caller" ! tsdemux',
         settings="srt: {mode: listener}"),
    # Each holds back what came for the same buffer.
    Form("rist", "rist", '-rist_profile simple -buffer_size 100 -i "rist://@0.0.0.0:$NETLAB_PORT"',
         "ristsrc address=0.0.0.0 port=$NETLAB_PORT receiver-buffer=100 ! rtpmp2tdepay ! tsdemux",
         ready="{port: 7000}", settings="rist: {profile: simple, buffer: 100ms}"),
    over_http("hls, MPEG-TS", "hls", "live/master.m3u8", "http: {container: ts}"),
    over_http("hls, fMP4", "hls", "live/master.m3u8", "http: {container: fmp4}"),
    over_http("ll-hls", "ll-hls", "live/master.m3u8"),
    over_http("dash", "dash", "live/manifest.mpd"),
    over_http("ll-dash", "ll-dash", "live/manifest.mpd"),
    Form("ws", "ws"),
]
