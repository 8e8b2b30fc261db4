"use strict";
// Draws the charts of one report on a shared time axis. A long series is drawn as the least and the greatest value of
// each pixel column, so that no spike is lost and a zoom stays fast whatever the series' length.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const whole = [data.start, data.end];
  const margin = { left: 62, right: 8, top: 8, bottom: 18 };
  const charts = [];
  let view = whole;
  let cursor = null;
  let colours = {};

  // Numbers as people read them; the same units as the tables.

  const units = {
    rate: [[1e9, "Gbit/s"], [1e6, "Mbit/s"], [1e3, "kbit/s"], [1, "bit/s"]],
    time: [[1, "s"], [1e-3, "ms"], [1e-6, "\u00b5s"]],
    size: [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]],
    ratio: [[1e-2, "%"]],
    count: [[1, ""]],
  };
  const unitFor = (quantity, size) => {
    const list = units[quantity];
    return list.find(([scale]) => size >= scale * 0.9999) || list[list.length - 1];
  };
  const written = (quantity, value) => {
    if (value === null || value === undefined) return "\u2013";
    const [scale, name] = value === 0 && quantity === "time" ? [1e-3, "ms"] : unitFor(quantity, Math.abs(value));
    const number = value / scale;
    const places = quantity === "count" || value === 0 ? 0 : Math.abs(number) >= 100 ? 1 : 2;
    return (number.toFixed(places) + " " + name).trim();
  };
  const clock = (time, step) => time.toFixed(step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3) + " s";

  // Round steps of 1, 2 or 5 times a power of ten.
  const roundStep = (span, count) => {
    const rough = span / Math.max(1, count);
    const power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999);
  };
  const ticks = (low, high, step) => {
    const list = [];
    for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) list.push(index * step);
    return list;
  };

  // The index of the first time at or after `time`.
  const firstAtOrAfter = (times, time) => {
    let low = 0, high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  };

  // The visible part of a series, with one more point on either side so that lines leave the picture.
  const visible = (times) => [
    Math.max(0, firstAtOrAfter(times, view[0]) - 1),
    Math.min(times.length, firstAtOrAfter(times, view[1]) + 1),
  ];

  // What a series says at the cursor: the last value of a setting, the nearest of a measurement.
  const valueAt = (line, time) => {
    const after = firstAtOrAfter(line.times, time);
    const held = line.role === "asked" && line.times[after] !== time;
    const nearer = after > 0 && (after === line.times.length || time - line.times[after - 1] < line.times[after] - time);
    const index = held || nearer ? after - 1 : after;
    return index < 0 ? null : index;
  };

  class Chart {
    constructor(figure, spec) {
      this.spec = spec;
      this.top = margin.top + (spec.labels && data.changes.length + data.probes.length > 0 ? 14 : 0);
      this.plot = figure.querySelector(".plot");
      this.canvas = this.plot.querySelector("canvas");
      this.cursorLine = this.plot.appendChild(Object.assign(document.createElement("div"), { className: "cursor" }));
      this.selection = this.plot.appendChild(Object.assign(document.createElement("div"), { className: "selection" }));
      this.readouts = [...figure.querySelectorAll(".key b")];
      new ResizeObserver(() => this.draw()).observe(this.plot);
      listen(this);
    }

    get width() { return this.plot.clientWidth - margin.left - margin.right; }
    get height() { return this.plot.clientHeight - this.top - margin.bottom; }
    x(time) { return margin.left + (time - view[0]) / (view[1] - view[0]) * this.width; }
    y(value) { return this.top + (this.high - value) / (this.high - this.low) * this.height; }
    time(x) {
      const share = Math.min(1, Math.max(0, (x - margin.left) / this.width));
      return view[0] + share * (view[1] - view[0]);
    }

    // The range of what is visible. A setting far above what was measured would flatten it, and is left outside.
    measure() {
      const reach = (lines) => {
        let low = Infinity, high = -Infinity;
        for (const line of lines) {
          const [from, to] = visible(line.times);
          for (const values of [line.values, line.low, line.high]) {
            for (let index = from; values && index < to; index += 1) {
              if (values[index] === null) continue;
              low = Math.min(low, values[index]);
              high = Math.max(high, values[index]);
            }
          }
        }
        return [low, high];
      };
      let [low, high] = reach(this.spec.lines.filter((line) => line.role !== "asked"));
      const asked = reach(this.spec.lines.filter((line) => line.role === "asked"))[1];
      if (asked > high && (asked < high * 4 || high === -Infinity)) high = asked;
      for (const guide of this.spec.guides || []) {
        low = Math.min(low, guide);
        high = Math.max(high, guide);
      }
      this.low = Math.min(0, low);
      this.high = Math.max(0, high);
      if (!Number.isFinite(this.high) || this.high === this.low) { this.low = 0; this.high = this.spec.least; }
      this.high += (this.high - this.low) * 0.06;
      if (this.low < 0) this.low -= (this.high - this.low) * 0.06;
      if (this.spec.quantity === "ratio") this.high = Math.min(this.high, 1.02);
    }

    draw() {
      if (this.width <= 0) return;
      const scale = window.devicePixelRatio || 1;
      this.canvas.width = Math.round(this.plot.clientWidth * scale);
      this.canvas.height = Math.round(this.plot.clientHeight * scale);
      const pen = this.canvas.getContext("2d");
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.font = "11px system-ui, sans-serif";
      this.measure();
      this.drawAxes(pen);
      pen.save();
      pen.beginPath();
      pen.rect(margin.left, this.top - 1, this.width, this.height + 2);
      pen.clip();
      for (const span of data.probes) this.shade(pen, span, colours.probe);
      for (const span of data.stalls) this.shade(pen, span, colours.stall);
      for (const guide of this.spec.guides || []) this.dash(pen, [margin.left, this.y(guide)], [margin.left + this.width, this.y(guide)], colours.bad, [2, 3]);
      for (const line of this.spec.lines) this.drawLine(pen, line);
      for (const change of data.changes) this.dash(pen, [this.x(change.at), this.top], [this.x(change.at), this.top + this.height], colours.change, [1, 3]);
      pen.restore();
      if (this.spec.labels) this.drawLabels(pen);
      this.showCursor();
    }

    drawAxes(pen) {
      const step = roundStep(this.high - this.low, Math.max(2, this.height / 34));
      const [scale, name] = unitFor(this.spec.quantity, Math.max(Math.abs(this.high), Math.abs(this.low)) / 1.06);
      pen.fillStyle = colours.muted;
      pen.lineWidth = 1;
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      const values = ticks(this.low, this.high, step);
      const places = Math.max(0, Math.min(3, -Math.floor(Math.log10(step / scale) + 1e-9)));
      for (const value of values) {
        const y = Math.round(this.y(value)) + 0.5;
        pen.strokeStyle = value === 0 ? colours.rule : colours.grid;
        pen.beginPath();
        pen.moveTo(margin.left, y);
        pen.lineTo(margin.left + this.width, y);
        pen.stroke();
        const unit = value === values[values.length - 1] ? " " + name : "";
        pen.fillText((value / scale).toFixed(places).replace("-", "\u2212") + unit, margin.left - 6, y);
      }
      pen.textAlign = "center";
      pen.textBaseline = "alphabetic";
      const timeStep = roundStep(view[1] - view[0], this.width / 80);
      for (const time of ticks(view[0], view[1], timeStep)) {
        const x = this.x(time), text = clock(time, timeStep).replace("-", "\u2212");
        const half = pen.measureText(text).width / 2;
        pen.fillText(text, Math.min(Math.max(x, half), this.plot.clientWidth - half), this.plot.clientHeight - 4);
      }
    }

    shade(pen, span, colour) {
      pen.fillStyle = colour;
      pen.fillRect(this.x(span.from), this.top, Math.max(1.5, this.x(span.to) - this.x(span.from)), this.height);
    }

    dash(pen, from, to, colour, pattern) {
      pen.save();
      pen.strokeStyle = colour;
      pen.lineWidth = 1.25;
      pen.setLineDash(pattern);
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
      pen.restore();
    }

    // Says what the probes and the changes are, where there is room for it.
    drawLabels(pen) {
      let free = -Infinity;
      const marks = [
        ...data.probes.map((span) => ({ at: Math.max(span.from, view[0]), text: span.label, until: span.to })),
        ...data.changes,
      ].sort((one, other) => one.at - other.at);
      pen.textAlign = "left";
      pen.textBaseline = "top";
      pen.fillStyle = colours.muted;
      for (const mark of marks) {
        if (mark.until < view[0]) continue;
        const x = this.x(mark.at), width = pen.measureText(mark.text).width;
        const limit = mark.until === undefined ? margin.left + this.width : this.x(mark.until);
        if (x < Math.max(free, margin.left) || x + width > limit) continue;
        free = x + width + 10;
        pen.fillText(mark.text, x, this.top - 15);
      }
    }

    drawLine(pen, line) {
      const colour = colours[line.colour];
      if (line.role === "band") return this.drawBand(pen, line, colour);
      if (line.role === "bars") return this.drawBars(pen, line, colour);
      if (line.role === "area") this.drawBand(pen, { times: line.times, low: line.values.map((value) => value === null ? null : 0), high: line.values }, colour);
      pen.save();
      pen.strokeStyle = colour;
      pen.lineWidth = line.role === "asked" ? 1.5 : 1.75;
      pen.lineJoin = "round";
      if (line.role === "asked") pen.setLineDash([6, 4]);
      pen.beginPath();
      if (line.role === "asked") this.trace(pen, line, true);
      else if (this.isDense(line)) this.traceColumns(pen, line);
      else this.trace(pen, line, false);
      pen.stroke();
      pen.restore();
    }

    isDense(line) {
      const [from, to] = visible(line.times);
      return to - from > this.width * 2;
    }

    // Point after point; a gap where nothing was measured; steps where a setting holds until the next.
    trace(pen, line, steps) {
      const [from, to] = visible(line.times);
      let before = null;
      for (let index = from; index < to; index += 1) {
        const value = line.values[index];
        if (value !== null) {
          const x = this.x(line.times[index]), y = this.y(value);
          const alone = before === null && (index + 1 >= line.values.length || line.values[index + 1] === null);
          if (before === null) pen.moveTo(alone ? x - 1.5 : x, y);
          else if (steps) pen.lineTo(x, this.y(before));
          if (before !== null || alone) pen.lineTo(alone ? x + 1.5 : x, y);
        }
        before = value;
      }
      if (steps && before !== null) pen.lineTo(this.x(Math.min(view[1], data.end)), this.y(before));
    }

    // The least and the greatest value of each pixel column.
    traceColumns(pen, line) {
      const [from, to] = visible(line.times);
      let column = null, low = 0, high = 0, open = false;
      const flush = () => {
        if (column === null) return;
        if (open) pen.lineTo(column, this.y(high)); else pen.moveTo(column, this.y(high));
        pen.lineTo(column, this.y(low) + 0.5);
        open = true;
        column = null;
      };
      for (let index = from; index < to; index += 1) {
        const value = line.values[index];
        if (value === null) { flush(); open = false; continue; }
        const x = Math.round(this.x(line.times[index]));
        if (x !== column) { flush(); column = x; low = high = value; }
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      flush();
    }

    drawBand(pen, line, colour) {
      const [from, to] = visible(line.times);
      pen.save();
      pen.fillStyle = colour;
      pen.globalAlpha = 0.2;
      let start = from;
      for (let index = from; index <= to; index += 1) {
        if (index < to && line.low[index] !== null && line.high[index] !== null) continue;
        if (index > start) {
          pen.beginPath();
          for (let at = start; at < index; at += 1) pen.lineTo(this.x(line.times[at]), this.y(line.high[at]));
          for (let at = index - 1; at >= start; at -= 1) pen.lineTo(this.x(line.times[at]), this.y(line.low[at]));
          pen.fill();
        }
        start = index + 1;
      }
      pen.restore();
    }

    // A bar stands around the middle of its bin.
    drawBars(pen, line, colour) {
      const [from, to] = visible(line.times);
      const bin = line.times.length > 1 ? line.times[1] - line.times[0] : 1;
      const width = Math.max(1.5, bin / (view[1] - view[0]) * this.width - 1);
      pen.fillStyle = colour;
      for (let index = from; index < to; index += 1) {
        if (!line.values[index]) continue;
        const y = Math.min(this.y(line.values[index]), this.y(0) - 1.5);
        pen.fillRect(this.x(line.times[index]) - width / 2, y, width, this.y(0) - y);
      }
    }

    showCursor() {
      const shown = cursor !== null && cursor >= view[0] && cursor <= view[1];
      this.cursorLine.style.visibility = shown ? "visible" : "hidden";
      if (shown) this.cursorLine.style.transform = `translateX(${this.x(cursor)}px)`;
      this.spec.lines.forEach((line, index) => {
        if (!this.readouts[index]) return;
        const at = shown ? valueAt(line, cursor) : null;
        this.readouts[index].textContent = !shown ? "" : at === null ? "\u2013"
          : line.role === "band" ? written(this.spec.quantity, line.low[at]) + " to " + written(this.spec.quantity, line.high[at])
            : written(this.spec.quantity, line.values[at]);
      });
    }

    showSelection(from, to) {
      this.selection.style.visibility = from === null ? "hidden" : "visible";
      if (from === null) return;
      this.selection.style.left = `${this.x(Math.min(from, to))}px`;
      this.selection.style.width = `${Math.abs(this.x(to) - this.x(from))}px`;
    }
  }

  // What the reader does with pointer and keys; all charts follow.

  const output = document.querySelector(".tools output");
  const reset = document.querySelector(".tools button");

  const zoom = (from, to) => {
    const least = Math.min(0.05, whole[1] - whole[0]);
    const span = Math.max(least, Math.min(to - from, whole[1] - whole[0]));
    const start = Math.min(Math.max(from, whole[0]), whole[1] - span);
    view = [start, start + span];
    reset.disabled = view[0] === whole[0] && view[1] === whole[1];
    charts.forEach((chart) => chart.draw());
    say();
  };
  const pointAt = (time) => {
    cursor = time;
    charts.forEach((chart) => chart.showCursor());
    say();
  };
  const say = () => {
    const zoomed = `${view[0].toFixed(2)} s to ${view[1].toFixed(2)} s`;
    output.textContent = cursor !== null ? `at ${cursor.toFixed(2)} s` : reset.disabled ? "" : zoomed;
  };

  const listen = (chart) => {
    let from = null;
    const time = (event) => chart.time(event.clientX - chart.canvas.getBoundingClientRect().left);
    const select = (start, end) => charts.forEach((each) => each.showSelection(start, end));
    chart.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = time(event);
      chart.canvas.setPointerCapture(event.pointerId);
    });
    chart.canvas.addEventListener("pointermove", (event) => {
      pointAt(time(event));
      if (from !== null) select(from, cursor);
    });
    chart.canvas.addEventListener("pointerup", (event) => {
      const to = time(event), wide = from !== null && Math.abs(chart.x(to) - chart.x(from)) > 8;
      select(null);
      if (wide) zoom(Math.min(from, to), Math.max(from, to));
      from = null;
    });
    chart.canvas.addEventListener("pointercancel", () => { from = null; select(null); });
    chart.canvas.addEventListener("pointerleave", () => { if (from === null) pointAt(null); });
    chart.canvas.addEventListener("dblclick", () => zoom(...whole));
    chart.canvas.addEventListener("blur", () => pointAt(null));
    chart.canvas.addEventListener("keydown", (event) => press(event));
  };
  const press = (event) => {
    const span = view[1] - view[0], at = cursor === null ? (view[0] + view[1]) / 2 : cursor;
    const step = span / (event.shiftKey ? 10 : 100);
    const zoomTo = (factor) => zoom(at - (at - view[0]) * factor, at + (view[1] - at) * factor);
    const actions = {
      ArrowLeft: () => pointAt(Math.max(view[0], at - step)),
      ArrowRight: () => pointAt(Math.min(view[1], at + step)),
      "+": () => zoomTo(0.5),
      "=": () => zoomTo(0.5),
      "-": () => zoomTo(2),
      "0": () => zoom(...whole),
      Escape: () => zoom(...whole),
    };
    if (!actions[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions[event.key]();
  };

  const redraw = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["page", "muted", "rule", "grid", "blue", "orange", "green", "purple", "asked", "stall", "probe", "change", "bad"]) {
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
    charts.forEach((chart) => chart.draw());
  };

  if (!reset) return;
  document.querySelectorAll("figure[data-chart]").forEach((figure) => {
    charts.push(new Chart(figure, data.charts[figure.dataset.chart]));
  });
  reset.addEventListener("click", () => zoom(...whole));
  reset.disabled = true;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => { document.documentElement.classList.add("printing"); redraw(); });
  addEventListener("afterprint", () => { document.documentElement.classList.remove("printing"); redraw(); });
  redraw();
})();
