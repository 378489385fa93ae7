// A sentence with the mention in it marked, and the way to its place in the report.
import { mentions } from "./api.js";
import { both, el, link, marked } from "./dom.js";
import { OUTCOME } from "./words.js";

/** Link to a report, at a sentence where offsets are known. */
export const reportLink = (report, start, end, target = "") =>
  link("report", { id: report, start, end, target });

/** A status in words and colour. */
export function badge(status) {
  const [zh, en] = OUTCOME[status] ?? [status, ""];
  return el("span.badge", { class: `badge ${String(status).replace(" ", "-")}` }, both(zh, en));
}

/**
 * @param {object} row with evidence, report, start, end, and the report's title
 * @param {string} target id of the node whose mention is marked; may be empty
 * @param {string[]} words names of it to look for first
 */
export function quote(row, target = "", words = []) {
  const text = el("q", {}, row.evidence);
  const parts = marked(row.evidence, words);
  if (parts) text.replaceChildren(...parts);
  else if (target) markLater(text, row, target);
  return el("a.quote", {
    href: reportLink(row.report, row.start, row.end, target),
    title: [row.title, "在报告中查看 See it in the report"].filter(Boolean).join("："),
  }, text);
}

/** The report's own wording is none of the names: ask where it is mentioned. */
async function markLater(text, row, target) {
  try {
    const found = await mentions(row.report, target);
    const surfaces = found.flatMap((m) =>
      m.surfaces.filter((_, i) => m.starts[i] >= row.start && m.ends[i] <= row.end));
    const parts = marked(row.evidence, surfaces);
    if (parts) text.replaceChildren(...parts);
  } catch {
    // The sentence is there in any case, only unmarked.
  }
}
