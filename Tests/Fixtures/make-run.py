#!/usr/bin/env python3
"""Makes the captures and logs of a run over a link that this script simulates itself: make-run.py FOLDER [NAME=VALUE...].

The model here is written on its own: a byte-limited queue behind a token bucket, then netem's delay, jitter in order and
loss. What it did to each packet is also written, to truth.json, so that an analysis can be held to it.
Only the standard library is needed.
"""
import importlib.util
import json
import random
import struct
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("captures", Path(__file__).with_name("make-captures.py"))
captures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(captures)

START = captures.START
SECOND = 1_000_000_000


def settings(words):
    """Rates in bit/s, times in seconds, sizes in bytes; `to` and `at`: a change of the rate."""
    values = dict(seconds=10, video=2_500_000, rate=10_000_000, real_rate=0, queue=125_000, burst=1600, delay=0.02, jitter=0,
                  loss=0, seed=1, at=0, to=0, probe=0, real_delay=-1, reorder=0, sr_error=0, pbad=0, rgood=0)
    for word in words:
        name, value = word.split("=")
        values[name] = float(value)
    return values


class Link:
    """One direction."""

    def __init__(self, rate, queue, burst, delay, jitter, loss, seed, reorder=0, pbad=0, rgood=0):
        self.rate, self.queue, self.burst, self.delay, self.jitter = rate, queue, burst, delay, jitter
        self.loss, self.draw, self.reorder = loss, random.Random(seed), reorder
        self.pbad, self.rgood, self.bad = pbad, rgood, False
        self.tokens, self.tokens_at, self.waiting, self.backlog = burst, START - 10 * SECOND, [], 0
        self.free_at, self.last_out, self.changes = 0, 0, []

    def lost(self):
        if self.pbad:
            self.bad = self.draw.random() >= self.rgood if self.bad else self.draw.random() < self.pbad
            return self.bad
        return self.draw.random() < self.loss

    def take(self, now, size):
        """Returns (arrival, fate)."""
        while self.waiting and self.waiting[0][0] <= now:
            self.backlog -= self.waiting.pop(0)[1]
        if self.rate and self.backlog + size > self.queue:
            return None, "queue"
        out = max(now, self.free_at)
        if self.rate:
            tokens = min(self.burst, self.tokens + (out - self.tokens_at) * self.rate / 8 / SECOND)
            if tokens < size:
                out += int((size - tokens) * 8 * SECOND / self.rate)
                tokens = size
            self.tokens, self.tokens_at, self.free_at = tokens - size, out, out
            self.waiting.append((out, size))
            self.backlog += size
        if self.lost():
            return None, "path"
        arrival = out + int((self.delay + self.jitter * (2 * self.draw.random() - 1)) * SECOND)
        if self.reorder and self.draw.random() < self.reorder:
            return arrival - int(0.5 * self.delay * SECOND), "came"
        if self.jitter:
            arrival = max(arrival, self.last_out) + size * 8
            self.last_out = arrival
        return arrival, "came"


def media(values):
    """Yields (time, payload, unit) of video and audio, and the units."""
    draw = random.Random(values["seed"])
    units, sends = [], []
    fps, number = 30, 100
    for frame in range(int(values["seconds"] * fps)):
        time = START + frame * SECOND // fps
        key = frame % 60 == 0
        size = int(values["video"] / 8 / fps * (6 if key else 0.9) * draw.uniform(0.9, 1.1))
        parts = max(1, -(-size // 1180))
        for part in range(parts):
            stamp = 5000 + frame * 3000
            payload = captures.rtp(number + part, stamp, ssrc=111, kind=96, marker=part == parts - 1,
                                   size=min(1180, size - part * 1180))
            sends.append((time + part * 20_000, 5004, payload))
        units.append(dict(stream="video", index=frame, pts=frame / fps, timestamp=stamp, size=size, key=key,
                          firstSequence=number, lastSequence=number + parts - 1, due=time, firstSent=time,
                          lastSent=time + (parts - 1) * 20_000))
        number += parts
    for packet in range(int(values["seconds"] * 48000 / 1024)):
        time = START + packet * 1024 * SECOND // 48000
        stamp = (900 + packet * 1024) & 0xFFFFFFFF
        sends.append((time + 500, 5006, captures.rtp(65000 + packet, stamp, ssrc=222, kind=97, marker=True, size=340)))
        units.append(dict(stream="audio", index=packet, pts=packet * 1024 / 48000, timestamp=stamp, size=340, key=True,
                          firstSequence=65000 + packet, lastSequence=65000 + packet, due=time, firstSent=time,
                          lastSent=time))
    for second in range(int(values["seconds"])):
        time = START + second * SECOND + 3_000_000
        for port, ssrc, base, clock, error in ((5005, 111, 5000, 90000, 0), (5007, 222, 900, 48000, values["sr_error"])):
            ticks = int((time - START) * clock / SECOND)
            stamp = (base + ticks) & 0xFFFFFFFF
            claimed = time + int(error * SECOND)
            sends.append((time, port, struct.pack(">BBHIQIII", 0x80, 200, 6, ssrc, captures.ntp(claimed), stamp, 0, 0)))
    return sends, units


def main():
    folder, values = Path(sys.argv[1]), settings(sys.argv[2:])
    for name in ("captures", "media", "logs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    delay = values["delay"] if values["real_delay"] < 0 else values["real_delay"]
    link = Link(values["real_rate"] or values["rate"], values["queue"], values["burst"], delay, values["jitter"],
                values["loss"], values["seed"], values["reorder"], values["pbad"], values["rgood"])
    sends, units = media(values)
    count = int(values["probe"] * (values["rate"] or 10_000_000) * 1.5 / 8 / 1242)
    for index in range(count):
        time = START - int((values["probe"] + 1) * SECOND) + index * int(values["probe"] * SECOND) // count
        sends.append((time, 7777, struct.pack(">I", index) + bytes(1196)))
    sent, came, truth = [], [], dict(sent=0, queue=0, path=0, came=0, bytes=0)
    changed = False
    for time, port, payload in sorted(sends):
        if values["to"] and not changed and time >= START + values["at"] * SECOND:
            link.rate, link.tokens, link.tokens_at, changed = values["to"], values["burst"], time, True
        frame = captures.ethernet(captures.udp4(payload, ports=(port, port)))
        frame = frame[:18] + struct.pack(">H", len(sent) & 0xFFFF) + frame[20:]
        sent.append((time, frame))
        arrival, fate = link.take(time, len(frame))
        if time >= START:
            truth["sent"] += 1
            truth[fate] += 1
            truth["bytes"] += len(frame)
        if arrival is not None:
            came.append((arrival, frame))
    # The way back: 20 ms, and nothing else.
    for second in range(int(values["seconds"])):
        report = struct.pack(">BBHI", 0x80, 201, 1, 333)
        frame = captures.ethernet(captures.udp4(report, "10.0.0.2", "10.0.0.1", (5005, 5005)))
        frame = frame[:18] + struct.pack(">H", second) + frame[20:]
        time = START + second * SECOND + 700_000_000
        came.append((time, frame))
        sent.append((time + 20_000_000, frame))
    order = lambda frame: frame[0]
    (folder / "captures/sender.pcap").write_bytes(captures.pcap(sorted(sent, key=order)))
    (folder / "captures/receiver.pcap").write_bytes(captures.pcap(sorted(came, key=order)))
    (folder / "media/sent.jsonl").write_text("".join(json.dumps(unit) + "\n" for unit in units))
    (folder / "truth.json").write_text(json.dumps(truth))


if __name__ == "__main__":
    main()
