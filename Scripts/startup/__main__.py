"""Times the start of each protocol, by netlab's client and by others', and writes docs/STARTUP.md.

    python3 Scripts/startup [--netlab PATH] [--jobs N] [--only WORDS] [--keep FOLDER] [--write]

One run for each form and client: the same clean link, server, media and seed, in virtual time, so that neither the
machine's speed nor what else it does is in a figure. Ends with status 1 where netlab's client is slower than another.
`--write` puts the table into the page; `--only` takes the forms whose names hold the words.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import clients
import timing

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/STARTUP.md"
MARKS = "<!-- table -->", "<!-- end of table -->"

SCENARIO = """\
name: "{name}"
seed: 7
duration: 12s
link: {{downlink: {{rate: 20mbit, delay: 20ms, queue: 200ms}}, uplink: {{rate: 20mbit, delay: 20ms}}}}
pipeline:
  protocol: {protocol}
  media: {{video: {{size: 640x360, fps: 25, rate: 1mbit, gop: 1s}}, audio: {{rate: 64kbit}}}}
  {settings}
  {receiver}
"""


class Case:
    """One form played by one client."""

    def __init__(self, form, client):
        self.form, self.client = form, client
        self.slug = "-".join("".join(c if c.isalnum() else " " for c in f"{form.name} {client}").split()).lower()

    def scenario(self, worker):
        command = self.form.command(self.client, worker)
        ready = f", ready: {self.form.ready}" if self.form.ready else ""
        receiver = f"receiver: {{run: {quoted(command)}{ready}}}" if command else ""
        return SCENARIO.format(
            name=self.slug, protocol=self.form.protocol, settings=self.form.settings, receiver=receiver)


def quoted(command):
    """As YAML takes it."""
    return "'" + command.replace("'", "''") + "'"


def run(netlab, cases, jobs, folder):
    """Makes all runs. Programs that are told to end may say that they failed: what they showed is known all the same."""
    paths = []
    for case in cases:
        paths.append(folder / f"{case.slug}.yaml")
        paths[-1].write_text(case.scenario(netlab.with_name("netlab-media")))
    command = [netlab, "run", *paths, "--engine", "virtual", "--jobs", jobs, "--quiet", "--reports", folder / "runs"]
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in (0, 1, 2):
        sys.exit(f"startup: status {done.returncode}\n{done.stderr[-2000:]}{done.stdout[-2000:]}")


def measured(cases, folder):
    """The start of each case, by form and client; None where no picture came."""
    return {(case.form.name, case.client): timing.start(folder / "runs" / case.slug / "latest") for case in cases}


def cell(start):
    return "–" if start is None else f"{start.total * 1e3:.0f} ms"


def ratio(own, others):
    """netlab's time to that of the quickest other."""
    known = [start.total for start in others if start is not None]
    if own is None or not known:
        return ""
    return f"{own.total / min(known):.2f}"


def is_slower(own, others):
    """By more than a millisecond, in which clients look for what came."""
    known = [start.total for start in others if start is not None]
    return bool(known) and (own is None or own.total > min(known) + 0.001)


def table(forms, starts):
    head = ["form", "joins", *clients.CLIENTS, "netlab to the quickest other"]
    lines = [" | ".join(head), " | ".join(["---"] * len(head))]
    for form in forms:
        own, *others = row = [starts.get((form.name, client)) for client in clients.CLIENTS]
        joins = f"{clients.LATE} s into it" if form.is_late else "before it begins"
        lines.append(" | ".join([form.name, joins, *map(cell, row), ratio(own, others)]))
    return "\n".join(f"| {line} |" for line in lines)


def write(text):
    before, rest = PAGE.read_text().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    PAGE.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--netlab", type=pathlib.Path, default=ROOT / ".build/release/netlab")
    parser.add_argument("--jobs", default="auto")
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leaves scenarios and runs there")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    forms = [form for form in clients.FORMS if options.only in form.name]
    if not forms:
        parser.error(f"forms are {', '.join(form.name for form in clients.FORMS)}")
    if options.write and options.only:
        parser.error("the page has all forms: --write and --only exclude each other")
    cases = [Case(form, client) for form in forms for client in clients.CLIENTS
             if client == clients.NETLAB or form.command(client, "")]
    with tempfile.TemporaryDirectory(prefix="netlab-startup-") as folder:
        folder = (options.keep or pathlib.Path(folder)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        run(options.netlab.resolve(), cases, options.jobs, folder)
        starts = measured(cases, folder)
    text = table(forms, starts)
    print(text)
    if options.write:
        write(text)
    others = lambda form: [starts.get((form.name, client)) for client in clients.CLIENTS[1:]]
    slower = [form.name for form in forms if is_slower(starts[form.name, clients.NETLAB], others(form))]
    if slower:
        print(f"startup: netlab is slower with {', '.join(slower)}", file=sys.stderr)
    return int(bool(slower))


if __name__ == "__main__":
    sys.exit(main())
