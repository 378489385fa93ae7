// One unit, regulation or initiative: what is known of it, and what to ask about it.
import { get, questions } from "./api.js";
import { both, el, link, nameOf } from "./dom.js";
import { showAnswer } from "./ask.js";
import { neighbourhood } from "./graph.js";
import { problem, questionLinks, waiting } from "./parts.js";
import { FIRST_QUESTION, FORCE, KIND, KIND_OF_PREFIX, NOUN } from "./words.js";

const FACTS = [
  ["name_en", "英文名", "English"], ["level", "层级", "level"], ["line", "条线", "line"], ["place", "地区", "place"],
  ["kind", "类别", "kind"], ["issuer", "发布", "issued by"], ["issued", "年份", "year of issue"],
  ["status", "效力", "status"], ["ended", "失效", "ended"], ["field", "领域", "field"],
  ["definition", "定义", "definition"], ["aliases", "又称", "also"], ["years", "有报告的年份", "years reported"],
  ["succeeded_in", "改革年份", "year of reform"],
];
/** Properties that hold ids of other nodes. */
const OTHERS = [
  ["replaced_by", "替代文件", "replaced by"], ["succeeded_by", "改革后机构", "succeeded by"],
  ["succeeded", "改革前机构", "succeeded"],
];

export async function nodeView(main, id) {
  const kind = KIND_OF_PREFIX[id.split(":")[0]];
  if (kind === "Mechanism") { location.replace(link("", { m: id })); return; }
  if (kind === "Report") { location.replace(link("report", { id })); return; }
  waiting(main);
  try {
    const node = await get(`${NOUN[kind] ?? "units"}/${encodeURIComponent(id)}`);
    document.title = `${node.name} · 治理机制图谱`;
    const around = el("div", {});
    const answer = el("section.answer", { "aria-live": "polite" });
    const facts = FACTS.filter(([key]) => node[key] !== undefined && node[key] !== null && String(node[key]) !== "")
      .map(([key, zh, en]) => el("div", {}, el("dt", {}, both(zh, en)), el("dd", {}, shown(node[key]))));
    for (const [key, zh, en] of OTHERS) {
      const ids = [node[key] ?? []].flat();
      if (!ids.length) continue;
      facts.push(el("div", {}, el("dt", {}, both(zh, en)), el("dd", {},
        ids.flatMap((other, i) => [i ? "、" : null, el("a", { href: link("node", { id: other }) }, nameOf(other))]))));
    }
    const [name, parameter] = FIRST_QUESTION[kind];
    const question = (await questions()).find((q) => q.name === name);
    main.replaceChildren(
      el("div.card", {}, el("p.kind", {}, both(...KIND[kind])), el("h1.name", {}, node.name), el("dl.facts", {}, facts)),
      around,
      el("h2", {}, both(question.title.zh, question.title.en)), answer,
      await questionLinks(kind.toUpperCase(), id, [name]));
    await Promise.all([
      showAnswer(answer, question, new URLSearchParams({ [parameter]: id })),
      neighbourhood(node.id, around.clientWidth).then((drawn) => around.replaceChildren(drawn)),
    ]);
  } catch (error) {
    problem(main, error);
  }
}

function shown(value) {
  if (Array.isArray(value)) return value.join("、");
  return FORCE[value] ? both(...FORCE[value]) : value;
}
