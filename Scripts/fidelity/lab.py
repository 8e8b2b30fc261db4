"""Makes the runs: each case by netlab, some once more by programs that know nothing of netlab."""

import json
import pathlib
import re
import statistics
import subprocess
import tempfile

TRIES = 3
UNSUPPORTED = 3
# What nothing in the link explains: the machine was disturbed, and the run says nothing.
LINK = "link."

SCENARIO = """\
name: "{name}"
engine: {engine}
duration: {duration}
{more}
link: {{downlink: {{{link}}}, uplink: {{{uplink}}}}}
pipeline: {{media: {{video: {{size: 320x180, fps: 25, rate: {video}}}, audio: none}}}}
probes: [{send}]
"""

# iperf3's figures are of the payload: of 1200 bytes by UDP, of 1448 by TCP.
UDP_FRAME, TCP_FRAME = (1200 + 42) / 1200, 1514 / 1448


class Unsupported(Exception):
    pass


class Lab:
    """A folder in which one case after another is made."""

    def __init__(self, netlab, folder):
        self.netlab, self.folder = netlab, folder
        # Two peaks, one standard deviation to either side: a table that nobody takes for another.
        peaks = [-8192 + step for step in range(-1024, 1024)] + [8192 + step for step in range(-1024, 1024)]
        (folder / "peaks.dist").write_text("# two peaks\n" + "\n".join(map(str, peaks)) + "\n")

    def call(self, *words):
        command = [str(word) for word in (self.netlab, *words)]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=self.folder)

    def scenario(self, case, engine):
        path = self.folder / f"{case.slug}.{engine}.yaml"
        path.write_text(SCENARIO.format(
            name=case.name or case.part, engine=engine, link=case.link, uplink=case.uplink, more=case.more,
            duration=case.duration, video=case.video, send=case.send.text(engine)))
        return path

    def run(self, case, engine):
        """The run's folder and its result, of the last of three tries where the machine disturbed the others."""
        scenario = self.scenario(case, engine)
        for _ in range(TRIES):
            done = self.call("run", scenario, "--quiet", "--reports", self.folder / engine)
            if done.returncode not in (0, 2, UNSUPPORTED):
                raise RuntimeError(f"{case.name} on {engine}: status {done.returncode}\n{done.stderr}{done.stdout}")
            folder = self.folder / engine / scenario.stem / "latest"
            result = json.loads((folder / "result.json").read_text())
            if done.returncode == UNSUPPORTED:
                raise Unsupported(result["run"]["outcome"]["unsupported"]["reason"])
            if not disturbances(result):
                break
        return folder.resolve(), result

    def script(self, case, engine):
        """The same lab by ip and tc."""
        done = self.call("plan", self.scenario(case, engine), "--tc")
        done.check_returncode()
        return done.stdout

    def inside(self, engine, script, *outputs):
        """What a shell script leaves in files of these names, run as root of the engine's kernel."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="witness-", dir=self.folder))
        (folder / "witness.sh").write_text(f"cd {folder}\n{script}")
        done = self.call("kernel", "run", "--engine", engine, "--writable", folder, "--stall-limit", "120", "--",
                         "/bin/sh", folder / "witness.sh")
        missing = [name for name in outputs if not (folder / name).exists()]
        if done.returncode or missing:
            raise RuntimeError(f"witness on {engine}: status {done.returncode}, no {missing}\n{done.stdout}{done.stderr}")
        return [(folder / name).read_text() for name in outputs]


def disturbances(result):
    """What made a run invalid, but for a link that is not what was asked: that is a finding."""
    return [check["finding"] for check in result["validity"]
            if not check["passed"] and not check["name"].startswith(LINK)]


# --- the second witnesses ---------------------------------------------------------------------------------------------

SENDER, RECEIVER, TARGET = "ip netns exec netlab-sender", "ip netns exec netlab-receiver", "10.77.0.2"


def iperf3(options, seconds):
    """A shell line that leaves iperf3's own account of both ends in `iperf3.json`."""
    return (f"{RECEIVER} iperf3 -s -1 -J >server.json 2>&1 & sleep 0.5\n"
            f"{SENDER} iperf3 -c {TARGET} {options} -t {seconds} -i 1 -J --get-server-output >iperf3.json\n")


def rate_by_iperf3(lab, case, engine, asked):
    """Bits a second at the Ethernet layer, and how: the mean of the receiver's whole seconds but the first."""
    # Faster, it cannot send single datagrams here; slower, a few seconds have too few of them.
    by_udp = asked < 50e6
    seconds = 5 if asked > 0.5e6 else 60
    options = f"-u -b {int(asked * 1.3 / UDP_FRAME)} -l 1200" if by_udp else ""
    text, = lab.inside(engine, lab.script(case, engine) + iperf3(options, seconds), "iperf3.json")
    intervals = [interval["sum"] for interval in json.loads(text)["server_output_json"]["intervals"]]
    whole = [one for one in intervals if one["end"] - one["start"] > 0.9][1:]
    rate = sum(one["bytes"] for one in whole) * 8 / sum(one["end"] - one["start"] for one in whole)
    return rate * (UDP_FRAME if by_udp else TCP_FRAME), "iperf3, UDP" if by_udp else "iperf3, TCP"


def delay_by_ping(lab, case, engine):
    """The median round trip in seconds; the way back has no delay."""
    text, = lab.inside(engine, lab.script(case, engine) + f"{SENDER} ping -c 300 -i 0.01 {TARGET} >ping.txt\n", "ping.txt")
    return statistics.median(float(trip) for trip in re.findall(r" time=([\d.]+) ms", text)) / 1e3


class SharedBuffer:
    """What fills the queue of a lab, with netlab's netem before the bottleneck and without."""

    WAYS = {"with": "with the netem", "without": "without it"}

    def __init__(self, lab, case, engine):
        self.lab, self.script, self.engine = lab, lab.script(case, engine), engine

    def without_cure(self):
        """The same lab, with the shaper where the netem was."""
        script, removed = re.subn(r"tc .* dev mid-s root handle 1: netem .*\n", "", self.script)
        script, moved = re.subn(r"(dev mid-s) parent 1:1 (handle 2:)", r"\1 root \2", script)
        if (removed, moved) != (1, 1):
            raise RuntimeError("the lab's script has no netem before the bottleneck")
        return script

    def measure(self, way):
        """Of a CUBIC flow of 10 s: the round trips of a ping beside it, by second, and what it sent again."""
        script = self.script if way == "with" else self.without_cure()
        load = f"{SENDER} ping -D -i 0.05 -w 11 {TARGET} >ping.txt &\n" + iperf3("", 10) + "wait\n"
        ping, tcp = self.lab.inside(self.engine, script + load, "ping.txt", "iperf3.json")
        echoes = [(float(at), float(trip)) for at, trip in re.findall(r"\[([\d.]+)\].* time=([\d.]+) ms", ping)]
        return {"echoes": [(round(at - echoes[0][0], 3), trip) for at, trip in echoes],
                "retransmits": json.loads(tcp)["end"]["sum_sent"]["retransmits"]}

    def overload(self, way):
        """Of UDP at 1.5 times the rate for 10 s: the share that was lost."""
        script = self.script if way == "with" else self.without_cure()
        text, = self.lab.inside(self.engine, script + iperf3("-u -b 7500000 -l 1200", 10), "iperf3.json")
        total = json.loads(text)["end"]["sum"]
        return total["lost_packets"] / total["packets"]
