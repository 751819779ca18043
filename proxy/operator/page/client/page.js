/**
 * Owns the page's state: signing in, refreshing, the call behind each button. Must not refresh
 * under an open dialog.
 */
import { ask, download, explain, setToken } from "./api.js";
import { confirmed, erasedWords, eraseQuestion, openLead, unsearchedWords } from "./dialogs.js";
import { amount, byId, clock, h, replaceKeepingFocus, say, setError } from "./dom.js";
import { drawFigures, figuresState, readFigures } from "./figures.js";
import { headline, keyOf, targetView } from "./targets.js";
import { testsView } from "./tests.js";

/** Milliseconds between two refreshes, while the page is visible. */
const REFRESH_EVERY = 10_000;
/** Milliseconds after a move: by then most vendors have answered. */
const REFRESH_AFTER_MOVE = 1_500;
const PAGE_SIZE = 20;
/** The most that the API gives at once. */
const MAX_PAGE_SIZE = 200;

let targets = [];
let tests = [];
/** The leads that are shown, by the key of their group. */
const open = new Map();
let drawn = "";
let timer;

const vendorOf = (key) => targets.find(({ target }) => target === key)?.vendor ?? "The vendor";

const query = (target, { state, reason }, limit, cursor) => {
  const values = { target: target.target, state, limit: String(limit) };
  if (reason) values.reason = reason;
  if (cursor) values.cursor = cursor;
  return `/leads?${new URLSearchParams(values)}`;
};

const draw = () => {
  const state = JSON.stringify([targets, tests, [...open], figuresState()]);
  if (state === drawn) return;
  drawn = state;
  replaceKeepingFocus(
    byId("targets"),
    targets.map((target) => targetView(target, open, actions)),
  );
  replaceKeepingFocus(byId("tests"), testsView(tests, vendorOf, actions.removeTest));
};

/** Reads a group again, with as many leads as are shown. */
const reload = async (target, group) => {
  const shown = open.get(keyOf(target, group));
  const limit = Math.min(Math.max(shown?.leads.length ?? 0, PAGE_SIZE), MAX_PAGE_SIZE);
  const { ok, body } = await ask("GET", query(target, group, limit));
  if (ok) open.set(keyOf(target, group), body);
};

const refresh = async () => {
  clearTimeout(timer);
  const answer = await ask("GET", "/targets");
  if (answer.ok) {
    ({ targets } = answer.body);
    // What this token may not do is not shown: the proxy refuses it anyway.
    document.body.dataset.can = answer.body.operator.can.join(" ");
    const groups = targets.flatMap((target) =>
      (target.stuck ?? []).map((group) => ({ target, group, key: keyOf(target, group) })),
    );
    for (const key of open.keys()) if (!groups.some((known) => known.key === key)) open.delete(key);
    await Promise.all(
      groups.filter(({ key }) => open.has(key)).map(({ target, group }) => reload(target, group)),
    );
    tests = (await ask("GET", `/leads?test=1&limit=${MAX_PAGE_SIZE}`)).body.leads ?? [];
    await readFigures(targets);
    draw();
    byId("headline").textContent = headline(targets);
    byId("updated").textContent = `As of ${clock(new Date().toISOString())}`;
  } else if (!byId("overview").hidden) say(explain(answer));
  timer = setTimeout(refreshAgain, REFRESH_EVERY);
  return answer;
};

/** Not while the page is hidden, or under an open dialog: its button has to be there afterwards. */
const refreshAgain = () => {
  if (document.querySelector("dialog[open]")) timer = setTimeout(refreshAgain, REFRESH_EVERY);
  else if (!document.hidden) void refresh();
};

const after = async (text) => {
  say(text);
  await refresh();
  clearTimeout(timer);
  timer = setTimeout(refreshAgain, REFRESH_AFTER_MOVE);
};

const move = async (path, text) => {
  const answer = await ask("POST", path);
  await after(answer.ok ? text : explain(answer));
};

const actions = {
  figures: (key) => drawFigures(key, draw),
  look: (lead) => openLead(lead.id, vendorOf, after),
  replay: ({ id }) => move(`/leads/${id}/replay`, "The lead gets another try now."),
  release: ({ id }) => move(`/leads/${id}/release`, "Released. The lead is on its way."),
  removeTest: async ({ id }) => {
    const answer = await ask("DELETE", `/leads/${id}`);
    await after(answer.ok ? "The test lead is removed." : explain(answer));
    // The last one takes its list with it.
    if (document.activeElement === document.body) byId("headline").focus();
  },
  pause: ({ target, paused }) =>
    move(
      `/targets/${encodeURIComponent(target)}/${paused ? "resume" : "pause"}`,
      paused
        ? `Deliveries to ${target} go on.`
        : `Deliveries to ${target} are paused. New leads are kept safe.`,
    ),
  replayAll: async ({ target }, { state, reason }) => {
    const answer = await ask("POST", "/leads/replay", {
      target,
      state,
      ...(reason && { reason }),
    });
    const { replayed = 0 } = answer.body;
    const get = replayed === 1 ? "gets" : "get";
    await after(answer.ok ? `${amount(replayed)} ${get} another try now.` : explain(answer));
  },
  toggle: async (target, group) => {
    if (!open.delete(keyOf(target, group))) await reload(target, group);
    draw();
  },
  more: async (target, group) => {
    const shown = open.get(keyOf(target, group));
    const { ok, body } = await ask("GET", query(target, group, PAGE_SIZE, shown.cursor));
    if (!ok) return;
    open.set(keyOf(target, group), { ...body, leads: [...shown.leads, ...body.leads] });
    draw();
  },
};

/** Settings change with a restart only, so once is enough. */
const offerExports = () => {
  const readable = targets.filter(({ state }) => state !== "relay" && state !== "faulty");
  byId("export-target").append(...readable.map(({ target }) => h("option", {}, target)));
  byId("export-scope").hidden = targets.length < 2;
};

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = byId("token");
  setToken(input.value.trim());
  const answer = await refresh();
  if (answer.ok) {
    byId("sign-in").remove();
    byId("overview").hidden = false;
    offerExports();
    byId("headline").focus();
    return;
  }
  clearTimeout(timer);
  const wrong =
    "This is not the token. It is what OPERATOR_TOKEN holds, or one of OPERATOR_TOKENS.";
  setError(input, byId("token-error"), answer.status === 401 ? wrong : explain(answer));
  input.focus();
});

byId("erase").addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = byId("erase-phone");
  const phone = input.value.trim();
  setError(input, byId("erase-error"), "");
  byId("erase-left").hidden = true;
  if (!(await confirmed(eraseQuestion(phone)))) return;
  const answer = await ask("DELETE", `/leads?phone=${encodeURIComponent(phone)}`);
  if (answer.status === 422) {
    setError(input, byId("erase-error"), "This is not a phone number.");
    return input.focus();
  }
  if (!answer.ok) return after(explain(answer));
  const left = unsearchedWords(answer.body);
  byId("erase-left").textContent = left;
  byId("erase-left").hidden = !left;
  // It is needed once more where something is left to be done.
  if (!left) input.value = "";
  await after(`${erasedWords(answer.body)} ${left}`);
});

for (const button of document.querySelectorAll("[data-export]"))
  button.addEventListener("click", async () => {
    const format = button.getAttribute("data-export") ?? "";
    const target = byId("export-target").value;
    const state = byId("export-state").value;
    say(await download(`/export?${new URLSearchParams({ format, target, state })}`));
  });

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !byId("overview").hidden) void refresh();
});
