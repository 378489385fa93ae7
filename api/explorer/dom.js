// Elements out of data. Text becomes text nodes, never markup, so that a name may
// hold "<script>" and a reader sees just that.

// Marks that turn the writing direction could make one name look like another.
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as it may be shown: direction marks made visible. */
export const plain = (value) => String(value).replace(BIDI, "\ufffd");

/**
 * Make an element.
 * @param {string} tag name, with classes: "p.hint.small"
 * @param {object} props attributes; functions are listeners ("onclick")
 * @param {...(Node|string|number|null|Array)} children
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...nodes(children));
  return node;
}

/** Make an SVG element; the same arguments, without classes in the name. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, String(value));
  node.append(...nodes(children));
  return node;
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((c) => c !== null && c !== undefined && c !== false)
    .map((c) => (c instanceof Node ? c : document.createTextNode(plain(c))));
}

/** Chinese, then English in the quieter voice. */
export const both = (zh, en) => [zh, " ", el("span.en", { lang: "en" }, en)];

/** Name of a node out of its id: what stands after the first colon. */
export const nameOf = (id) => String(id).slice(String(id).indexOf(":") + 1);

/** Hash link with query values; empty ones are left out. */
export function link(path, params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(key, value);
  }
  const text = query.toString();
  return `#/${path}${text ? `?${text}` : ""}`;
}

/** Text with the first of some words marked; the text itself is unchanged. */
export function marked(text, words) {
  const found = words
    .filter((w) => w && text.includes(w))
    .sort((a, b) => b.length - a.length)[0];
  if (!found) return null;
  const parts = text.split(found);
  return parts.flatMap((part, i) => (i ? [el("mark", {}, found), part] : [part]));
}

/** Text with every place marked where one of some words stands, the longest first. */
export function withWords(text, words) {
  const sorted = [...words].sort((a, b) => b.length - a.length);
  const lower = text.toLowerCase();
  const out = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const found = sorted.find((word) => lower.startsWith(word, at));
    if (!found) { at += 1; continue; }
    out.push(text.slice(from, at), el("mark", {}, text.slice(at, at + found.length)));
    at += found.length;
    from = at;
  }
  return [...out, text.slice(from)];
}
