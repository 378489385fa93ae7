// A node in the middle, its relationships around it: drawn from pages of its neighbours.
import { get } from "./api.js";
import { both, el, link, nameOf, svg } from "./dom.js";
import { KIND, KIND_OF_PREFIX, NOUN, RELATION } from "./words.js";

const TYPES = {
  Agency: ["IMPLEMENTS", "REPORTS_TO", "ISSUES", "LOCATED_IN"],
  Mechanism: ["IMPLEMENTS", "CITES"],
  Initiative: ["IMPLEMENTS", "CITES"],
  Regulation: ["CITES", "ISSUES"],
};
const READ = 60; // relationships of a type that are looked at
const SHOWN = 7; // nodes of a group that are drawn
const ROW = 25;
const HEAD = 30;
const NARROW = 560; // below it the English of a heading stands under the Chinese
const LETTER = 13.5;

/**
 * The drawing; an empty text where nothing is known around the node.
 * @param {string} id of the node
 * @param {number} width of the room there is, in pixels
 */
export async function neighbourhood(id, width) {
  const kind = KIND_OF_PREFIX[id.split(":")[0]];
  const path = `${NOUN[kind]}/${encodeURIComponent(id)}/adjacent`;
  const pages = await Promise.all(TYPES[kind].map((type) => get(path, { type, limit: READ })));
  const found = pages.flatMap((page) => grouped(page.results, page.next !== null));
  const groups = found.flatMap((group) => drawn(group, found.length === 1));
  return groups.length ? drawing(id, groups, Math.max(300, Math.min(width, 860))) : "";
}

/** Neighbours by relationship and direction, each once, those that most reports speak of first. */
function grouped(rows, isCut) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.type} ${row.direction}`;
    if (!groups.has(key)) groups.set(key, new Map());
    const nodes = groups.get(key);
    const known = nodes.get(row.other) ?? { id: row.other, name: row.name, times: 0, reported: false };
    known.times += 1;
    known.reported ||= row.status === null || row.status === "reported";
    nodes.set(row.other, known);
  }
  return [...groups].map(([key, nodes]) => (
    { key, nodes: [...nodes.values()].sort((a, b) => b.times - a.times), isCut }));
}

/** What is drawn of a group: its first nodes, on both sides where it is the only one. */
function drawn({ key, nodes, isCut }, isOnly) {
  const side = isOnly ? Math.min(SHOWN, Math.ceil(nodes.length / 2)) : SHOWN;
  const first = { key, nodes: nodes.slice(0, side), rest: 0, isCut: false };
  const second = { key, nodes: isOnly ? nodes.slice(side, 2 * side) : [] };
  const last = second.nodes.length ? second : first;
  Object.assign(last, { rest: nodes.length - first.nodes.length - second.nodes.length, isCut });
  return second.nodes.length ? [first, second] : [first];
}

function drawing(id, groups, width) {
  const isNarrow = width < NARROW;
  const head = isNarrow ? HEAD + 14 : HEAD;
  const cut = [];
  const sides = [{ sign: -1, groups: [], height: 0 }, { sign: 1, groups: [], height: 0 }];
  for (const group of groups) {
    const side = sides[0].height <= sides[1].height ? sides[0] : sides[1];
    side.groups.push(group);
    side.height += head + ROW * (group.nodes.length + (group.rest || group.isCut ? 1 : 0));
  }
  const height = Math.max(...sides.map((s) => s.height), 120) + 16;
  const middle = { x: width / 2, y: height / 2 };
  const gap = Math.max(74, width * 0.14);
  const letters = Math.floor((width / 2 - gap - 12) / LETTER);
  const lines = [];
  const marks = [];
  for (const { sign, groups: own, height: tall } of sides) {
    const x = middle.x + sign * gap;
    const anchor = sign > 0 ? "start" : "end";
    let y = (height - tall) / 2;
    for (const group of own) {
      const [zh, en] = RELATION[group.key] ?? [group.key, ""];
      const place = { x: x + sign * 4, class: "relation", "text-anchor": anchor };
      marks.push(...(isNarrow
        ? [svg("text", { ...place, y: y + 22 }, zh), svg("text", { ...place, y: y + 37, lang: "en" }, en)]
        : [svg("text", { ...place, y: y + 22 }, `${zh} ${en}`)]));
      y += head;
      for (const node of group.nodes) {
        const at = y + ROW / 2;
        const bend = middle.x + sign * gap * 0.55;
        lines.push(svg("path", {
          d: `M${middle.x} ${middle.y} C${bend} ${middle.y} ${bend} ${at} ${x} ${at}`,
          class: node.reported ? "edge" : "edge planned",
        }));
        marks.push(spot(node, x, at, sign, anchor, letters, cut));
        y += ROW;
      }
      if (group.rest || group.isCut) {
        const more = group.isCut ? "还有更多" : `另有 ${group.rest} 个`;
        const text = `${more} more`;
        marks.push(svg("text", { x: x + sign * 12, y: y + 17, class: "rest", "text-anchor": anchor }, text));
        y += ROW;
      }
    }
  }
  const said = groups.map((g) => `${(RELATION[g.key] ?? [g.key])[0]} ${g.nodes.map((n) => n.name).join("、")}`).join("；");
  return el("figure.graph", {},
    el("figcaption", {}, both("关系图", "What it is tied to"),
      el("span.legend", {}, el("i.line"), both("已报告", "reported"), el("i.line.planned"), both("仅计划或不足", "only planned, or lacking"))),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${nameOf(id)}：${said}` },
      lines, hub(nameOf(id), middle, gap), marks),
    inFull(cut));
}

/** The node in the middle, its name on as many lines as it takes. */
function hub(name, { x, y }, gap) {
  const letters = Math.max(4, Math.floor((gap * 1.15) / LETTER));
  const all = Array.from(name);
  const rows = [];
  for (let i = 0; i < all.length && rows.length < 4; i += letters) rows.push(all.slice(i, i + letters).join(""));
  if (all.length > 4 * letters) rows[3] = `${rows[3].slice(0, -1)}…`;
  const wide = Math.min(letters, all.length) * LETTER + 22;
  const tall = rows.length * 19 + 16;
  return svg("g", { class: "hub" },
    svg("rect", { x: x - wide / 2, y: y - tall / 2, width: wide, height: tall, rx: 8 }),
    rows.map((row, i) => svg("text", { x, y: y - tall / 2 + 22 + i * 19, "text-anchor": "middle" }, row)));
}

/** The names that the drawing had no room for, for those who cannot point at them with a mouse. */
function inFull(nodes) {
  if (!nodes.length) return null;
  return el("details.more-names", {},
    el("summary", {}, both("截短的名称，写全", "Names that were cut, in full")),
    el("ul", {}, nodes.map((node) => el("li", {}, el("a", { href: pageOf(node) }, node.name)))));
}

function pageOf(node) {
  const kind = KIND_OF_PREFIX[node.id.split(":")[0]];
  return kind === "Mechanism" ? link("", { m: node.id }) : link(kind === "Report" ? "report" : "node", { id: node.id });
}

function spot(node, x, y, sign, anchor, letters, cut) {
  const kind = KIND_OF_PREFIX[node.id.split(":")[0]];
  const all = Array.from(kind === "Place" ? nameOf(node.id) : node.name);
  const short = all.length > letters ? `${all.slice(0, letters - 1).join("")}…` : all.join("");
  if (all.length > letters && kind !== "Place") cut.push(node);
  const parts = [
    svg("title", {}, `${KIND[kind].join(" ")} ${all.join("")}${node.times > 1 ? ` × ${node.times}` : ""}`),
    svg("circle", { cx: x, cy: y, r: 4.5, class: kind }),
    svg("text", { x: x + sign * 12, y: y + 4.5, "text-anchor": anchor }, short),
  ];
  if (kind === "Place") return svg("g", {}, parts);
  return svg("a", { href: pageOf(node) }, parts);
}
