// Units per year as bars: those that report a mechanism, and on top those that plan it.
import { el, svg } from "./dom.js";

const HEIGHT = 150;
const BASE = 118; // where the bars stand, below them the years
const TOP = 22;

/** @param {{year: number, units: number, planning: number}[]} rows in order of years */
export function timeline(rows) {
  const first = rows[0].year;
  const last = rows[rows.length - 1].year;
  const by = new Map(rows.map((r) => [r.year, r]));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const most = Math.max(...rows.map((r) => r.units + r.planning), 1);
  const room = Math.min(640, document.documentElement.clientWidth - 90); // a phone's page has less
  const step = Math.max(34, Math.min(72, room / years.length));
  const width = Math.max(step * years.length, 120);
  const said = rows.map((r) => `${r.year}年 ${r.units} 个单位`).join("，");
  const chart = svg("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT,
    role: "img", "aria-label": `逐年采用单位数 Units per year: ${said}`,
  });
  chart.append(svg("line", { x1: 0, x2: width, y1: BASE, y2: BASE, class: "axis" }));
  years.forEach((year, i) => {
    const row = by.get(year) ?? { units: 0, planning: 0 };
    const x = i * step + step / 2;
    const bar = Math.min(30, step * 0.55);
    const scale = (n) => (n / most) * (BASE - TOP);
    const units = scale(row.units);
    const planning = scale(row.planning);
    if (row.units) {
      chart.append(svg("rect", {
        x: x - bar / 2, y: BASE - units, width: bar, height: units, rx: 2, class: "bar",
      }));
    }
    if (row.planning) {
      chart.append(svg("rect", {
        x: x - bar / 2, y: BASE - units - planning, width: bar, height: planning, rx: 2,
        class: "bar planned",
      }));
    }
    if (row.units + row.planning) {
      chart.append(svg("text", {
        x, y: BASE - units - planning - 6, class: "value", "text-anchor": "middle",
      }, row.planning ? `${row.units}+${row.planning}` : row.units));
    }
    const every = Math.ceil(years.length / 14);
    if (i % every === 0) {
      chart.append(svg("text", { x, y: BASE + 20, class: "year", "text-anchor": "middle" }, year));
    }
  });
  return el(
    "figure.timeline", {},
    el("figcaption", {}, "逐年采用单位 ", el("span.en", { lang: "en" }, "Units per year"),
      el("span.legend", {}, el("i.bar"), "已报告 ", el("span.en", { lang: "en" }, "reported"),
        el("i.bar.planned"), "仅计划 ", el("span.en", { lang: "en" }, "only planned"))),
    el("div.scroll", { tabindex: "0", role: "group", "aria-label": "图表 Chart" }, chart),
  );
}
