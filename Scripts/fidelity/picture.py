"""The picture of the page: six small charts in one SVG, of the rows alone."""

import html
import math

import table

WIDTH, HEIGHT, COLUMNS = 400, 260, 2
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 34, 40
COLOURS = {"virtual": "#0b6e99", "embedded": "#d2601a", "host": "#3a7d34", "asked": "#777777"}


class Chart:
    """One set of axes; `logarithmic` is of x."""

    def __init__(self, title, across, up, x, y, logarithmic=False):
        self.title, self.across, self.up, self.x, self.y, self.logarithmic = title, across, up, x, y, logarithmic
        self.parts, self.names = [], []

    def place(self, x, y):
        low, high = self.x
        if self.logarithmic:
            x, low, high = math.log10(x), math.log10(low), math.log10(high)
        y = min(max(y, self.y[0]), self.y[1])
        across = LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - (y - self.y[0]) / (self.y[1] - self.y[0]) * (HEIGHT - TOP - BOTTOM)

    def line(self, points, colour, dashed=False):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (self.place(*point) for point in points))
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>')

    def dot(self, x, y, colour):
        x, y = self.place(x, y)
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')

    def bar(self, x, low, high, colour):
        self.line([(x, low), (x, high)], colour)

    def band(self, low, high):
        (left, top), (right, bottom) = self.place(self.x[0], high), self.place(self.x[1], low)
        self.parts.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
                          f'height="{bottom - top:.1f}" fill="#000000" fill-opacity="0.07"/>')

    def name(self, text, colour):
        self.names.append((text, colour))

    def svg(self, x_ticks, y_ticks):
        left, right, floor = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM
        out = [text(LEFT, 18, self.title, weight="bold"), text((left + right) / 2, HEIGHT - 6, self.across, "middle"),
               f'<path d="M{left} {TOP}V{floor}H{right}" fill="none" stroke="#555555"/>',
               f'<text transform="translate(12 {(TOP + floor) / 2}) rotate(-90)" text-anchor="middle">'
               f'{html.escape(self.up)}</text>']
        out += [text(self.place(value, self.y[0])[0], floor + 14, label, "middle") for value, label in x_ticks]
        out += [text(left - 5, self.place(self.x[0], value)[1] + 4, label, "end") for value, label in y_ticks]
        out += self.parts
        out += [text(right - 4, TOP + 12 + 14 * index, name, "end", colour)
                for index, (name, colour) in enumerate(self.names)]
        return "\n".join(out)


def text(x, y, words, anchor="start", colour="#222222", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">'
            f'{html.escape(words)}</text>')


def ticks(values, suffix=""):
    return [(value, f"{value:g}{suffix}") for value in values]


def engines(rows):
    return [engine for engine in COLOURS if any(row["engine"] == engine for row in rows)]


def rates(rows):
    chart = Chart("Rate: error by the rate asked", "asked, bit/s", "error, %", (4e4, 2e9), (-1.5, 1.5), True)
    chart.band(-1, 1)
    shown = [row for row in rows if row["part"] == table.RATE and "error" in row and row["witness"] == "captures"]
    for row in shown:
        shift = 1.15 if row["engine"] == "embedded" else 1
        chart.dot(row["asked"] * shift, row["error"] * 100, COLOURS[row["engine"]])
    for engine in engines(shown):
        chart.name(engine, COLOURS[engine])
    return chart.svg([(1e5, "100 k"), (1e6, "1 M"), (1e7, "10 M"), (1e8, "100 M"), (1e9, "1 G")],
                     ticks([-1, 0, 1], " %"))


def losses(rows):
    chart = Chart("Loss: measured by asked, with its 95 % interval", "asked, %", "measured / asked", (0.005, 90),
                  (0.6, 1.4), True)
    chart.line([(0.005, 1), (90, 1)], COLOURS["asked"], dashed=True)
    shown = [row for row in rows if row["part"] == table.LOSS and "low" in row]
    for row in shown:
        asked = row["asked"]
        at = asked * 100 * (1.15 if row["engine"] == "embedded" else 1)
        chart.bar(at, row["low"] / asked, row["high"] / asked, COLOURS[row["engine"]])
        chart.dot(at, row["measured"] / asked, COLOURS[row["engine"]])
    for engine in engines(shown):
        chart.name(engine, COLOURS[engine])
    return chart.svg(ticks([0.01, 0.1, 1, 10, 50], " %"), ticks([0.6, 0.8, 1, 1.2, 1.4]))


def curve(rows, case, figure):
    """Of one case, from the engine that nothing disturbs where there is one."""
    found = [row for row in rows if row["case"] == case and row["figure"] == figure and "curve" in row]
    found.sort(key=lambda row: row["engine"] != "virtual")
    return found[0]["curve"] if found else []


def jitter(rows):
    chart = Chart("Jitter of 50 ± 30 ms, a packet each ms", "delay, ms", "share of packets below", (10, 90), (0, 1))
    chart.line([(20, 0), (80, 1)], COLOURS["asked"], dashed=True)
    chart.line(curve(rows, "50 ± 30 ms", "mean delay"), COLOURS["virtual"])
    chart.line(curve(rows, "50 ± 30 ms, raw", "mean delay"), COLOURS["embedded"])
    for name, colour in (("asked", "asked"), ("in order", "virtual"), ("raw", "embedded")):
        chart.name(name, COLOURS[colour])
    return chart.svg(ticks([20, 40, 60, 80], " ms"), ticks([0, 0.5, 1]))


def bursts(rows):
    chart = Chart("Gilbert-Elliott, r = 20 %: lengths of bursts", "packets lost in a row", "share of bursts", (0, 25),
                  (0, 0.25))
    for length, share in curve(rows, "Gilbert: p 1 %, r 20 %", "longest burst"):
        if length < 25:
            chart.dot(length, share, COLOURS["virtual"])
    chart.line([(length, 0.2 * 0.8 ** (length - 1)) for length in range(1, 25)], COLOURS["asked"], dashed=True)
    chart.name("geometric, as asked", COLOURS["asked"])
    chart.name("measured", COLOURS["virtual"])
    return chart.svg(ticks([1, 5, 10, 15, 20]), ticks([0, 0.1, 0.2]))


def correlated(rows):
    chart = Chart("Loss of 5 % with netem's correlation", "correlation asked, %", "lost, %", (-2, 55), (0, 6))
    chart.line([(-2, 5), (55, 5)], COLOURS["asked"], dashed=True)
    shown = [row for row in rows if row["part"] == table.OFF and row["case"].startswith("loss 5 %")
             and row["figure"] == "loss"]
    for row in shown:
        share = float(row["case"].split("correlation ")[1].split()[0])
        chart.dot(share + (0.8 if row["engine"] == "embedded" else 0), row["measured"] * 100, COLOURS[row["engine"]])
    for engine in engines(shown):
        chart.name(engine, COLOURS[engine])
    return chart.svg(ticks([0, 10, 25, 50], " %"), ticks([0, 2, 4, 5], " %"))


def shared_buffer(rows):
    chart = Chart("Wait under one CUBIC flow, queue of 100 ms", "seconds", "round trip, ms", (0, 11), (0, 210))
    chart.line([(0, 140), (11, 140)], COLOURS["asked"], dashed=True)
    chart.name("path and full queue", COLOURS["asked"])
    for way, colour in (("with the netem", "virtual"), ("without it", "embedded")):
        points = curve(rows, way, "round trip, median")
        if points:
            chart.line(points, COLOURS[colour])
        chart.name(way, COLOURS[colour])
    return chart.svg(ticks([0, 5, 10], " s"), ticks([0, 40, 80, 140], " ms"))


def svg(rows):
    charts = [rates(rows), losses(rows), jitter(rows), shared_buffer(rows), bursts(rows), correlated(rows)]
    height = HEIGHT * math.ceil(len(charts) / COLUMNS)
    placed = "\n".join(f'<g transform="translate({WIDTH * (index % COLUMNS)} {HEIGHT * (index // COLUMNS)})">\n{chart}\n</g>'
                       for index, chart in enumerate(charts))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * COLUMNS} {height}" '
            f'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="#ffffff"/>\n{placed}\n</svg>\n')
