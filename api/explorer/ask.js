// Any question: a form made from its header, and the rows of its answer.
import { get, questions } from "./api.js";
import { combobox } from "./combobox.js";
import { both, el, link, nameOf } from "./dom.js";
import { badge, quote, reportLink } from "./evidence.js";
import { field, problem, waiting } from "./parts.js";
import { ANY, KIND, KIND_OF_PREFIX, LEVEL, NODE_TYPES, OUTCOME, said } from "./words.js";

// Shown with the sentence, or as the way to it, not as columns of their own.
const FOLDED = /(^|_)(report|title|start|end)$/;

export async function askView(main, name, params) {
  const all = await questions();
  const question = all.find((q) => q.name === name);
  const picker = el("select", { id: "question", onchange: (e) => { location.hash = link(`ask/${e.target.value}`); } },
    question ? null : el("option", { value: "" }, "选择一个问题 Choose a question"),
    all.map((q) => el("option", { value: q.name, selected: q === question }, `${q.title.zh} ${q.title.en}`)));
  const head = el("div.intro", {}, el("h1", {}, both("提问题", "Ask a question")),
    field("question", "问题", "Question", picker));
  if (!question) {
    main.replaceChildren(head, el("ul.catalogue", {}, all.map((q) => el("li", {},
      el("a", { href: link(`ask/${q.name}`) }, q.title.zh, el("span.en", { lang: "en" }, q.title.en)),
      el("p", {}, q.example ? both(q.example.zh, q.example.en) : both(q.purpose.zh, q.purpose.en))))));
    return;
  }
  document.title = `${question.title.zh} · 治理机制图谱`;
  const answer = el("section.answer", { "aria-live": "polite" });
  main.replaceChildren(head, questionForm(question, params), answer);
  const asked = question.parameters.filter((p) => p.required).every((p) => params.get(p.name));
  if (asked) await showAnswer(answer, question, params);
}

function questionForm(question, params) {
  const readers = [];
  const fields = question.parameters.map((p) => {
    const id = `p-${p.name}`;
    const value = params.get(p.name) ?? "";
    const { node, read } = input(p, id, value);
    readers.push([p.name, read]);
    return field(id, p.required ? `${p.about.zh} *` : p.about.zh, p.about.en, node);
  });
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(readers.map(([name, read]) => [name, read()]));
    location.hash = link(`ask/${question.name}`, values);
  };
  const example = Object.fromEntries(question.parameters.filter((p) => p.example !== null).map((p) => [p.name, p.example]));
  return el("form.ask", { onsubmit: submit },
    el("p.purpose", {}, both(question.purpose.zh, question.purpose.en)),
    el("div.fields", {}, fields),
    el("div.actions", {},
      el("button.primary", { type: "submit" }, "提问 ", el("span.en", { lang: "en" }, "Ask")),
      Object.keys(example).length
        ? el("a.example", { href: link(`ask/${question.name}`, example) }, both(`例：${question.example.zh}`, "Example"))
        : null));
}

function input(p, id, value) {
  if (NODE_TYPES.includes(p.type)) {
    const kind = p.type === "NODE" ? "" : p.type[0] + p.type.slice(1).toLowerCase();
    const box = combobox({ name: p.name, id, kind, value, required: p.required, placeholder: p.example ?? "" });
    return { node: box.node, read: box.value };
  }
  let node;
  if (p.choices.length) {
    node = el("select", { id, name: p.name }, p.required ? null : el("option", { value: "" }, ANY),
      p.choices.map((c) => el("option", { value: c, selected: c === value }, choice(c))));
  } else if (p.type === "BOOLEAN") {
    node = el("select", { id, name: p.name }, el("option", { value: "" }, ANY),
      el("option", { value: "true", selected: value === "true" }, "是 yes"),
      el("option", { value: "false", selected: value === "false" }, "否 no"));
  } else {
    const number = p.type === "INTEGER";
    node = el("input", {
      id, name: p.name, type: number ? "number" : "text", min: p.minimum, max: p.maximum, required: p.required,
      placeholder: p.default ?? p.example ?? "", maxlength: 500,
    });
    node.value = value;
  }
  return { node, read: () => node.value };
}

export async function showAnswer(answer, question, params) {
  waiting(answer);
  try {
    const body = await get(`questions/${question.name}`, Object.fromEntries(params));
    answer.replaceChildren(...answerParts(body));
  } catch (error) {
    const type = (id) => (KIND_OF_PREFIX[id.split(":")[0]] ?? "").toUpperCase();
    const named = question.parameters.find((p) => NODE_TYPES.includes(p.type) && p.required);
    problem(answer, error, (id) => {
      const p = question.parameters.find((x) => x.type === type(id) || x.type === "NODE");
      return link(`ask/${question.name}`, { ...Object.fromEntries(params), [p ? p.name : "id"]: id });
    }, named ? params.get(named.name) ?? "" : "");
  }
}

function answerParts(body) {
  if (!body.rows.length) {
    return [el("p.notice", {}, body.remark ?? both("没有结果。", "Nothing found."))];
  }
  const columns = body.columns.filter((c) => !FOLDED.test(c.name) && body.rows.some((r) => !isEmpty(r[c.name])));
  return [
    el("div.bar-title", {},
      el("h2", {}, both(`${body.rows.length} 行${body.truncated ? "（已截断）" : ""}`, body.truncated ? "rows, cut at the limit" : "rows")),
      el("span.downloads", {}, el("a", { href: body.excel.slice(1), download: true }, both("下载表格", "Spreadsheet")), " · ", el("a", { href: body.csv.slice(1), download: true }, "CSV"))),
    el("div.scroll", { tabindex: "0", role: "group", "aria-label": "结果表 Table" },
      el("table", {},
        el("thead", {}, el("tr", {}, columns.map((c) => el("th", { scope: "col", title: said([c.about.zh, c.about.en]) }, both(short(c), shortEnglish(c)))))),
        el("tbody", {}, body.rows.map((row) => el("tr", {}, columns.map((c) => el("td", { "data-label": `${short(c)} ${shortEnglish(c)}`, class: c.type === "INTEGER" || c.type === "FLOAT" ? "number" : null }, cell(row, c))))))))];
}

/** Head of a column: what stands before the explanation of its values. */
const short = (column) => column.about.zh.split(/[：，]/)[0];

/** What the column means where that is a word or two, else what it is called. */
const shortEnglish = ({ name, about }) => (about.en.length <= 22 && !/[;:,]/.test(about.en) ? about.en : name.replaceAll("_", " "));

/** A value that may be chosen, in words. */
function choice(value) {
  const words = KIND[value] ?? OUTCOME[value] ?? LEVEL[value];
  return words ? said(words) : value;
}

const isEmpty = (value) => value === null || value === "" || (Array.isArray(value) && !value.length);

function cell(row, column) {
  const value = row[column.name];
  if (isEmpty(value)) return el("span.none", { "aria-label": "无 none" }, "—");
  // Where a sentence stands: "evidence" has report, start and end, "plan" has plan_report …
  const prefix = column.name.endsWith("evidence") ? column.name.slice(0, -"evidence".length) : `${column.name}_`;
  if (row[`${prefix}report`] && !NODE_TYPES.includes(column.type)) {
    const about = row.mechanism ?? row.practice;
    return quote({
      evidence: value, report: row[`${prefix}report`], start: row[`${prefix}start`], end: row[`${prefix}end`],
      title: row[`${prefix}title`],
    }, about ?? "", about ? [nameOf(about)] : []);
  }
  if (column.name === "name" && row.report && row.start !== undefined && row.start !== null) {
    return el("a", { href: reportLink(row.report, row.start, row.end) }, value);
  }
  if (NODE_TYPES.includes(column.type)) return nodeLink(value);
  if (OUTCOME[value]) return badge(value);
  if (KIND[value]) return both(...KIND[value]);
  if (Array.isArray(value)) return value.join("、");
  if (typeof value === "boolean") return value ? both("是", "yes") : both("否", "no");
  return value;
}

/** A node by name; passages and places have no page of their own. */
export function nodeLink(id) {
  const kind = KIND_OF_PREFIX[String(id).split(":")[0]];
  if (kind === "Mechanism") return el("a", { href: link("", { m: id }) }, nameOf(id));
  if (kind === "Report") return el("a", { href: reportLink(id) }, nameOf(id));
  return kind && kind !== "Place" ? el("a", { href: link("node", { id }) }, nameOf(id)) : nameOf(id);
}
