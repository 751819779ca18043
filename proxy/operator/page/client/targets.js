/**
 * Owns the view of a target: its stuck leads, their reasons, the buttons. Must not call the API.
 */
import { age, amount, clock, h, isReplayable, reasonWords } from "./dom.js";

const BADGES = {
  working: "Working",
  struggling: "Struggling",
  blocked: "Blocked",
  recovering: "Catching up",
  paused: "Paused",
  relay: "Nothing is stored",
  faulty: "Settings are wrong",
  unreachable: "Cannot be looked into",
};

/** One line for all targets together. */
export const headline = (targets) => {
  const among = targets.filter(({ stuck = [] }) => stuck.length > 0);
  const all = among.flatMap(({ stuck }) => stuck).reduce((sum, { leads }) => sum + leads, 0);
  if (all > 0) return `${amount(all)} ${they(all).wait} in ${amount(among.length, "target")}.`;
  return targets.some(({ state }) => state === "faulty" || state === "unreachable")
    ? "Nothing is stuck where it can be seen."
    : "Nothing is stuck.";
};

export const keyOf = (target, { state, reason }) => `${target.target} ${state} ${reason ?? ""}`;

const they = (n) =>
  n === 1
    ? { they: "it", are: "is", go: "goes", wait: "waits", themselves: "itself", them: "it" }
    : { they: "they", are: "are", go: "go", wait: "wait", themselves: "themselves", them: "them" };

/** The future of these leads without a move of a person. */
const prospect = (target, group, once) => {
  const w = they(group.leads);
  if (group.state === "quarantined")
    return `${w.they} ${w.are} not sent until you release ${w.them}`;
  if (group.state === "dead") return `${w.they} ${w.are} not tried again by ${w.themselves}`;
  if (target.paused) return `${w.they} ${w.go} out once you resume deliveries`;
  if (!group.automatic) return `${w.they} ${w.wait} for your decision`;
  return group.state === "queued" && target.state !== "blocked"
    ? `${w.they} ${w.are} tried again by ${w.themselves}`
    : `${w.they} ${w.go} out by ${w.themselves} once ${once}`;
};

/** Why these leads wait; the breaker knows the key, where it is open for the same reason. */
const wordsOf = ({ breaker, vendor }, { reason }) =>
  reasonWords(reason, vendor, reason === breaker.reason ? breaker.key : null);

const sentence = (target, group) => {
  const { breaker } = target;
  const { what } = wordsOf(target, group);
  // While the breaker is open, a queued lead waits for the breaker, not for its own retry.
  const { once } = reasonWords(breaker.reason ?? group.reason, target.vendor);
  const since =
    breaker.since && breaker.reason === group.reason
      ? ` since ${clock(breaker.since)}`
      : group.automatic
        ? ` since ${clock(group.oldest)}`
        : ` (${group.leads === 1 ? "at" : "first at"} ${clock(group.oldest)})`;
  return h(
    "p",
    { class: "what" },
    h("strong", {}, `${what}${since}.`),
    ` ${amount(group.leads)} ${they(group.leads).wait}; ${prospect(target, group, once)}.`,
  );
};

const tries = ({ attempts, next_at, state }) => {
  const made = attempts === 0 ? "not tried yet" : amount(attempts, "try", "tries");
  return next_at && state === "queued" ? `${made}, next at ${clock(next_at)}` : made;
};

const row = (lead, { look, replay, release }) => {
  const which = `the lead of ${lead.phone ?? "an unknown number"}, received ${clock(lead.created_at)}`;
  const action = (name, label, run) =>
    h(
      "button",
      {
        type: "button",
        class: "small",
        "data-needs": name === "look" ? "read" : "replay",
        "data-key": `${name} ${lead.id}`,
        "aria-label": `${label}: ${which}`,
        onclick: () => run(lead),
      },
      label,
    );
  return h(
    "li",
    {},
    h("span", { class: "phone", dir: "ltr" }, lead.phone ?? "—"),
    h("span", { class: "muted" }, `${clock(lead.created_at)} · ${tries(lead)}`),
    lead.in_doubt ? h("span", { class: "tag" }, "may have arrived") : "",
    h(
      "span",
      { class: "actions" },
      action("look", "Look", look),
      lead.state === "quarantined"
        ? action("release", "Release", release)
        : action("replay", "Try again", replay),
    ),
  );
};

const leadList = (target, group, shown, on) => {
  const key = keyOf(target, group);
  return h(
    "div",
    { class: "list", id: `list ${key}`.replaceAll(" ", "-") },
    h(
      "ul",
      { "aria-label": "Leads" },
      shown.leads.map((lead) => row(lead, on)),
    ),
    shown.cursor
      ? h(
          "button",
          {
            type: "button",
            class: "small",
            "data-key": `more ${key}`,
            onclick: () => on.more(target, group),
          },
          "Show more",
        )
      : "",
  );
};

const groupView = (target, group, shown, on) => {
  const { todo } = wordsOf(target, group);
  const key = keyOf(target, group);
  // A lead that may arrive twice, or needs a correction, should be read before another try.
  const lead = group.state === "held" && group.automatic ? "again" : "show";
  const again = isReplayable(group.state) && group.reason !== "tampered" && !target.paused;
  return h(
    "article",
    { class: `group ${group.automatic ? "automatic" : "manual"}` },
    sentence(target, group),
    todo ? h("p", { class: "todo" }, h("b", {}, "What to do: "), todo) : "",
    h(
      "div",
      { class: "actions" },
      again
        ? h(
            "button",
            {
              type: "button",
              class: lead === "again" && "primary",
              "data-needs": "replay",
              "data-key": `all ${key}`,
              onclick: () => on.replayAll(target, group),
            },
            group.leads === 1 ? "Try again now" : `Try all ${amount(group.leads)} again now`,
          )
        : "",
      h(
        "button",
        {
          type: "button",
          "data-needs": "read",
          class: lead === "show" && !group.automatic && !shown && "primary",
          "data-key": `toggle ${key}`,
          "aria-expanded": String(Boolean(shown)),
          onclick: () => on.toggle(target, group),
        },
        shown ? "Hide the leads" : group.leads === 1 ? "Show the lead" : "Show the leads",
      ),
    ),
    shown ? leadList(target, group, shown, on) : "",
  );
};

/** @param {any} target of the API; without a store it has neither counts nor breaker */
const facts = ({ counts = {}, oldest_age, state, breaker }) => {
  const known = [
    counts.delivered ? `${amount(counts.delivered)} delivered in 30 days` : "",
    counts.sending ? `${counts.sending} on the way now` : "",
    oldest_age ? `the oldest waits for ${age(oldest_age)}` : "",
    state === "blocked" && breaker.next_probe_at
      ? `next automatic try at ${clock(breaker.next_probe_at)}`
      : "",
  ];
  const text = known.filter(Boolean).join(" · ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** First the reason that stops all leads, then those that need a person, then those that end by themselves. */
const rank = ({ breaker }, { reason, automatic }) =>
  reason && reason === breaker.reason ? 0 : automatic ? 2 : 1;

/** By which other target leads of a project go. */
const routeWords = ({ routes = {} }) =>
  Object.entries(routes)
    .map(([project, key]) => `Leads of ${project} go by ${key}.`)
    .join(" ");

const CALM = {
  relay: "Leads of this target go straight to the vendor; there is nothing to look after.",
  faulty: "No lead can be taken for this target until its settings are corrected:",
  unreachable: "Its storage does not answer. Leads that it holds are safe; look again in a moment.",
};

/** Its own faults, and those of secrets that several targets may share. */
const faultList = ({ faults = [] }) =>
  h(
    "ul",
    { class: "faults" },
    faults.map(({ setting, problem }) => h("li", {}, h("code", {}, setting), ` ${problem}`)),
  );

/** @param open the leads that are shown, by the key of their group */
export const targetView = (target, open, on) => {
  const { stuck = [], paused, state } = target;
  const id = `target-${target.target}`;
  const calm = CALM[state] ?? "Nothing is stuck.";
  const more = facts(target);
  const ways = routeWords(target);
  return h(
    "section",
    { class: "card target", "aria-labelledby": id },
    h(
      "div",
      { class: "head" },
      h("h2", { id, tabindex: "-1" }, target.target),
      h("span", { class: `badge ${state}` }, BADGES[state] ?? state),
      "paused" in target
        ? h(
            "button",
            {
              type: "button",
              class: "small",
              "data-needs": "replay",
              "data-key": `pause ${target.target}`,
              "aria-label": `${paused ? "Resume" : "Pause"} deliveries to ${target.target}`,
              onclick: () => on.pause(target),
            },
            paused ? "Resume" : "Pause",
          )
        : "",
    ),
    more ? h("p", { class: "facts muted" }, more) : "",
    ways ? h("p", { class: "facts muted" }, ways) : "",
    stuck.length > 0
      ? stuck
          .toSorted((a, b) => rank(target, a) - rank(target, b))
          .map((group) => groupView(target, group, open.get(keyOf(target, group)), on))
      : h("p", { class: `calm ${state}` }, calm),
    state === "faulty" || state === "unreachable" ? faultList(target) : "",
    on.figures(target.target),
  );
};
