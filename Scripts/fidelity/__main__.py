"""Shows for each impairment that it happened: docs/FIDELITY.md and its picture.

    python3 Scripts/fidelity [--engine ENGINE]... [--only WORDS] [--jobs N] [--netlab PATH] [--page-only]

Makes every case of table.py on every engine that works here, reads the reports' proofs, lets iperf3 and ping measure
rates and delays once more, and writes the tables and the picture. Rows of engines and cases that are not made now are
kept from docs/fidelity.json. Real time needs an idle machine: a run that was disturbed is made again, twice at most, and
is then `invalid`. Ends with status 1 where a row is off or invalid.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import lab
import picture
import rows
import table

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA, PAGE, PICTURE = (ROOT / "docs" / name for name in ("fidelity.json", "FIDELITY.md", "fidelity.svg"))
ENGINES = [table.HOST, table.REAL, table.VIRTUAL]


def make(place, case, engine):
    """All rows of one case on one engine. What the run left is removed: captures are large."""
    started = time.monotonic()
    if case is table.BUFFERS:
        made = list(rows.of_buffers(case, engine, place))
    else:
        folder, result = place.run(case, engine)
        made = list(rows.of_proofs(case, engine, result)) + list(rows.of_captures(case, engine, folder))
        shutil.rmtree(folder)
        if case.witness:
            made += rows.of_witness(case, engine, place, result)
    bad = [row for row in made if row["verdict"] in rows.BAD]
    print(f"{engine:9} {case.part}: {case.name}: {time.monotonic() - started:.1f} s"
          + "".join(f"\n  {rows.line(row)}" for row in bad), flush=True)
    return made


def make_all(place, cases, engine, jobs):
    """The rows of an engine; none, and the reason, where it does not work here."""
    try:
        place.run(table.TRIAL, engine)
    except lab.Unsupported as unsupported:
        print(f"{engine:9} {unsupported}", flush=True)
        return [], f"not here: {unsupported}"
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        made = list(pool.map(lambda case: make(place, case, engine), cases))
    return [row for rows_of_case in made for row in rows_of_case], "works here"


def merge(kept, made):
    """What was made now in place of what was kept of the same case and engine, in the table's order."""
    now = {(row["part"], row["case"], row["engine"]) for row in made}
    known = [row for row in kept if (row["part"], row["case"], row["engine"]) not in now] + made
    cases = [(case.part, case.name) for case in table.CASES]
    cases += [(table.SHARED, way) for way in lab.SharedBuffer.WAYS.values()]
    case, figure = lambda row: (row["part"], row["case"]), lambda row: (row["figure"], row["witness"])
    figures = list(dict.fromkeys((case(row), figure(row)) for row in known))
    return sorted((row for row in known if case(row) in cases), key=lambda row: (
        cases.index(case(row)), figures.index((case(row), figure(row))), ENGINES.index(row["engine"])))


def page(kept):
    """The page's text, with what was made between its marks."""
    text = PAGE.read_text()
    notes = [f"- `{engine}`: {note}" for engine, note in sorted(kept["engines"].items())]
    text = replaced(text, "engines", "\n".join(notes))
    for part in dict.fromkeys([case.part for case in table.CASES] + [table.SHARED]):
        text = replaced(text, part, rows.lines([row for row in kept["rows"] if row["part"] == part]))
    return text


def replaced(text, name, body):
    start, end = f"<!-- made: {name} -->", "<!-- end -->"
    if start not in text:
        sys.exit(f"fidelity: {PAGE.name} has no '{start}'")
    before, rest = text.split(start)
    return f"{before}{start}\n{body}\n{end}{rest.split(end, 1)[1]}"


def measure(options, kept):
    cases = [case for case in table.CASES + [table.BUFFERS] if options.only in f"{case.part}: {case.name}"]
    with tempfile.TemporaryDirectory(prefix="netlab-fidelity-") as folder:
        place = lab.Lab(options.netlab.resolve(), pathlib.Path(folder))
        for engine in options.engine or ENGINES:
            started = time.monotonic()
            # Real time bears nothing beside it.
            made, note = make_all(place, cases, engine, options.jobs if engine == table.VIRTUAL else 1)
            kept["rows"] = merge(kept["rows"], made)
            kept["engines"][engine] = note
            DATA.write_text(json.dumps(kept, ensure_ascii=False).replace('{"part"', '\n{"part"') + "\n")
            print(f"{engine}: {len(made)} rows in {time.monotonic() - started:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--only", default="", metavar="WORDS", help="cases whose 'part: name' has these words")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="runs side by side in virtual time")
    parser.add_argument("--netlab", type=pathlib.Path, default=ROOT / ".build/release/netlab")
    parser.add_argument("--page-only", action="store_true", help="write the page again from docs/fidelity.json")
    options = parser.parse_args()
    kept = json.loads(DATA.read_text()) if DATA.exists() else {"engines": {}, "rows": []}
    if not options.page_only:
        measure(options, kept)
    PAGE.write_text(page(kept))
    PICTURE.write_text(picture.svg(kept["rows"]))
    bad = [row for row in kept["rows"] if row["verdict"] in rows.BAD]
    print(f"{len(kept['rows'])} rows, {len(bad)} off or invalid")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
