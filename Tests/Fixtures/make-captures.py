#!/usr/bin/env python3
"""Makes captures of RTP whose every packet is known: make-captures.py FOLDER.

Each function below is one capture, named after it. Everything is drawn from fixed seeds, so the files are the same each
time. Only the standard library is needed.
"""
import random
import struct
import sys
from pathlib import Path

START = 1_700_000_000_000_000_000  # ns since the epoch
ETHERNET, RAW, COOKED, COOKED2, NULL = 1, 101, 113, 276, 0


def rtp(sequence, timestamp, ssrc=0x1234ABCD, kind=33, marker=False, size=188, csrcs=0, extension=None):
    head = 0x80 | csrcs | (0x10 if extension is not None else 0)
    packet = struct.pack(">BBHII", head, kind | (0x80 if marker else 0), sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    packet += struct.pack(">I", 7) * csrcs
    if extension is not None:
        packet += struct.pack(">HH", 0xBEDE, len(extension) // 4) + extension
    return packet + bytes(size)


def udp4(payload, source="10.0.0.1", target="10.0.0.2", ports=(5004, 5004)):
    datagram = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    address = [bytes(int(part) for part in text.split(".")) for text in (source, target)]
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0) + address[0] + address[1] + datagram


def udp6(payload, ports=(5004, 5004)):
    datagram = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    source, target = bytes.fromhex("20010db8" + "00" * 11 + "01"), bytes.fromhex("20010db8" + "00" * 11 + "02")
    hops = struct.pack(">BB", 17, 0) + bytes([1, 4, 0, 0, 0, 0])
    return struct.pack(">IHBB", 6 << 28, len(hops) + len(datagram), 0, 64) + source + target + hops + datagram


def ethernet(packet, tags=()):
    kind = 0x86DD if packet[0] >> 4 == 6 else 0x0800
    tagged = b"".join(struct.pack(">HH", 0x8100, tag) for tag in tags)
    return bytes.fromhex("020000000001020000000002") + tagged + struct.pack(">H", kind) + packet


def pcap(frames, link=ETHERNET, nano=True, snap=None):
    """frames: (nanoseconds, bytes), in order."""
    out = [struct.pack("<IHHiIII", 0xA1B23C4D if nano else 0xA1B2C3D4, 2, 4, 0, 0, 262144, link)]
    for time, data in frames:
        kept = data[:snap] if snap else data
        seconds, rest = divmod(time, 1_000_000_000)
        out.append(struct.pack("<IIII", seconds, rest if nano else rest // 1000, len(kept), len(data)) + kept)
    return b"".join(out)


def pcapng(frames, link=ETHERNET):
    def block(kind, body):
        body += bytes(-len(body) % 4)
        return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)

    out = [block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    # if_tsresol 9: nanoseconds
    out.append(block(1, struct.pack("<HHI", link, 0, 262144) + struct.pack("<HHB3xHH", 9, 1, 9, 0, 0)))
    for time, data in frames:
        head = struct.pack("<IIIII", 0, time >> 32, time & 0xFFFFFFFF, len(data), len(data))
        out.append(block(6, head + data + bytes(-len(data) % 4)))
    return b"".join(out)


def frames_of(events, wrap=lambda payload: ethernet(udp4(payload))):
    return [(time, wrap(payload)) for time, payload in sorted(events, key=lambda event: event[0])]


def stream(count, first=1000, base=90000, spacing=10_000_000, ticks=900, jitter=3_000_000, seed=1, offset=0, **fields):
    """Packets 10 ms apart on a 90 kHz clock, each late by up to `jitter`, in order."""
    draw = random.Random(seed)
    last = 0
    for index in range(count):
        last = max(START + offset + index * spacing + draw.randrange(jitter + 1), last + 1)
        yield last, first + index, base + index * ticks, fields


def packets(items):
    return [(time, rtp(sequence, timestamp, **fields)) for time, sequence, timestamp, fields in items]


def clean():
    return pcap(frames_of(packets(stream(500))))


def loss():
    draw = random.Random(2)
    return pcap(frames_of(packets(item for item in stream(2000) if item[1] == 1000 or draw.random() >= 0.05)))


def bursts():
    gone = set(range(1100, 1103)) | set(range(1200, 1260)) | {1400, 1402}
    return pcap(frames_of(packets(item for item in stream(1000) if item[1] not in gone)))


def duplicates():
    draw = random.Random(3)
    events = packets(stream(1000, jitter=0))
    again = [(time + draw.choice((1000, 25_000_000, 900_000_000)), data) for time, data in events if draw.random() < 0.04]
    return pcap(frames_of(events + again))


def reordered():
    draw = random.Random(4)
    late = lambda item: item[1] > 1000 and draw.random() < 0.06
    items = [(time + (draw.randrange(12, 90) * 1_000_000 if late((time, *rest)) else 0), *rest)
             for time, *rest in stream(1500, jitter=0)]
    return pcap(frames_of(packets(items)))


def wrap():
    draw = random.Random(5)
    items = stream(140_000, first=65000, base=0xFFFFFFFF - 90000, spacing=1_000_000, ticks=90, jitter=200_000)
    return pcap(frames_of(packets(item for item in items if item[1] in (65535, 65536) or draw.random() >= 0.01)), snap=80)


def outage():
    """Five seconds of 1000 packets a second are gone: lost, not begun anew."""
    items = stream(12_000, spacing=1_000_000, ticks=90, jitter=200_000)
    return pcap(frames_of(packets(item for item in items if not 4000 <= item[1] < 9000)), snap=80)


def restart():
    again = stream(300, first=40_000, base=3_000_000_000, offset=4_000_000_000, seed=9)
    return pcap(frames_of(packets(stream(300)) + packets(again)))


def two_streams():
    audio = stream(1000, first=7, base=0, spacing=20_000_000, ticks=160, seed=6, ssrc=0x0A0B0C0D, kind=0, size=160)
    return pcap(frames_of(packets(stream(2000)) + packets(audio)))


def changed_source():
    after = stream(200, first=5, base=77, offset=2_000_000_000, seed=8, ssrc=0x55667788)
    return pcap(frames_of(packets(stream(200)) + packets(after)))


def dynamic_type():
    """Video at 30 frames a second of five packets each on a clock that nobody names."""
    events = []
    for frame in range(200):
        for part in range(5):
            events.append((START + frame * 33_333_333 + part * 100_000,
                           rtp(frame * 5 + part, frame * 3000, kind=96, marker=part == 4, size=1000)))
    return pcap(frames_of(events))


def headers():
    """CSRCs, an extension, two VLAN tags."""
    events = packets(stream(100, csrcs=2, extension=bytes(8), marker=True))
    return pcap(frames_of(events, lambda payload: ethernet(udp4(payload), tags=(5, 6))))


def version6():
    return pcap(frames_of(packets(stream(100)), lambda payload: ethernet(udp6(payload))))


def raw_ip():
    return pcap(frames_of(packets(stream(100)), udp4), link=RAW)


def cooked():
    head = struct.pack(">HHH8sH", 0, 1, 6, bytes(8), 0x0800)
    return pcap(frames_of(packets(stream(100)), lambda payload: head + udp4(payload)), link=COOKED)


def cooked2():
    head = struct.pack(">HHIHBB8s", 0x0800, 0, 1, 1, 0, 6, bytes(8))
    return pcap(frames_of(packets(stream(100)), lambda payload: head + udp4(payload)), link=COOKED2)


def loopback():
    return pcap(frames_of(packets(stream(100)), lambda payload: struct.pack("<I", 2) + udp4(payload)), link=NULL)


def microseconds():
    return pcap(frames_of(packets(stream(100))), nano=False)


def next_generation():
    return pcapng(frames_of(packets(stream(100))))


def truncated():
    return clean()[:-100]


def garbage_behind():
    """A record whose length no frame has."""
    return clean() + b"\xff" * 4000


def fragments():
    """Each tenth packet comes as two fragments of IP."""
    frames = []
    for index, (time, payload) in enumerate(packets(stream(100))):
        packet = bytearray(udp4(payload))
        if index % 10:
            frames.append((time, ethernet(bytes(packet))))
            continue
        first = bytearray(packet[:20 + 96])
        struct.pack_into(">HHH", first, 2, len(first), index, 0x2000)
        second = bytearray(packet[:20]) + packet[20 + 96:]
        struct.pack_into(">HHH", second, 2, len(second), index, 96 // 8)
        frames += [(time, ethernet(bytes(first))), (time + 10, ethernet(bytes(second)))]
    return pcap(frames)


def fragments6():
    """Each packet as three fragments of IPv6, the last one first; of every tenth the middle one is lost, and of every
    fourth a fragment comes twice."""
    frames = []
    for index, (time, payload) in enumerate(packets(stream(100))):
        packet = udp6(payload)
        head, body = packet[:48], packet[48:]
        parts = [(0, body[:64]), (64, body[64:128]), (128, body[128:])]
        if index % 10 == 0:
            del parts[1]
        elif index % 4 == 0:
            parts.insert(1, parts[1])
        for place, part in reversed(parts):
            extension = struct.pack(">BBHI", head[40], 0, place | (place != 128), index)
            header = bytearray(head)
            struct.pack_into(">H", header, 4, 8 + len(extension) + len(part))
            header[40] = 44
            frames.append((time + 10 * (3 - place // 64), ethernet(bytes(header) + extension + part)))
    return pcap(frames)


def ntp(time):
    seconds, rest = divmod(time, 1_000_000_000)
    return (seconds + 2_208_988_800) << 32 | (rest << 32) // 1_000_000_000


def control():
    """Sender reports each second, receiver reports 30 ms behind them that waited 20 ms, NACK, PLI and BYE."""
    media, listener = 0x1234ABCD, 0x99887766
    events = packets(stream(500, jitter=0))
    back = lambda payload: ethernet(udp4(payload, "10.0.0.2", "10.0.0.1", (5005, 5005)))
    forth = lambda payload: ethernet(udp4(payload, ports=(5005, 5005)))
    frames = [(time, ethernet(udp4(payload))) for time, payload in events]
    for second in range(5):
        time = START + second * 1_000_000_000 + 500_000
        report = struct.pack(">BBHIQIII", 0x80, 200, 6, media, ntp(time), 90000 + second * 90000, second * 100, second * 18800)
        name = struct.pack(">BBHIBB", 0x81, 202, 3, media, 1, 4) + b"lab1" + bytes(2)
        frames.append((time, forth(report + name)))
        block = struct.pack(">IIIIII", media, 64 << 24 | (0xFFFFFF - 4), 1000 + second * 100, 45,
                            ntp(time) >> 16 & 0xFFFFFFFF, 20 * 65536 // 1000)
        frames.append((time + 30_000_000, back(struct.pack(">BBHI", 0x81, 201, 7, listener) + block)))
    frames.append((START + 4_700_000_000, back(struct.pack(">BBHIIHH", 0x81, 205, 3, listener, media, 1003, 0))))
    frames.append((START + 4_800_000_000, back(struct.pack(">BBHII", 0x81, 206, 2, listener, media))))
    frames.append((START + 4_999_000_000, forth(struct.pack(">BBHI", 0x81, 203, 1, media))))
    return pcap(sorted(frames, key=lambda frame: frame[0]))


def not_rtp():
    """DNS whose identifiers look like version 2, QUIC, STUN, and random bytes that all begin with version 2."""
    draw = random.Random(7)
    frames = []
    for index in range(4000):
        time = START + index * 1_000_000
        dns = struct.pack(">HHHHHH", 0x8000 | draw.getrandbits(14), 0x0100, 1, 0, 0, 0) + b"\x03www\x00\x00\x01\x00\x01"
        quic = bytes([0x40 | draw.getrandbits(5)]) + draw.randbytes(60)
        stun = struct.pack(">HHI", 1, 8, 0x2112A442) + draw.randbytes(20)
        noise = bytes([0x80]) + draw.randbytes(100)
        for port, payload in ((53, dns), (443, quic), (3478, stun), (9999, noise)):
            frames.append((time + port, ethernet(udp4(payload, ports=(40000, port)))))
    return pcap(frames)


def empty():
    return pcap([])


CASES = [
    clean, loss, bursts, duplicates, reordered, wrap, outage, restart, two_streams, changed_source, dynamic_type, headers,
    version6, raw_ip, cooked, cooked2, loopback, microseconds, next_generation, truncated, garbage_behind, fragments, fragments6,
    control, not_rtp, empty,
]

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / f"{case.__name__}.pcap").write_bytes(case())
