// A report's text with one sentence marked at its offsets, and every mention underlined.
import { get, mentions } from "./api.js";
import { both, el, link, nameOf } from "./dom.js";
import { problem, waiting } from "./parts.js";
import { KIND, KIND_OF_PREFIX } from "./words.js";

export async function reportView(main, params) {
  const id = params.get("id") ?? "";
  waiting(main);
  try {
    const [report, found] = await Promise.all([get(`reports/${encodeURIComponent(id)}`), mentions(id)]);
    document.title = `${report.title} · 治理机制图谱`;
    const start = Number.parseInt(params.get("start") ?? "-1", 10);
    const end = Number.parseInt(params.get("end") ?? "-1", 10);
    // Offsets count code points, strings here count UTF-16 units.
    const letters = Array.from(report.text);
    const spans = found.flatMap((m) => m.starts.map((s, i) => ({ start: s, end: m.ends[i], target: m.target })));
    main.replaceChildren(
      el("div.card", {},
        el("p.kind", {}, both("报告全文", "Report")),
        el("h1.name", {}, report.title),
        el("dl.facts", {},
          fact("单位", "unit", report.unit ? el("a", { href: link("node", { id: `agency:${report.unit}` }) }, report.unit) : null),
          fact("年份", "year", report.year), fact("地区", "place", report.place),
          fact("发布", "published", report.published), fact("文件", "file", report.source)),
        report.warnings.length ? el("ul.warnings", {}, report.warnings.map((w) => el("li", {}, w))) : null,
        legend()),
      el("article.text", { lang: "zh-CN" }, paragraphs(letters, spans, start, end)));
    const sentence = main.querySelector("mark.sentence");
    if (sentence) {
      sentence.scrollIntoView({ block: "center" });
      sentence.focus({ preventScroll: true });
    }
  } catch (error) {
    problem(main, error);
  }
}

const fact = (zh, en, value) => (value === null || value === undefined || value === ""
  ? null : el("div", {}, el("dt", {}, both(zh, en)), el("dd", {}, value)));

const legend = () => el("p.legend", {},
  ["Agency", "Mechanism", "Regulation", "Initiative"].map((k) => el("span", {}, el("u", { class: k }, both(...KIND[k])), " ")));

/** Paragraphs of the text; cut where lines, mentions and the sentence begin and end. */
function paragraphs(letters, spans, start, end) {
  const inner = spans.filter((s) => s.start < s.end && s.end <= letters.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const out = [];
  let line = 0;
  for (let i = 0; i <= letters.length; i += 1) {
    if (i === letters.length || letters[i] === "\n") {
      if (i > line) out.push(el("p", {}, pieces(letters, inner, line, i, start, end)));
      line = i + 1;
    }
  }
  return out;
}

function pieces(letters, spans, from, to, start, end) {
  const text = (a, b) => letters.slice(a, b).join("");
  const withMentions = (a, b) => {
    const out = [];
    let at = a;
    for (const span of spans) {
      // A mention inside another, or cut by a border, is left as text.
      if (span.start < at || span.end > b) continue;
      out.push(text(at, span.start), mention(text(span.start, span.end), span.target));
      at = span.end;
    }
    out.push(text(at, b));
    return out;
  };
  const a = Math.max(from, Math.min(start, to));
  const b = Math.max(a, Math.min(end, to));
  if (start < 0 || end <= start || a >= b) return withMentions(from, to);
  return [withMentions(from, a), el("mark.sentence", { tabindex: "-1" }, withMentions(a, b)), withMentions(b, to)];
}

function mention(surface, target) {
  const kind = KIND_OF_PREFIX[target.split(":")[0]];
  const href = kind === "Mechanism" ? link("", { m: target }) : link("node", { id: target });
  return el("a.mention", { href, class: `mention ${kind}`, title: `${KIND[kind]?.join(" ") ?? ""} ${nameOf(target)}` }, surface);
}
