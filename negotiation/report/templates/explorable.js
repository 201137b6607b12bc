"use strict";
(() => {
  // Odds between the cells, as negotiation/report/surface.py has them; the same to nine digits.
  const data = JSON.parse(document.getElementById("data").textContent);
  const { axes, fits, cells } = data, Z = 1.959963984540054;
  const sliders = axes.map((a, k) => k).filter((k) => !axes[k].menu);
  const menus = axes.map((a, k) => k).filter((k) => axes[k].menu);
  const clip = (y) => Math.sin(Math.min(Math.max(y, 0), Math.PI / 2)) ** 2;
  const scaled = (v) => sliders.map((k) => (2 * v[k] - (axes[k].low + axes[k].high)) / (axes[k].high - axes[k].low));

  function features(fit, x) {
    const top = x.map((_, j) => Math.max(1, ...fit.terms.map((term) => term[j])));
    const ladder = x.map((u, j) => {
      const p = [1, u];
      for (let k = 2; k <= top[j]; k++) p.push(((2 * k - 1) * u * p[k - 1] - (k - 1) * p[k - 2]) / k);
      return p.map((value, k) => Math.sqrt(2 * k + 1) * value);
    });
    return fit.terms.map((term) => term.reduce((product, degree, j) => product * ladder[j][degree], 1));
  }

  function place(fit, values) {
    const mix = menus.reduce((number, k) => number * axes[k].menu + values[k], 0);
    const surface = fit.surfaces[mix];
    if (!surface) return null;
    const x = scaled(values), f = features(fit, x);
    const y = f.reduce((sum, part, k) => sum + part * surface.mean[k], 0);
    const across = f.map((_, j) => {
      let sum = 0;
      for (let i = j; i < f.length; i++) sum += surface.root[i][j] * f[i];
      return sum;
    });
    const spread = across.reduce((sum, part) => sum + part * part, surface.misfit);
    const alone = Z * Math.sqrt(surface.sampling);
    const whole = alone ** 2 + surface.t ** 2 * spread, half = Math.sqrt(whole);
    return { surface, values, x, across, whole, p: clip(y), low: clip(y - half), high: clip(y + half),
      cellLow: clip(y - alone), cellHigh: clip(y + alone) };
  }

  function difference(fit, a, b) {
    const far = Math.hypot(...a.x.map((u, j) => u - b.x[j])) + 2 * menus.filter((k) => a.values[k] !== b.values[k]).length;
    let shared = Z ** 2 * Math.exp(-fit.decay * far) * Math.sqrt(a.surface.sampling * b.surface.sampling);
    if (a.surface === b.surface) shared += a.surface.t ** 2 * a.across.reduce((sum, part, j) => sum + part * b.across[j], 0);
    const r = Math.min(a.whole, b.whole) > 0 ? shared / Math.sqrt(a.whole * b.whole) : 0;
    const away = (u, v) => Math.sqrt(Math.max(u * u - 2 * r * u * v + v * v, 0));
    const d = a.p - b.p;
    return { d, low: d - away(a.p - a.low, b.high - b.p), high: d + away(a.high - a.p, b.p - b.low) };
  }

  // numbers in words
  const places = (low, high) => {
    const half = 50 * (high - low);
    return half > 0 ? Math.min(Math.max(0, -Math.floor(Math.log10(half) + 1e-9)), 1) : 1;
  };
  const percent = (p, n) => {
    if (p === 0 || p === 1) return `${100 * p}`;
    const shown = (100 * p).toFixed(n), step = 10 ** -n;
    if (Number(shown) === 0) return `under ${step.toFixed(n)}`;
    return Number(shown) === 100 ? `over ${(100 - step).toFixed(n)}` : shown;
  };
  const inHundred = (o) => {
    const n = places(o.low, o.high), [p, low, high] = [o.p, o.low, o.high].map((q) => percent(q, n));
    const openLow = low.startsWith("under") || low === "0", openHigh = high.startsWith("over") || high === "100";
    const ends = openLow && openHigh ? "anything is possible" : openLow ? `at most ${high.replace("under ", "")}`
      : openHigh ? `at least ${low.replace("over ", "")}` : `between ${low} and ${high}`;
    return [`${p} in 100`, ends];
  };
  const signed = (number, n) => {
    const shown = Math.abs(100 * number).toFixed(n);
    return (Number(shown) === 0 ? "" : number > 0 ? "+" : "\u2212") + shown;
  };
  const changed = (c, same, short) => {
    if (same) return short ? "" : "where it is pinned";
    const n = places(c.low, c.high), [d, low, high] = [c.d, c.low, c.high].map((x) => signed(x, n));
    if (short) return `${d} (${low} to ${high})`;
    return `${d} points, between ${low} and ${high}${c.low > 0 || c.high < 0 ? "" : ": may be chance"}`;
  };
  const shown = (axis, v) => axis.menu ? axis.names[v]
    : axis.percent ? `${Number((100 * v).toPrecision(4))}%` : `${Number(v.toPrecision(axis.digits))}${axis.unit ? ` ${axis.unit}` : ""}`;

  // drawing
  const draw = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  function scale(box, odds, pin) {
    const at = (p) => 8 + 304 * p, parts = [draw("line", { class: "axis", x1: 8, x2: 312, y1: 17, y2: 17 })];
    const band = (kind, low, high, y, tall) => parts.push(draw("rect", { class: kind, x: at(low), y, height: tall,
      width: Math.max(at(high) - at(low), 1.5) }));
    band("wide", odds.low, odds.high, 9, 16);
    band("narrow", odds.cellLow, odds.cellHigh, 12, 10);
    if (pin) parts.push(draw("path", { class: "pintick", d: `M${at(pin.p) - 5} 2 h10 l-5 7 z` }));
    parts.push(draw("rect", { class: "tick", x: at(odds.p) - 2, y: 5, width: 4, height: 24 }));
    for (const [p, anchor] of [[0, "start"], [0.5, "middle"], [1, "end"]])
      parts.push(draw("text", { x: at(p) + (p - 0.5) * 16, y: 43, "text-anchor": anchor }, 100 * p));
    const svg = draw("svg", { viewBox: "0 0 320 46" });
    svg.append(...parts);
    box.replaceChildren(svg);
  }
  const WIDE = 420, TALL = 230, LEFT = 30, TOP = 10, FOOT = 200, STEPS = 48;
  function curve(box, number, here, pin, lever) {
    const fit = fits[number], axis = axes[lever];
    const px = (v) => LEFT + (WIDE - LEFT - 12) * (v - axis.low) / (axis.high - axis.low);
    const most = Math.max(...cells.map((cell) => cell[axes.length + number])) * 1.15;
    const top = [0.1, 0.2, 0.5].find((p) => p >= most) || 1, py = (p) => FOOT - (FOOT - TOP) * Math.min(p / top, 1.02);
    const along = (values) => Array.from({ length: STEPS + 1 }, (_, k) => {
      const moved = [...values];
      moved[lever] = axis.low + (axis.high - axis.low) * k / STEPS;
      return [px(moved[lever]), place(fit, moved)];
    });
    const path = (points, end) => points.map(([x, o], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${py(o[end]).toFixed(1)}`).join("");
    const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, role: "img" });
    for (const p of [0, 0.25, 0.5, 0.75, 1].map((part) => part * top)) {
      svg.append(draw("line", { class: "axis", x1: LEFT, x2: WIDE - 12, y1: py(p), y2: py(p) }),
        draw("text", { x: LEFT - 5, y: py(p) + 4, "text-anchor": "end" }, Number((100 * p).toFixed(1))));
    }
    svg.append(draw("text", { x: LEFT, y: FOOT + 18 }, shown(axis, axis.low)),
      draw("text", { x: WIDE - 12, y: FOOT + 18, "text-anchor": "end" }, shown(axis, axis.high)));
    if (here[number]) {
      const line = along(here[number].values);
      svg.append(draw("path", { class: "wide", d: path(line, "low") + path([...line].reverse(), "high").replace("M", "L") + "Z" }));
      if (pin) svg.append(draw("path", { class: "pinned", d: path(along(pin), "p") }));
      svg.append(draw("path", { class: "curve", d: path(line, "p") }));
      const near = (cell) => axes.every((a, k) => k === lever || Math.abs(cell[k] - here[number].values[k])
        <= 1e-9 + 0.005 * (a.high - a.low));
      for (const cell of cells.filter(near))
        svg.append(draw("circle", { class: "cell", cx: px(cell[lever]), cy: py(cell[axes.length + number]), r: 4 }));
      svg.append(draw("circle", { class: "point", cx: px(here[number].values[lever]), cy: py(here[number].p), r: 6 }));
      const [first, last] = [line[0][1], line[STEPS][1]].map((o) => inHundred(o)[0]);
      svg.setAttribute("aria-label", `From ${first} at ${shown(axis, axis.low)} to ${last} at ${shown(axis, axis.high)}`);
    } else svg.setAttribute("aria-label", "Not played");
    box.replaceChildren(svg);
  }

  // the page
  const byId = (id) => document.getElementById(id), inputs = axes.map((_, k) => byId(`lever-${k}`));
  const cards = [...document.querySelectorAll(".heads .card")], boxes = [...document.querySelectorAll(".drawn")];
  const rows = [...document.querySelectorAll("tr.outcome")];
  let now = [...data.start], pin = null, later = 0;

  function show() {
    const here = fits.map((fit) => place(fit, now)), pinned = pin && fits.map((fit) => place(fit, pin));
    const same = pin && pin.every((v, k) => v === now[k]);
    axes.forEach((axis, k) => {
      byId(`value-${k}`).textContent = axis.menu ? "" : shown(axis, now[k]);
      inputs[k].value = axis.menu ? now[k] : axis.stops.reduce((best, v, i) => Math.abs(v - now[k])
        < Math.abs(axis.stops[best] - now[k]) ? i : best, 0);
      if (!axis.menu) inputs[k].setAttribute("aria-valuetext", shown(axis, now[k]));
    });
    const against = (k, short) => here[k] && pinned && pinned[k]
      ? changed(difference(fits[k], here[k], pinned[k]), same, short) : "";
    cards.forEach((card, k) => {
      const [big, ends, change, note] = ["big", "in", "change", "note"].map((c) => card.querySelector(`.${c}`));
      const told = here[k] ? inHundred(here[k]) : ["not played", "no cell has this combination"];
      [big.textContent, ends.textContent] = told;
      change.hidden = !pin;
      change.textContent = against(k);
      const cell = here[k] && inHundred({ p: here[k].p, low: here[k].cellLow, high: here[k].cellHigh })[1];
      note.textContent = !cell ? "" : cell === told[1] ? "All of the interval is sampling error: as narrow as that of a cell."
        : `Sampling error alone: ${cell} (dark). The rest is what is not known between the cells (pale).`;
      if (here[k]) scale(card.querySelector(".scale"), here[k], pinned && pinned[k]);
      else card.querySelector(".scale").replaceChildren();
    });
    rows.forEach((row, k) => {
      const told = here[k] ? inHundred(here[k]) : ["not played", ""];
      [row.children[1].textContent, row.children[2].textContent] = told;
      row.children[3].hidden = !pin;
      row.children[3].textContent = against(k, true);
    });
    byId("against").hidden = byId("unpin").hidden = byId("dashed").hidden = !pin;
    if (sliders.length) boxes.forEach((box, k) => curve(box, k, here, pin, Number(byId("along").value)));
    clearTimeout(later);
    later = setTimeout(() => {
      byId("said").textContent = cards.map((card) => ["h2", ".big", ".in", ".change"].map((part) =>
        card.querySelector(part).textContent).filter(Boolean).join(", ")).join(". ");
    }, 600);
  }
  inputs.forEach((input, k) => {
    input.hidden = false;
    input.addEventListener("input", () => {
      now[k] = axes[k].menu ? Number(input.value) : axes[k].stops[Number(input.value)];
      if (!axes[k].menu) byId("along").value = k;
      show();
    });
  });
  byId("buttons").hidden = false;
  byId("pictures").hidden = !sliders.length;
  byId("along").addEventListener("change", show);
  byId("pin").addEventListener("click", () => { pin = [...now]; show(); });
  byId("unpin").addEventListener("click", () => { pin = null; show(); byId("pin").focus(); });
  byId("back").addEventListener("click", () => { now = [...data.start]; show(); });
  window.explorable = { odds: (k, values) => place(fits[k], values),
    difference: (k, a, b) => difference(fits[k], place(fits[k], a), place(fits[k], b)) };
  show();
})();
