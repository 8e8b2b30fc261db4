"""A second reading of a run's captures, by nothing of netlab's: the numbered datagrams of its UDP probe, from both ends."""

import statistics
import struct

MARK = 0x6E65746C61622E70  # "netlab.p"
ETHERNET_IPV4_UDP = 14 + 20 + 8
PROBE_PORT = 5202


def probe_times(path):
    """When each datagram of the probe passed, in nanoseconds, by its number; the first time where it came twice."""
    data = path.read_bytes()
    magic, = struct.unpack_from("<I", data)
    if magic != 0xA1B23C4D:
        raise ValueError(f"{path} is no capture with nanoseconds")
    record, head = struct.Struct("<IIII"), struct.Struct(">QQ")
    times, offset = {}, 24
    while offset + 16 <= len(data):
        seconds, nanoseconds, captured, _ = record.unpack_from(data, offset)
        offset += 16
        start = offset + ETHERNET_IPV4_UDP
        if captured >= ETHERNET_IPV4_UDP + 24 and data[start - 6:start - 4] == PROBE_PORT.to_bytes(2, "big"):
            mark, number = head.unpack_from(data, start)
            if mark == MARK:
                times.setdefault(number, seconds * 10**9 + nanoseconds)
        offset += captured
    return times


class Passage:
    """Of the datagrams in the order of their sending: which were lost, and how long the others took, in seconds."""

    def __init__(self, folder):
        sent, came = (probe_times(folder / "captures" / f"{end}.pcap") for end in ("sender", "receiver"))
        self.lost = [number not in came for number in sorted(sent)]
        self.delays = [(came[number] - sent[number]) / 1e9 for number in sorted(sent) if number in came]

    @property
    def runs(self):
        """How many runs of lost packets there were of each length."""
        runs, length = {}, 0
        for lost in self.lost + [False]:
            if lost:
                length += 1
            elif length:
                runs[length] = runs.get(length, 0) + 1
                length = 0
        return runs


def autocorrelation(values):
    """Of neighbours; nothing where the values do not vary."""
    mean = statistics.fmean(values)
    variance = sum((value - mean) ** 2 for value in values)
    if variance == 0:
        return None
    return sum((a - mean) * (b - mean) for a, b in zip(values, values[1:])) / variance


def distance_to_geometric(runs, end):
    """Kolmogorov-Smirnov distance of run lengths from those of a run that ends at each packet with the chance `end`."""
    count, below, greatest = sum(runs.values()), 0, 0
    for length in range(1, max(runs) + 1):
        below += runs.get(length, 0)
        greatest = max(greatest, abs(below / count - (1 - (1 - end) ** length)))
    return greatest


def quantiles(values, parts=100):
    """The values at 0, 1/parts, ... 1 of their order."""
    ordered = sorted(values)
    return [ordered[round(index * (len(ordered) - 1) / parts)] for index in range(parts + 1)]
