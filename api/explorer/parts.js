// Pieces that several views share.
import { questions } from "./api.js";
import { both, el, link, nameOf } from "./dom.js";

/** A labelled form field. */
export const field = (id, zh, en, input) =>
  el("div.field", {}, el("label", { for: id }, both(zh, en)), input);

/** A quiet sign that an answer is on its way. */
export function waiting(node) {
  node.replaceChildren(el("p.waiting", { role: "status" }, both("查询中…", "Asking…")));
}

/** What went wrong, and the candidates to choose from where a name fits several. */
export function problem(node, error, choose = null, asked = "") {
  const candidates = (error.candidates ?? []).map((id) =>
    el("li", {}, el("a", { href: choose ? choose(id) : link("node", { id }) }, nameOf(id))));
  node.replaceChildren(el("div.notice.error", { role: "alert" },
    el("p", {}, el("b", {}, error.title ?? "出错了 Something failed")),
    error.detail ? el("p", {}, error.detail) : null,
    asked && error.code === "unknown-name"
      ? el("p", {}, el("a", { href: link("search", { q: nameOf(asked) }) }, both(`全文检索“${nameOf(asked)}”`, "Search for it")))
      : null,
    candidates.length ? el("p", {}, both("您要找的是：", "Did you mean:")) : null,
    candidates.length ? el("ul.chips", {}, candidates) : null));
}

/** Links to the questions that take such a node, filled in; those on the page already are left out. */
export async function questionLinks(type, id, shown) {
  const fitting = (await questions()).filter((q) => !shown.includes(q.name))
    .map((q) => ({ q, p: q.parameters.find((p) => p.type === type && p.required) }))
    .filter(({ p }) => p);
  if (!fitting.length) return "";
  return el("nav.further", { "aria-label": "接着问 Ask further" },
    el("h2", {}, both("接着问", "Ask further")),
    el("ul", {}, fitting.map(({ q, p }) =>
      el("li", {}, el("a", { href: link(`ask/${q.name}`, { [p.name]: id }) }, both(q.title.zh, q.title.en))))));
}
