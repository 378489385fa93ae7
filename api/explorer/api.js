// The HTTP API of this very host; paths are relative, so a prefix in front may stand.

/** A refusal or failure, with what the API says about it. */
export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title);
    this.title = body.title;
    this.code = body.code;
    this.detail = body.detail || "";
    this.candidates = body.candidates || [];
  }
}

/** Get JSON; query values that are empty are left out. */
export async function get(path, params = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(key, value);
  }
  const text = query.toString();
  const url = path.replace(/^\//, "") + (text ? `?${text}` : "");
  let answer;
  try {
    answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "连不上服务 The server cannot be reached" });
  }
  const body = await answer.json().catch(() => ({ title: `HTTP ${answer.status}` }));
  if (!answer.ok) throw new Problem(body);
  return body;
}

let known = null;

/** Every question with its parameters; asked for once. */
export function questions() {
  known ??= get("questions").then((body) => body.results);
  return known;
}

const spans = new Map();

/** Where a report mentions a node; asked for once. */
export function mentions(report, target = "") {
  const key = `${report}\n${target}`;
  if (!spans.has(key)) {
    spans.set(
      key,
      get(`reports/${encodeURIComponent(report)}/mentions`, { target }).then((b) => b.results),
    );
  }
  return spans.get(key);
}
