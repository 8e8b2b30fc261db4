#!/usr/bin/env python3
"""Makes captures of MPEG-TS in UDP, sound and damaged in known ways: make-transport-streams.py FOLDER.

ffmpeg makes the sound one, of constant rate; each function below damages it in one way and says how often each indicator
of TR 101 290 must show it. What it expects goes to truth.json.
"""
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("captures", Path(__file__).with_name("make-captures.py"))
captures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(captures)

RATE, SIZE, PER_DATAGRAM = 1_500_000, 188, 7
VIDEO, AUDIO, MAP = 0x100, 0x101, 0x1000


def sound(folder):
    target = folder / "sound.ts"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25", "-f", "lavfi", "-i",
         "sine=frequency=440:sample_rate=48000", "-t", "6", "-c:v", "mpeg2video", "-b:v", "600k", "-g", "25", "-bf", "0",
         "-threads", "1", "-c:a", "mp2", "-b:a", "128k", "-f", "mpegts", "-muxrate", str(RATE), "-pcr_period", "20",
         "-pat_period", "0.1", "-pes_payload_size", "0", "-fflags", "+bitexact", str(target)], check=True)
    data = target.read_bytes()
    return [bytearray(data[at:at + SIZE]) for at in range(0, len(data) - SIZE + 1, SIZE)]


def pid(packet):
    return (packet[1] & 0x1F) << 8 | packet[2]


def starts(packet):
    return packet[1] & 0x40 != 0


def has_payload(packet):
    return packet[3] & 0x10 != 0


def has_clock(packet):
    return packet[3] & 0x20 != 0 and packet[4] >= 7 and packet[5] & 0x10 != 0


def clock(packet):
    high, low = int.from_bytes(packet[6:10], "big"), int.from_bytes(packet[10:12], "big")
    return (high << 1 | low >> 15) * 300 + (low & 0x1FF)


def set_clock(packet, ticks):
    base, rest = divmod(ticks % ((1 << 33) * 300), 300)
    packet[6:12] = ((base >> 1).to_bytes(4, "big") + ((base & 1) << 15 | 0x7E00 | rest).to_bytes(2, "big"))


def places(packets, wanted, kind=None):
    found = [at for at, packet in enumerate(packets) if pid(packet) == wanted]
    return [at for at in found if kind is None or kind(packets[at])]


def middle(found):
    return found[len(found) // 2]


def clean(packets):
    return packets, {}


def lost(packets):
    """One packet of video, before another with payload, and one of sound."""
    found = places(packets, VIDEO)
    video = next(at for at, after in list(zip(found, found[1:]))[len(found) // 2:]
                 if has_payload(packets[at]) and not has_clock(packets[at]) and has_payload(packets[after]))
    return null(packets, {video, middle(places(packets, AUDIO, lambda p: not starts(p)))}), {"continuity": 2}


def null(packets, gone):
    """Puts null packets in the place of others, so that all else stays where it is."""
    filler = bytearray(b"\x47\x1f\xff\x10" + b"\xff" * 184)
    return [filler if at in gone else packet for at, packet in enumerate(packets)]


def swapped(packets):
    found = places(packets, VIDEO, lambda p: has_payload(p) and not has_clock(p) and not starts(p))
    first = next(at for at in found[len(found) // 2:] if at + 1 in found and at + 2 in found)
    packets[first], packets[first + 1] = packets[first + 1], packets[first]
    # The later one skips, the earlier goes back, and the one behind both skips again.
    return packets, {"continuity": 3}


def copied(packets):
    """Once is allowed, twice is not."""
    found = [at for at, packet in enumerate(packets) if pid(packet) == 0x1FFF]
    source = next(at for at in places(packets, AUDIO) if at + 1 in found)
    packets[source + 1] = packets[source]
    return packets, {}


def copied_twice(packets):
    found = [at for at, packet in enumerate(packets) if pid(packet) == 0x1FFF]
    source = next(at for at in places(packets, AUDIO) if at + 1 in found and at + 2 in found)
    packets[source + 1] = packets[source + 2] = packets[source]
    return packets, {"continuity": 1}


def out_of_sync(packets):
    """One byte alone, then three in a row."""
    spare = [at for at, packet in enumerate(packets) if pid(packet) == 0x1FFF]
    runs = [at for at in spare if at + 1 in spare and at + 2 in spare]
    single, run = runs[10], next(at for at in runs if at > runs[10] + 20)
    for at in (single, run, run + 1, run + 2):
        packets[at] = bytearray(b"\x00") + packets[at][1:]
    return packets, {"sync-byte": 4, "sync-loss": 1}


def given_up(packets):
    at = middle([at for at, packet in enumerate(packets) if pid(packet) == 0x1FFF])
    packets[at] = bytearray(packets[at])
    packets[at][1] |= 0x80
    return packets, {"transport": 1}


def no_association(packets):
    """For eight tenths of a second, and so seven tables of ten a second."""
    found = places(packets, 0)
    return null(packets, set(found[20:27])), {"pat": 1, "continuity": 1}


def no_map(packets):
    found = places(packets, MAP)
    return null(packets, set(found[20:27])), {"pmt": 1, "continuity": 1}


def damaged_table(packets):
    at = middle(places(packets, MAP))
    packets[at][12] ^= 0x01
    return packets, {"crc": 1}


def wrong_table(packets):
    at = middle(places(packets, 0))
    packets[at][5] = 0x42
    return packets, {"pat": 1}


def sound_gone(packets):
    """The sound is missing from the first tenth of a second to the end."""
    found = places(packets, AUDIO)
    return null(packets, set(found[10:])), {"pid": 1, "pts": 1}


def slow_clock(packets):
    """Three references in a row are missing: 80 ms."""
    found = places(packets, VIDEO, has_clock)
    for at in found[50:53]:
        packets[at][5] &= ~0x10
    return packets, {"pcr-repetition": 1}


def jumping_clock(packets):
    """A second ahead from the middle on."""
    found = places(packets, VIDEO, has_clock)
    for at in found[len(found) // 2:]:
        set_clock(packets[at], clock(packets[at]) + 27_000_000)
    return packets, {"pcr-discontinuity": 1}


def announced_jump(packets):
    found = places(packets, VIDEO, has_clock)
    packets[found[len(found) // 2]][5] |= 0x80
    return jumping_clock(packets)[0], {}


def rough_clock(packets):
    """Two references are 1 us late, one is 300 ns late: each is off against the one before it and behind it."""
    found = places(packets, VIDEO, has_clock)
    for at, ticks in ((found[40], 27), (found[60], 27), (found[80], 8)):
        set_clock(packets[at], clock(packets[at]) + ticks)
    return packets, {"pcr-accuracy": 4}


def wrapping_clock(packets):
    """Begins just before the 33 bits end."""
    found = places(packets, VIDEO, has_clock)
    shift = (1 << 33) * 300 - clock(packets[found[0]]) - 27_000_000
    for at in found:
        set_clock(packets[at], clock(packets[at]) + shift)
    return packets, {}


def scrambled(packets):
    at = middle(places(packets, AUDIO, lambda p: not starts(p)))
    packets[at][3] |= 0x80
    return packets, {"cat": 1}


def datagrams(packets):
    """Each leaves when its last bit would have, at the constant rate."""
    for first in range(0, len(packets), PER_DATAGRAM):
        chunk = packets[first:first + PER_DATAGRAM]
        end = (first + len(chunk)) * SIZE * 8 * 1_000_000_000 // RATE
        yield captures.START + end, b"".join(bytes(packet) for packet in chunk)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    base = sound(folder)
    makers = [clean, lost, swapped, copied, copied_twice, out_of_sync, given_up, no_association, no_map, damaged_table,
              wrong_table, sound_gone, slow_clock, jumping_clock, announced_jump, rough_clock, wrapping_clock, scrambled]
    truth = {}
    for maker in makers:
        packets, truth[maker.__name__] = maker([bytearray(packet) for packet in base])
        frames = captures.frames_of(datagrams(packets))
        (folder / f"{maker.__name__}.pcap").write_bytes(captures.pcap(frames))
    (folder / "truth.json").write_text(json.dumps(truth))


main()
