#!/usr/bin/env python3
"""Makes captures of RTP with real media in it: make-payloads.py FOLDER.

ffmpeg codes and packetises; AV1, for which it has no packetiser, is put into packets here. Of each format there is a
whole capture, NAME.pcap, and one from which known packets are missing, NAME-lossy.pcap. What became of the frames goes
to truth.json.
"""
import importlib.util
import json
import random
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

spec = importlib.util.spec_from_file_location("captures", Path(__file__).with_name("make-captures.py"))
captures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(captures)

PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-t", "3", "-threads", "1"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "3"]
GOP = ["-g", "25"]

# name: (what ffmpeg is told, ticks a second)
FORMATS = {
    "h264": (PICTURE + ["-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-b:v", "900k", "-x264-params", "slices=3"] + GOP,
             90000),
    "h265": (PICTURE + ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", "900k", "-x265-params",
                        "log-level=none:bframes=0:keyint=25:pools=1"], 90000),
    "vp8": (PICTURE + ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "900k"] + GOP, 90000),
    "vp9": (PICTURE + ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "900k", "-strict",
                       "experimental"] + GOP, 90000),
    "opus": (SOUND + ["-c:a", "libopus", "-b:a", "64k"], 48000),
    "aac": (SOUND + ["-c:a", "aac", "-b:a", "96k"], 48000),
    "mpeg-ts": (PICTURE + ["-c:v", "mpeg2video", "-b:v", "900k"] + GOP, 90000),
}


def sent(name, words):
    """The RTP packets that ffmpeg sends, in their order."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 23)
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(0.5)
        found, done = [], threading.Event()

        def listen():
            while True:
                try:
                    found.append(receiver.recv(65536))
                except TimeoutError:
                    if done.is_set():
                        return

        listener = threading.Thread(target=listen)
        listener.start()
        container = "rtp_mpegts" if name == "mpeg-ts" else "rtp"
        port = receiver.getsockname()[1]
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y"] + words + ["-fflags", "+bitexact", "-f", container,
             f"rtp://127.0.0.1:{port}?pkt_size=1200&rtcpport={port}"], check=True, stdout=subprocess.DEVNULL)
        done.set()
        listener.join()
    packets = [data for data in found if not 200 <= data[1] <= 207]
    numbers = [struct.unpack(">H", data[2:4])[0] for data in packets]
    if any((after - before) & 0xFFFF != 1 for before, after in zip(numbers, numbers[1:])):
        raise SystemExit(f"{name}: this machine lost packets on its own")
    return packets


def leb128(value):
    out = b""
    while True:
        out += bytes([value & 0x7F | (0x80 if value > 0x7F else 0)])
        value >>= 7
        if not value:
            return out


def units_of(data):
    """(type, OBU without size) of a low-overhead stream, temporal delimiters included."""
    place = 0
    while place < len(data):
        header, place = data[place], place + 1
        extension = data[place:place + 1] if header & 4 else b""
        place += len(extension)
        size = shift = 0
        while True:
            byte, place = data[place], place + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield header >> 3 & 15, bytes([header & ~2]) + extension + data[place:place + size]
        place += size


def av1(folder):
    """AV1 in packets of up to 1200 bytes, each OBU with its length, and those that do not fit in parts."""
    target = folder / "av1.obu"
    subprocess.run(["ffmpeg", "-v", "error", "-y"] + PICTURE + GOP
                   + ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime", "-b:v", "900k", "-f", "obu", str(target)],
                   check=True)
    temporal, frames = [], []
    for kind, unit in units_of(target.read_bytes()):
        if kind == 2:
            frames.append([])
        else:
            frames[-1].append((kind, unit))
    packets = []
    for number, units in enumerate(frames):
        rest, continues = b"", False
        begins = any(kind == 1 for kind, _ in units)
        bodies = []
        for kind, unit in units:
            while unit:
                room = 1180 - len(rest)
                if room < 64:
                    bodies.append((rest, continues, False))
                    rest, continues, room = b"", False, 1180
                part, unit = unit[:room], unit[room:]
                rest += leb128(len(part)) + part
                if unit:
                    bodies.append((rest, continues, True))
                    rest, continues = b"", True
        bodies.append((rest, continues, False))
        for place, (body, z, y) in enumerate(bodies):
            n = begins and place == 0
            head = bytes([z << 7 | y << 6 | n << 3])
            packets.append(captures.rtp(len(packets) + 7, number * 3600, kind=96, marker=place == len(bodies) - 1, size=0)
                           + head + body)
    return packets


def timestamp(packet):
    return struct.unpack(">I", packet[4:8])[0]


def frames(packets, rate):
    base = timestamp(packets[0])
    for index, packet in enumerate(packets):
        ticks = (timestamp(packet) - base) & 0xFFFFFFFF
        yield captures.START + ticks * 1_000_000_000 // rate + index * 1000, captures.ethernet(captures.udp4(packet))


def fates(packets, gone):
    """Of each frame, by its timestamp, how many packets it has and how many of them are gone."""
    count = {}
    for index, packet in enumerate(packets):
        whole, lost = count.get(timestamp(packet), (0, 0))
        count[timestamp(packet)] = (whole + 1, lost + (index in gone))
    return dict(complete=sum(lost == 0 for _, lost in count.values()),
                damaged=sum(0 < lost < whole for whole, lost in count.values()),
                missing=sum(lost == whole for whole, lost in count.values()))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    streams = {name: (sent(name, words), rate) for name, (words, rate) in FORMATS.items()}
    streams["av1"] = (av1(folder), 90000)
    for name, (packets, rate) in streams.items():
        draw = random.Random(5)
        # The first and the last stay, so that nothing is lost that nobody could know of.
        gone = {index for index in range(1, len(packets) - 1) if draw.random() < 0.04}
        if name not in ("aac", "mpeg-ts"):
            # And one frame with all of its packets.
            whole = sorted({(timestamp(packet) - timestamp(packets[0])) & 0xFFFFFFFF for packet in packets})[40]
            gone |= {index for index, packet in enumerate(packets)
                     if (timestamp(packet) - timestamp(packets[0])) & 0xFFFFFFFF == whole}
        (folder / f"{name}.pcap").write_bytes(captures.pcap(list(frames(packets, rate))))
        kept = [frame for index, frame in enumerate(frames(packets, rate)) if index not in gone]
        (folder / f"{name}-lossy.pcap").write_bytes(captures.pcap(kept))
        if name == "aac":
            # Each access unit has a header of two bytes (RFC 3640).
            units = [struct.unpack(">H", packet[12:14])[0] // 16 for packet in packets]
            counted = dict(whole=sum(units), lossy=sum(n for at, n in enumerate(units) if at not in gone))
        else:
            counted = None
        truth[name] = dict(whole=fates(packets, set()), lossy=fates(packets, gone), units=counted)
    (folder / "truth.json").write_text(json.dumps(truth))


main()
