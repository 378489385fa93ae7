// The explorer: one page, its views told apart by what follows "#/" in the address.
import { askView } from "./ask.js";
import { mechanismView } from "./mechanism.js";
import { nodeView } from "./node.js";
import { problem } from "./parts.js";
import { reportView } from "./report.js";
import { searchView } from "./search.js";

const main = document.getElementById("main");
const TITLE = document.title;

async function route() {
  const hash = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  const [path, query = ""] = hash.split("?");
  const [view, ...rest] = path.split("/");
  const params = new URLSearchParams(query);
  document.title = TITLE;
  for (const a of document.querySelectorAll("nav [data-view]")) {
    const here = a.dataset.view === (view || "mechanism");
    if (here) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
  try {
    if (view === "ask") await askView(main, rest.join("/"), params);
    else if (view === "search") await searchView(main, params);
    else if (view === "report") await reportView(main, params);
    else if (view === "node") await nodeView(main, params.get("id") ?? "");
    else await mechanismView(main, params);
  } catch (error) {
    problem(main, error);
  }
}

window.addEventListener("hashchange", () => { if (location.hash !== "#main") { window.scrollTo(0, 0); route(); } });
route();
