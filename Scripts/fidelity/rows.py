"""What the page shows of each case: rows of plain values, kept in docs/fidelity.json between one making and the next."""

import dataclasses
import statistics

import captures
import lab
import table

# (scale, unit, digits) of a quantity in base units; a rate's unit goes by its size.
UNITS = {"time": (1e3, "ms", 3), "ratio": (100, "%", 3), "size": (1e-3, "kB", 2), "count": (1, "", 3)}
RATES = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"))
WORDS = {"order": "reordered", "distribution": "KS distance", "burst": "mean burst", "mark": "marked",
         "duplicate": "duplicated", "corrupt": "corrupted", "reorder": "overtook", "slot": "least gap of slots",
         "drops": "dropped", "marks": "marked by the queue", "queue": "queue",
         "match": "matched", "unmatched-loss": "loss of the unmatched", "unmatched-delay": "delay of the unmatched",
         "listed": "dropped by their place", "every": "dropped by their number"}
SHOWN = "shown"
BAD = ("off", "invalid")
AGAIN = "captures, read again"
RATE_GOAL = 0.01
DELAY_GOAL = {"host": 0.0002, "embedded": 0.0005, "virtual": 0.0005}


def row(case, engine, figure, quantity, verdict, witness="captures", **values):
    known = {name: value for name, value in values.items() if value is not None}
    return {"part": case.part, "case": case.name, "engine": engine, "figure": figure, "quantity": quantity,
            "verdict": verdict, "witness": witness, **known}


def of_proofs(case, engine, result):
    """The report's own proofs, of the downlink as it was from the start."""
    disturbed = lab.disturbances(result)
    for name in case.shows:
        for proof in sorted(result["proofs"], key=lambda proof: proof["from"]):
            if proof["direction"] == "downlink" and proof["property"] == name:
                yield of_proof(case, engine, proof, disturbed)


def of_proof(case, engine, proof, disturbed):
    verdict = {"confirmed": "as asked", "off": "off", "unmeasured": SHOWN if "measured" in proof else "not measured"}[
        proof["judgement"]]
    if verdict == "as asked" and "predicted" in proof:
        verdict = "as predicted"
    if disturbed:
        verdict = "invalid"
    names = ("asked", "applied", "predicted", "measured", "low", "high", "error", "tolerance")
    figure = WORDS.get(proof["property"], proof["property"])
    if proof["from"] > 0:
        figure += f" from {proof['from']:.2f} s"
    return row(case, engine, figure, proof["quantity"], verdict, proof["witness"], note=disturbed[0] if disturbed else proof.get("note"),
               **{name: proof.get(name) for name in names})


def was_not_filled(proof):
    """Whether the engine's own throughput probe could not fill the link: nor can another sender."""
    return proof["witness"] == "throughput probe" and proof["judgement"] == "unmeasured"


def of_captures(case, engine, folder):
    """What the captures show beside the proofs, and the curve for the picture."""
    if case.reads == "losses":
        yield from of_losses(case, engine, captures.Passage(folder))
    elif case.reads == "delays":
        yield from of_delays(case, engine, captures.Passage(folder))


def of_losses(case, engine, passage):
    runs = passage.runs
    shares = [(length, count / sum(runs.values())) for length, count in sorted(runs.items())] if runs else []
    correlation = captures.autocorrelation(passage.lost)
    yield row(case, engine, "autocorrelation of loss", "count", SHOWN, AGAIN, asked=case.correlates,
              measured=correlation, note=None if correlation is not None else "nothing was lost")
    if not runs:
        return
    count = sum(runs.values())
    yield row(case, engine, "longest burst", "count", SHOWN, AGAIN, measured=max(runs), note=f"of {count}",
              curve=shares[:40])
    if case.ends:
        # Of as many bursts, 1 in 100 sets of true ones would be further away.
        distance, allowed = captures.distance_to_geometric(runs, case.ends), 1.63 / count ** 0.5
        yield row(case, engine, "KS distance of burst lengths", "count", "as asked" if distance <= allowed else "off",
                  AGAIN, asked=0, measured=distance, error=distance, tolerance=allowed)


def of_delays(case, engine, passage):
    curve = [(round(delay * 1e3, 3), index / 100) for index, delay in enumerate(captures.quantiles(passage.delays))]
    mean = sum(passage.delays) / len(passage.delays)
    yield row(case, engine, "mean delay", "time", SHOWN, AGAIN, measured=mean, curve=curve)
    yield row(case, engine, "deviation of delay", "time", SHOWN, AGAIN, measured=statistics.pstdev(passage.delays))
    yield row(case, engine, "autocorrelation of delay", "count", SHOWN, AGAIN, asked=case.correlates,
              measured=captures.autocorrelation(passage.delays))


def of_witness(case, engine, place, result):
    """The same by iperf3 or ping; judged by what is asked, as netlab's own figure is."""
    proof = next(proof for proof in result["proofs"]
                 if proof["direction"] == "downlink" and proof["property"] == case.shows[0])
    asked = proof["asked"]
    if was_not_filled(proof):
        return
    if case.witness == "iperf3":
        # It spins while a slow link holds it up, and in virtual time that takes minutes.
        if engine == table.VIRTUAL and asked < 0.5e6:
            return
        measured, name = lab.rate_by_iperf3(place, case, engine, asked)
        error, goal = measured / asked - 1, RATE_GOAL
    else:
        measured, name = lab.delay_by_ping(place, case, engine), "ping"
        error, goal = measured - asked, DELAY_GOAL[engine]
    yield row(case, engine, case.shows[0], "rate" if case.witness == "iperf3" else "time",
              "as asked" if abs(error) <= goal else "off", name, asked=asked, measured=measured, error=error,
              tolerance=goal)


def of_buffers(case, engine, place):
    """What fills a queue, by iperf3 and ping alone."""
    witness = lab.SharedBuffer(place, case, engine)
    for way, name in witness.WAYS.items():
        found = witness.measure(way)
        one = dataclasses.replace(case, name=name)
        # Slow start is over by then.
        trips = sorted(trip for at, trip in found["echoes"] if at >= 3)
        yield row(one, engine, "round trip, median", "time", SHOWN, "ping", measured=trips[len(trips) // 2] / 1e3,
                  curve=found["echoes"])
        yield row(one, engine, "round trip, greatest", "time", SHOWN, "ping", measured=trips[-1] / 1e3)
        yield row(one, engine, "TCP segments sent again", "count", SHOWN, "iperf3", measured=found["retransmits"])
        # A sender that is held back spins, and in virtual time nothing else happens then.
        if engine != table.VIRTUAL:
            yield row(one, engine, "UDP lost at 1.5 times the rate", "ratio", SHOWN, "iperf3",
                      measured=witness.overload(way))


# --- the words of a row -----------------------------------------------------------------------------------------------

HEAD = ["| link | figure | engine | asked | kernel | predicted | measured | error (allowed) | 95 % interval | by | verdict |",
        "|---|---|---|---|---|---|---|---|---|---|---|"]


def number(value, quantity, signed=False):
    if value is None:
        return ""
    scale, unit, digits = UNITS.get(quantity) or rate_unit(value)
    if 0 < abs(value * scale) < 0.1:
        digits = 5  # of a share of 0.01 %
    text = f"{value * scale:{'+' if signed else ''}.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}".strip()


def rate_unit(value):
    size, unit = next((one for one in RATES if value >= one[0]), RATES[-1])
    return 1 / size, unit, 3


def error(row):
    if "error" not in row:
        return ""
    if row["quantity"] == "rate":
        text, allowed = f"{row['error'] * 100:+.2f} %", row.get("tolerance", 0) * 100
        return f"{text} ({allowed:.2f})" if allowed else text
    scale = UNITS[row["quantity"]][0]
    allowed = f" ({row['tolerance'] * scale:.3g})" if row.get("tolerance") else ""
    return number(row["error"], row["quantity"], signed=True) + allowed


def interval(row):
    """And which error this many packets would show, where the interval says it."""
    if "low" not in row or "high" not in row:
        return ""
    quantity = row["quantity"]
    text = f"{number(row['low'], quantity)} to {number(row['high'], quantity)}"
    middle = row.get("predicted", row.get("asked"))
    if middle:
        text += f", shows {(row['high'] - row['low']) / 2 / middle * 100:.2g} %"
    return text


def line(row):
    quantity = row["quantity"]
    cells = [row["case"], row["figure"], row["engine"], number(row.get("asked"), quantity),
             number(row.get("applied"), quantity), number(row.get("predicted"), quantity),
             number(row.get("measured"), quantity), error(row), interval(row), row["witness"], words(row)]
    return "| " + " | ".join(cells) + " |"


def words(row):
    verdict = row["verdict"]
    if verdict in BAD:
        verdict = f"**{verdict}**"
    # A figure without a judgement needs its reason; the others have theirs in the run's report.
    if row["verdict"] in (SHOWN, "not measured", "invalid") and row.get("note"):
        return f"{verdict}: {row['note']}"
    asked = row.get("asked")
    if row["verdict"] == "as asked" and "low" in row and asked is not None and not row["low"] <= asked <= row["high"]:
        return f"{verdict}, outside 95 % and within 99.9 %"
    return verdict


def lines(rows):
    return "\n".join(HEAD + [line(row) for row in rows])
