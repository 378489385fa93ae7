// A text field that suggests names while one types (ARIA combobox with a listbox).
import { get } from "./api.js";
import { el } from "./dom.js";
import { counted, KIND, KIND_OF_PREFIX, said } from "./words.js";

const WAIT = 120; // milliseconds without a key before the API is asked
let serial = 0;

/**
 * @param {object} o
 * @param {string} o.name field name
 * @param {string} o.kind label of the nodes; empty for any
 * @param {string} o.value id or text to begin with
 * @param {function(string): void} [o.onpick] called when a suggestion is taken
 * @returns {{node: HTMLElement, input: HTMLInputElement, value: function(): string}}
 */
export function combobox({ name, kind = "", value = "", placeholder = "", required, id, onpick }) {
  const listId = `list-${++serial}`;
  let chosen = value;
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const text = value.includes(":") ? value.slice(value.indexOf(":") + 1) : value;
  const input = el("input", {
    id, name, placeholder, required,
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 500,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId,
  });
  input.value = text;
  const list = el("ul.suggestions", { id: listId, role: "listbox", hidden: true });
  const node = el("div.combobox", {}, input, list);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function pick(option) {
    chosen = option.id;
    input.value = option.name.includes(":") ? option.id : option.name;
    if (option.id.startsWith("place:")) input.value = option.id.slice("place:".length);
    close();
    onpick?.(option.id);
  }

  function show() {
    list.replaceChildren(
      ...options.map((option, i) => {
        const kindOf = KIND[KIND_OF_PREFIX[option.id.split(":")[0]]];
        const name = option.id.startsWith("place:") ? option.id.slice(6) : option.name;
        return el(
          "li",
          {
            id: `${listId}-${i}`, role: "option", "aria-selected": "false",
            // Before the field loses its focus and the list closes.
            onmousedown: (event) => { event.preventDefault(); pick(option); },
          },
          el("span.term", {}, name),
          option.also ? el("span.also", {}, option.also) : null,
          kind ? null : el("span.also", {}, kindOf ? said(kindOf) : ""),
          option.count ? el("span.count", { title: counted(option.id) }, option.count) : null,
        );
      }),
    );
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
  }

  function move(step) {
    if (list.hidden) return ask();
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    const row = list.children[active];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const body = await get("suggest", { text: input.value.trim(), kind, limit: 8 }, asking.signal);
      if (document.activeElement !== input) return;
      options = body.results;
      active = -1;
      show();
    } catch {
      close(); // without suggestions one can still type the whole name
    }
  }

  input.addEventListener("input", () => {
    chosen = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => { if (!input.value) ask(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Chinese input method is at work
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape") close();
  });
  return { node, input, value: () => (chosen || input.value.trim()) };
}
