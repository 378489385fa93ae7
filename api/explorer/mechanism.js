// Who applies a mechanism: the first page.
import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { both, el, link, nameOf } from "./dom.js";
import { neighbourhood } from "./graph.js";
import { badge, quote, reportLink } from "./evidence.js";
import { timeline } from "./timeline.js";
import { field, problem, questionLinks, waiting } from "./parts.js";
import { ANY, counted, KIND, LEVEL, said, span, STATUS } from "./words.js";

const PAGE = 100;
const SHOWN = ["mechanism_profile", "units_applying_mechanism", "mechanism_timeline"];

/** The view: a form above, an answer or an invitation below. */
export async function mechanismView(main, params) {
  const answer = el("section.answer", { "aria-live": "polite" });
  main.replaceChildren(intro(params.has("m")), form(params), answer);
  if (params.get("m")) await showAnswer(answer, params);
  else await invite(answer);
}

function intro(compact) {
  return el("div", { class: compact ? "intro compact" : "intro" },
    el("h1", {}, "哪些单位采用这项机制？"),
    el("p.lead", {}, el("span.en", { lang: "en" }, "Which units apply a mechanism, since when, and in which words")));
}

function form(params) {
  const value = params.get("m") ?? "";
  const box = combobox({
    name: "m", id: "mechanism", kind: "Mechanism", value, required: true,
    placeholder: "如 e.g. 领导干部接访下访", onpick: () => submit(),
  });
  const place = combobox({ name: "place", id: "place", kind: "Place", value: params.get("place") ?? "" });
  const level = el("select", { id: "level", name: "level" }, el("option", { value: "" }, ANY),
    Object.entries(LEVEL).map(([l, words]) => el("option", { value: l, selected: params.get("level") === l }, said(words))));
  const year = el("input", {
    id: "year", name: "year", type: "number", inputmode: "numeric", min: 1900, max: 2200,
    value: params.get("year") ?? "",
  });
  const status = el("select", { id: "status", name: "status" }, el("option", { value: "" }, ANY),
    Object.entries(STATUS).map(([s, words]) => el("option", { value: s, selected: params.get("status") === s }, said(words))));
  const submit = () => {
    location.hash = link("", {
      m: box.value(), place: place.value(), level: level.value, year: year.value, status: status.value,
    });
  };
  const filtered = ["place", "level", "year", "status"].some((f) => params.get(f));
  return el("form.ask", { role: "search", onsubmit: (e) => { e.preventDefault(); submit(); } },
    el("div.big", {},
      el("label", { for: "mechanism" }, both("机制", "Mechanism")), box.node,
      el("button.primary", { type: "submit" }, "查询 ", el("span.en", { lang: "en" }, "Find"))),
    el("details.filters", { open: filtered },
      el("summary", {}, both("筛选", "Filters")),
      el("div.fields", {},
        field("place", "地区", "Place, with all in it", place.node),
        field("level", "层级", "Level", level),
        field("year", "年份", "Year", year),
        field("status", "状态", "Status", status))));
}

async function invite(answer) {
  waiting(answer);
  try {
    const [popular, overview] = await Promise.all([
      get("suggest", { kind: "Mechanism", limit: 12 }), get("questions/overview"),
    ]);
    const count = Object.fromEntries(overview.rows.map((r) => [r.name, r]));
    if (!count.Report?.count) return answer.replaceChildren(emptyGraph());
    const figures = ["Report", "Agency", "Mechanism", "Regulation", "Initiative"].map((k) =>
      el("li", {}, el("b", {}, count[k].count.toLocaleString("zh-CN")), el("span", {}, both(...KIND[k]))));
    const years = count.Report.first_year
      ? el("li", {}, el("b", {}, span(count.Report.first_year, count.Report.last_year)), el("span", {}, both("年份", "years")))
      : null;
    answer.replaceChildren(
      el("h2", {}, both("常见机制（采用单位数）", "Most applied, with units")),
      el("ul.chips", {}, popular.results.map((m) =>
        el("li", {}, el("a", { href: link("", { m: m.id }) }, m.name, el("span.count", { title: counted(m.id) }, m.count))))),
      el("h2", {}, both("图谱里有", "In the graph")), el("ul.figures", {}, figures, years));
  } catch (error) {
    problem(answer, error);
  }
}

const emptyGraph = () => el("div.notice", {},
  el("p", {}, el("b", {}, "图谱还是空的。"), " 载入报告后即可查询："),
  el("p", {}, el("code", {}, "govmech load 报告文件夹")),
  el("p.en", { lang: "en" }, "The graph is empty. Load reports first."));

async function showAnswer(answer, params) {
  waiting(answer);
  const filters = Object.fromEntries(["place", "level", "year", "status"].map((f) => [f, params.get(f)]));
  const mechanism = params.get("m");
  const limit = Number(params.get("limit")) || PAGE;
  try {
    const [profile, units, years] = await Promise.all([
      get("questions/mechanism_profile", { mechanism }),
      get("questions/units_applying_mechanism", { mechanism, ...filters, limit }),
      get("questions/mechanism_timeline", { mechanism, place: filters.place, level: filters.level }),
    ]);
    const about = profile.rows[0];
    document.title = `${nameOf(about.mechanism)} · 治理机制图谱`;
    const around = el("div", {});
    answer.replaceChildren(
      card(about),
      years.rows.length ? timeline(years.rows) : "",
      await unitList(about, units, params, limit),
      around,
      await questionLinks("MECHANISM", about.mechanism, SHOWN));
    around.replaceChildren(await neighbourhood(about.mechanism, around.clientWidth));
  } catch (error) {
    problem(answer, error, (id) => link("", { m: id, ...filters }), mechanism);
  }
}

function card(m) {
  const years = m.first_year ? span(m.first_year, m.last_year) : null;
  return el("div.card", {},
    el("h2.name", {}, nameOf(m.mechanism), m.name_en ? el("span.en", { lang: "en" }, m.name_en) : null),
    m.definition ? el("p.definition", {}, m.definition) : null,
    el("dl.facts", {},
      fact("采用单位", "units", m.units),
      fact("仅计划", "only plan it", m.planning || null), fact("称不足", "lack it", m.lacking || null),
      fact("报告", "reports", m.reports), fact("年份", "years", years),
      fact("数字", "numbers", m.measures ? el("a", { href: link("ask/measures_of_mechanism", { mechanism: m.mechanism }) }, m.measures) : null),
      fact("领域", "field", m.field),
      fact("又称", "also", aliases(m.aliases)),
      m.broader ? fact("上位", "broader", el("a", { href: link("", { m: m.broader }) }, nameOf(m.broader))) : null,
      m.narrower.length ? fact("下位", "narrower", m.narrower.flatMap((name, i) =>
        [i ? "、" : null, el("a", { href: link("", { m: `mechanism:${name}` }) }, name)])) : null,
      fact("依据", "basis", titles(m.legal_basis)),
      fact("报告所称依据", "basis, as reports have it", titles(m.cited.filter((c) => !m.legal_basis.includes(c)))),
      m.discovered ? fact("来源", "origin", both("目录外，从报告中发现", "found in reports, not in the catalogue")) : null));
}

/** Regulations in title marks, each the way to its page. */
const titles = (names) => (names.length
  ? names.map((name) => el("a", { href: link("node", { id: `regulation:${name}` }) }, `《${name.replace(/[《》]/g, "")}》`))
  : null);

/** The first few names; the others on demand. */
function aliases(names) {
  const shown = names.slice(0, 4).join("、");
  if (names.length <= 4) return shown;
  return [shown, el("details.more-names", {},
    el("summary", {}, both(`另有 ${names.length - 4} 种说法`, "more")), names.slice(4).join("、"))];
}

const fact = (zh, en, value) => (value === null || value === "" || value === undefined
  ? null : el("div", {}, el("dt", {}, both(zh, en)), el("dd", {}, value)));

async function unitList(about, units, params, limit) {
  if (!units.rows.length) {
    return el("p.notice", {}, "没有符合条件的单位。放宽筛选再试。 ",
      el("span.en", { lang: "en" }, "No unit fits; try fewer filters."));
  }
  const words = [nameOf(about.mechanism), ...about.aliases];
  const rows = units.rows.map((r) => el("li.unit", {},
    el("div.head", {},
      el("a.who", { href: link("node", { id: r.agency }) }, nameOf(r.agency)),
      el("span.meta", {}, [r.year ? `${r.year}年` : "年份不详 no year", r.place, r.level].filter(Boolean).join(" · ")),
      badge(r.status)),
    quote(r, about.mechanism, words),
    el("a.source", { href: reportLink(r.report, r.start, r.end, about.mechanism) }, r.title)));
  const more = units.truncated && limit < 10000
    ? el("a.more", { href: link("", { ...Object.fromEntries(params), limit: Math.min(limit * 5, 10000) }) }, both("显示更多", "Show more"))
    : null;
  return el("section", { "aria-label": "单位 Units" },
    el("div.bar-title", {},
      el("h2", {}, both(`${units.rows.length}${units.truncated ? "+" : ""} 条记录`, "findings")),
      el("span.downloads", {}, el("a", { href: units.excel.slice(1), download: true }, both("下载表格", "Spreadsheet")), " · ", el("a", { href: units.csv.slice(1), download: true }, "CSV"))),
    el("ol.units", {}, rows), more);
}
