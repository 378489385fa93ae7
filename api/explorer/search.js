// Full-text search over names and sentences.
import { get } from "./api.js";
import { both, el, link, withWords } from "./dom.js";
import { nodeLink } from "./ask.js";
import { reportLink } from "./evidence.js";
import { problem, waiting } from "./parts.js";
import { KIND, said } from "./words.js";

const PAGE = 50;
const DEEPEST = 9499; // rows that the API skips at most
const KINDS = ["Agency", "Mechanism", "Regulation", "Initiative", "Passage"];

export async function searchView(main, params) {
  const q = params.get("q") ?? "";
  const words = el("input", { id: "q", name: "q", type: "search", required: true, maxlength: 500, placeholder: "如 e.g. 积案化解" });
  words.value = q;
  const kind = el("select", { id: "kind", name: "kind", "aria-label": "类别 Kind" }, el("option", { value: "" }, "全部 all"),
    KINDS.map((k) => el("option", { value: k, selected: params.get("kind") === k }, said(KIND[k]))));
  const answer = el("section.answer", { "aria-live": "polite" });
  main.replaceChildren(
    el("div.intro", {}, el("h1", {}, both("全文检索", "Search"))),
    el("form.ask", {
      role: "search",
      onsubmit: (e) => { e.preventDefault(); location.hash = link("search", { q: words.value, kind: kind.value }); },
    }, el("div.big", {}, el("label", { for: "q" }, both("词语", "Words")), words, kind,
      el("button.primary", { type: "submit" }, "检索 ", el("span.en", { lang: "en" }, "Search")))),
    answer);
  if (!q) { words.focus(); return; }
  waiting(answer);
  try {
    const page = (offset) => get("questions/search", { query: q, kind: params.get("kind"), limit: PAGE, offset });
    const body = await page(0);
    if (!body.rows.length) {
      answer.replaceChildren(el("p.notice", {}, "没有找到。换个说法，或少写几个词再试。 ",
        el("span.en", { lang: "en" }, "Nothing found; try other words, or fewer.")));
      return;
    }
    const list = el("ol.units", {}, items(body));
    answer.replaceChildren(list, more(body, list, page));
  } catch (error) {
    problem(answer, error);
  }
}

/** A button that puts the next page below the list, for as long as there is one. */
function more(body, list, page) {
  const foot = el("div", {});
  const offset = body.parameters.offset + PAGE;
  if (!body.truncated || offset > DEEPEST) return foot;
  const button = el("button.more", { type: "button", onclick: next }, both("显示更多", "Show more"));
  async function next() {
    button.disabled = true;
    try {
      const following = await page(offset);
      const rows = items(following);
      list.append(...rows);
      foot.replaceWith(more(following, list, page));
      rows[0]?.querySelector("a")?.focus();
    } catch (error) {
      problem(foot, error);
    }
  }
  foot.append(button);
  return foot;
}

function items(body) {
  // The words that were looked for, in quotes: what the question was cut into.
  const words = body.parameters.query.split('"').filter((word) => word.trim());
  return body.rows.map((r) => el("li.unit", {},
    el("div.head", {}, el("span.kind", {}, both(...KIND[r.kind])),
      r.report ? el("span.meta", {}, [r.year ? `${r.year}年` : "", r.title].filter(Boolean).join(" · ")) : null),
    r.report
      ? el("a.quote", { href: reportLink(r.report, r.start, r.end) }, el("q", {}, withWords(r.name, words)))
      : el("p.who", {}, nodeLink(r.id))));
}
