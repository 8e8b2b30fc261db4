"""What is asked of the link, row by row: the table that `make fidelity` works through.

To show one more thing, add a line to CASES: the page's part, what tells the row from its neighbours, what is asked of
the downlink in a scenario's words, what is sent over it, and which proofs of the report the page shows. A row of another
kind (a timeline, a flow) says the rest of its scenario in `more`.
"""

from dataclasses import dataclass

REAL, VIRTUAL, HOST = "embedded", "virtual", "host"


@dataclass(frozen=True)
class Send:
    """A throughput probe: what crosses the link before a second of media does."""
    words: str
    seconds: float
    virtual_seconds: float = None  # where virtual time affords more packets than real time

    def text(self, engine):
        seconds = self.virtual_seconds if engine == VIRTUAL and self.virtual_seconds else self.seconds
        return f"{{{self.words}, before: {seconds}s}}"


def udp(rate, seconds, payload=1200, virtual=None):
    return Send(f"throughput: udp, rate: {rate}, payload: {payload}B", seconds, virtual)


def tcp(seconds):
    return Send("throughput: tcp", seconds)


@dataclass(frozen=True)
class Case:
    part: str
    name: str
    link: str
    send: Send
    shows: tuple
    uplink: str = ""
    more: str = ""  # other lines of the scenario
    duration: str = "1s"  # of the media behind the probe; a timeline needs more
    video: str = "300kbit"
    witness: str = ""  # `iperf3` or `ping`: measures the same link once more
    reads: str = ""  # `losses` or `delays`: what else the captures are read for
    correlates: float = None  # the correlation of neighbours that is asked, or follows from what is
    ends: float = None  # the chance that a burst of losses ends at each packet, where its length depends on that alone

    @property
    def slug(self):
        words = "".join(letter if letter.isalnum() else " " for letter in f"{self.part.split()[0]} {self.name}".lower())
        return "-".join(words.split())


RATE, DELAY, JITTER, LOSS, BURSTS = "Rate", "Delay", "Jitter", "Loss", "Bursts of loss"
PATH, QUEUE, AQM, OFF = "Duplicates, corruption, order, slots", "Queue", "Queues that act on the wait", "Where netem is off"
SHARED, CHANGES, FLOWS = "A queue that never fills", "Changes over time", "Packets told apart"

# A packet of 200 bytes each millisecond, each 70 ms; 20 000 packets of 100 bytes, or of 24, a second.
EACH_MS, EACH_70_MS, MANY, MOST = "1936kbit", "27657bit", "22720kbit", "10560kbit"

def rate(name, link, send):
    return Case(RATE, name, link, send, ("rate",), witness="iperf3")


def delay(asked):
    return Case(DELAY, asked, f"delay: {asked}", udp("2mbit", 4, 200), ("delay", "order"), witness="ping")


def jitter(name, link, send=udp(EACH_MS, 8, 200, 12), reads=""):
    return Case(JITTER, name, link, send, ("delay", "jitter", "distribution", "order"), reads=reads)


def loss(asked, real, virtual):
    return Case(LOSS, asked, f"loss: {asked}", udp(MOST, real, 24, virtual), ("loss",))


def bursts(name, model, **follows):
    return Case(BURSTS, name, f"loss: {model}", udp(MANY, 8, 100, 40), ("loss", "burst"), reads="losses", **follows)


def path(name, link, shows, send=udp(EACH_MS, 8, 200, 12), more=""):
    return Case(PATH, name, link, send, shows, more=more)


def queue(limit):
    return Case(QUEUE, limit, f"rate: 10mbit, queue: {limit}", udp("13mbit", 4), ("queue", "rate", "loss"))


def aqm(name, words):
    link = f"rate: 10mbit, delay: 20ms, queue: {words}"
    return Case(AQM, name, link, tcp(8), ("queue", "rate", "drops", "marks", "order"), more="ecn: true")


def change(name, link, timeline, shows):
    """While 600 kbit/s of media cross the link, which fill it."""
    return Case(CHANGES, name, link, udp("100kbit", 0.5, 200), shows, more=f"timeline: [{timeline}]", duration="8s",
                video="600kbit")


def off(name, link, shows, reads="", correlates=None):
    return Case(OFF, name, f"raw: true, {link}", udp(EACH_MS, 5, 200, 40), shows, reads=reads, correlates=correlates)


def flow(name, link, shows, send=udp(EACH_MS, 12, 200)):
    return Case(FLOWS, name, link, send, shows, duration="5s")


# Whether an engine works here at all.
TRIAL = Case("Trial", "", "delay: 1ms", udp("1mbit", 0.2), ())

# One bottleneck, with netlab's netem before it and without: measured by iperf3 and ping alone.
BUFFERS = Case(SHARED, "", "rate: 5mbit, queue: 100ms, delay: 20ms", udp("5mbit", 1), (), uplink="delay: 20ms")

CASES = [
    rate("64 kbit/s", "rate: 64kbit, queue: 20packets", udp("83kbit", 15)),
    rate("1 Mbit/s", "rate: 1mbit", udp("1300kbit", 6)),
    rate("10 Mbit/s", "rate: 10mbit", udp("13mbit", 4)),
    rate("10 Mbit/s by htb", "rate: 10mbit, shaper: htb", udp("13mbit", 4)),
    rate("100 Mbit/s", "rate: 100mbit", udp("130mbit", 4)),
    rate("1 Gbit/s", "rate: 1gbit", tcp(2)),
    delay("200us"),
    delay("1ms"),
    delay("5ms"),
    delay("20ms"),
    delay("100ms"),
    delay("500ms"),
    jitter("50 ± 30 ms", "delay: 50ms, jitter: 30ms", reads="delays"),
    jitter("50 ± 30 ms, raw", "delay: 50ms, jitter: 30ms, raw: true", reads="delays"),
    jitter("50 ± 30 ms, a packet each 70 ms", "delay: 50ms, jitter: 30ms", udp(EACH_70_MS, 30, 200, 200)),
    jitter("50 ± 10 ms, normal", "delay: 50ms, jitter: 10ms, distribution: normal"),
    jitter("50 ± 10 ms, normal, raw", "delay: 50ms, jitter: 10ms, distribution: normal, raw: true"),
    jitter("50 ± 10 ms, pareto, raw", "delay: 50ms, jitter: 10ms, distribution: pareto, raw: true"),
    jitter("50 ± 10 ms, paretonormal, raw", "delay: 50ms, jitter: 10ms, distribution: paretonormal, raw: true"),
    jitter("50 ± 10 ms, a table of two peaks, raw", "delay: 50ms, jitter: 10ms, distribution: peaks.dist, raw: true"),
    loss("0.01%", 15, 800),
    loss("1%", 10, 20),
    loss("10%", 5, 5),
    loss("50%", 3, 3),
    bursts("Gilbert: p 1 %, r 20 %", "{gemodel: {p: 1%, r: 20%}}", correlates=1 - 0.01 - 0.2, ends=0.2),
    bursts("Elliott: p 2 %, r 10 %, 70 % and 0.1 %",
           "{gemodel: {p: 2%, r: 10%, loss-in-bad: 70%, loss-in-good: 0.1%}}"),
    bursts("four states: p13 1 %, p31 20 %, p32 5 %, p23 30 %, p14 0.1 %",
           "{state: {p13: 1%, p31: 20%, p32: 5%, p23: 30%, p14: 0.1%}}"),
    path("duplicate 1 %", "duplicate: 1%", ("duplicate",), udp(MANY, 10, 100, 20)),
    path("duplicate 10 %", "duplicate: 10%", ("duplicate",), udp(MANY, 3, 100)),
    path("corrupt 1 %", "corrupt: 1%", ("corrupt",), udp(MANY, 10, 100, 20)),
    path("corrupt 10 %", "corrupt: 10%", ("corrupt",), udp(MANY, 3, 100)),
    path("reorder 5 %", "delay: 50ms, reorder: 5%", ("reorder", "order"), udp(EACH_MS, 8, 200, 40)),
    path("reorder 25 %", "delay: 50ms, reorder: 25%", ("reorder", "order")),
    path("reorder each 5th", "delay: 50ms, reorder: {share: 100%, gap: 5}", ("reorder", "order")),
    path("slots of 20 ms", "slot: {min: 20ms}", ("slot", "order")),
    path("slots of 5 to 15 ms, 8 packets", "slot: {min: 5ms, max: 15ms, packets: 8}", ("slot", "order")),
    path("ECN marks for 2 % of loss", "rate: 10mbit, delay: 5ms, loss: {random: 2%, ecn: true}", ("mark", "loss"),
         tcp(15), "ecn: true"),
    flow("the probe's port alone", "delay: 50ms, loss: 10%, match: {udp: 5202}",
         ("match", "delay", "loss", "unmatched-delay", "unmatched-loss", "order")),
    flow("the video alone", "delay: 50ms, jitter: 10ms, match: {rtp: video}",
         ("match", "delay", "jitter", "unmatched-delay", "unmatched-loss", "order")),
    flow("RTP packets 1, 20, 21 and 60", "delay: 20ms, drop: {rtp: [1, 20, 21, 60]}", ("listed", "loss", "delay")),
    flow("each 100th packet", "delay: 20ms, drop: {every: 100th}", ("every", "loss", "delay")),
    flow("each 100th packet, beside 1 % of loss", "loss: 1%, drop: {every: 100th}", ("every", "loss")),
    flow("RTCP, all of it", "drop: {every: 1st, match: {rtcp: true}}", ("every", "loss")),
    queue("50ms"),
    queue("64kB"),
    queue("50packets"),
    aqm("fifo of 400 ms, to compare", "400ms"),
    aqm("codel", "{codel: {ecn: true}}"),
    aqm("fq_codel", "fq_codel"),
    aqm("pie", "{pie: {ecn: true}}"),
    aqm("fq_pie", "{fq_pie: {ecn: true}}"),
    aqm("red", "{red: {limit: 400kB, min: 25kB, max: 75kB, burst: 40, ecn: true}}"),
    aqm("cake", "cake"),
    change("a rate of 400, then 200 kbit/s", "rate: 400kbit", "{at: 4s, downlink: {rate: 200kbit}}", ("rate", "order")),
    change("a ramp from 400 to 100 kbit/s in 4 s", "rate: 400kbit", "{at: 3s, over: 4s, downlink: {rate: 100kbit}}",
           ("rate", "order")),
    change("a delay of 60, then 20 ms", "delay: 60ms", "{at: 4s, downlink: {delay: 20ms}}", ("delay", "order")),
    change("a loss of 0, then 20 %", "delay: 5ms", "{at: 2s, downlink: {loss: 20%}}", ("loss",)),
    change("1 s of outage", "delay: 5ms", "{at: 3s, for: 1s, downlink: {down: silent}}", ("loss", "delay")),
    off("loss 5 %, correlation 10 %", "loss: {random: 5%, correlation: 10%}", ("loss",), "losses", 0.10),
    off("loss 5 %, correlation 25 %", "loss: {random: 5%, correlation: 25%}", ("loss",), "losses", 0.25),
    off("loss 5 %, correlation 50 %", "loss: {random: 5%, correlation: 50%}", ("loss",), "losses", 0.5),
    off("loss 40 %, correlation 50 %", "loss: {random: 40%, correlation: 50%}", ("loss",), "losses", 0.5),
    off("duplicate 10 %, correlation 50 %", "duplicate: {share: 10%, correlation: 50%}", ("duplicate",)),
    off("corrupt 10 %, correlation 50 %", "corrupt: {share: 10%, correlation: 50%}", ("corrupt",)),
    off("reorder 5 %, correlation 50 %", "delay: 50ms, reorder: {share: 5%, correlation: 50%}", ("reorder",)),
    off("jitter 50 ± 30 ms, correlation 50 %", "delay: 50ms, jitter: 30ms, correlation: 50%", ("jitter",), "delays", 0.5),
]
