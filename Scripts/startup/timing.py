"""When a run's client had its first picture, and how long it took to join; by nothing but the run directory."""

import dataclasses
import json
import struct

RECEIVER = bytes([10, 77, 0, 2])
SOURCE, DESTINATION = 26, 30
IPV4 = 0x0800
# The lab's round trip and a delayed acknowledgement of TCP (ns).
LONGEST_ANSWER = 100_000_000


@dataclasses.dataclass
class Start:
    """In seconds."""
    # The client's talk with the server before the stream begins.
    joining: float
    # To the first picture, from the beginning of the stream, or from the client's first packet where that is later.
    waiting: float

    @property
    def total(self):
        return self.joining + self.waiting


def start(folder):
    """None where the client showed nothing."""
    begun = json.loads((folder / "run.json").read_text()).get("streamStart")
    shown = own_picture(folder / "media/received.jsonl") or others_picture(folder / "files/first")
    if begun is None or shown is None:
        return None
    asked, talk = exchange(folder / "captures/receiver.pcap", until=begun)
    return Start((talk or 0) / 1e9, (shown - max(begun, asked or begun)) / 1e9)


def own_picture(path):
    """When netlab's receiver had the first picture that a decoder can begin with, to its last byte."""
    if not path.exists():
        return None
    units = (json.loads(line) for line in path.read_text().splitlines())
    return min((unit["time"] for unit in units if unit["stream"] == "video" and unit["key"]), default=None)


def others_picture(path):
    """What another client's first picture wrote, in nanoseconds."""
    if not path.exists() or not (text := path.read_text().strip()):
        return None
    seconds, fraction = text.split(".")
    return int(seconds) * 10**9 + int(fraction)


def exchange(path, until):
    """When the client sent its first packet that was answered, and how long it then talked with the server before
    `until`, in nanoseconds; None where the client waits to be sent to.

    A server that lets it wait for longer than a round trip has nothing to give yet: that is not the client's time."""
    passed = list(packets(path))
    answer = next((index for index, (_, is_own) in enumerate(passed) if not is_own), 0)
    if answer == 0:
        return None, None
    spent = talk = 0
    for (before, _), (time, is_own) in zip(passed[answer - 1:], passed[answer:]):
        if time >= until:
            break
        spent += time - before if is_own or time - before < LONGEST_ANSWER else 0
        talk = talk if is_own else spent
    return passed[answer - 1][0], talk


def packets(path):
    """When each packet of IPv4 passed, and whether it is the receiver's."""
    data = path.read_bytes()
    magic, = struct.unpack_from("<I", data)
    if magic != 0xA1B23C4D:
        raise ValueError(f"{path} is no capture with nanoseconds")
    record, offset = struct.Struct("<IIII"), 24
    while offset + 16 <= len(data):
        seconds, nanoseconds, captured, _ = record.unpack_from(data, offset)
        frame = data[offset + 16:offset + 16 + captured]
        offset += 16 + captured
        if int.from_bytes(frame[12:14], "big") == IPV4:
            yield seconds * 10**9 + nanoseconds, frame[SOURCE:DESTINATION] == RECEIVER
