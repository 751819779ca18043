/** Owns the defences against programs: limits, proofs of work, traps, likeness. Must not run anything. */
import type { Defence } from "../defence.ts";

const MINUTES = "proxy/ledger/limits.ts";
const MINUTES_TESTS = ["test/unit/proxy/limits.test.ts"];
const BEGIN = "proxy/ledger/begin.ts";
const COUNTER = "proxy/ledger/counter.ts";
const COUNTER_TESTS = ["test/unit/proxy/counter.test.ts"];
const STAMP = "proxy/lead/stamp.ts";
const STAMP_TESTS = ["test/unit/proxy/stamp.test.ts"];
const SUBMISSION = "proxy/ledger/submission.ts";
const ACCEPT = "proxy/accept.ts";
const SUSPECTS_TESTS = ["test/unit/proxy/suspects.test.ts"];
const WITHHELD_TESTS = ["test/unit/proxy/withheld.test.ts"];
const TURNSTILE = "proxy/lead/turnstile.ts";
const TURNSTILE_TESTS = ["test/unit/proxy/turnstile.test.ts"];

export const LIMITS: readonly Defence[] = [
  {
    name: "limit of an address",
    file: MINUTES,
    text: "own?.waitFor(limits.perAddressPerMinute, now, light) ?? 0;",
    becomes: "own ? 0 : 0;",
    tests: MINUTES_TESTS,
  },
  {
    name: "limit of a target",
    file: MINUTES,
    text: "target.waitFor(limits.perTargetPerMinute, now, light);",
    becomes: "target ? 0 : 0;",
    tests: MINUTES_TESTS,
  },
  {
    name: "smaller share without a proof of work",
    file: MINUTES,
    text: "const LIGHT_SHARE = 1 / 4;",
    becomes: "const LIGHT_SHARE = 1;",
    tests: MINUTES_TESTS,
  },
  {
    name: "who has no proof of work is light",
    file: SUBMISSION,
    text: 'stamp === "scored" && !stamped;',
    becomes: 'stamp === "scored" && stamped && !stamped;',
    tests: WITHHELD_TESTS,
  },
  {
    name: "who fills in the honeypot is light",
    file: SUBMISSION,
    text: "light: circumstances.trapped || isLight(target, stamped),",
    becomes: "light: isLight(target, stamped),",
    tests: WITHHELD_TESTS,
  },
  {
    name: "limit of a number",
    file: BEGIN,
    text: "countSent(s.phoneHashes) >= policy.limits.perPhonePerDay;",
    becomes: "countSent(s.phoneHashes) < 0;",
    tests: SUSPECTS_TESTS,
  },
  {
    name: "limit of a number, without a store",
    file: COUNTER,
    text: 'if (sent >= limits.perPhonePerDay) return { kind: "phone_limit" };',
    becomes: "",
    tests: COUNTER_TESTS,
  },
  {
    name: "a repeat under another id, over several shards",
    file: COUNTER,
    text: "const isRepeat = known.get(id)?.content === content;",
    becomes: "const isRepeat = [id, content].some((key) => known.get(key)?.content === content);",
    tests: COUNTER_TESTS,
  },
  {
    name: "limits of relays",
    file: ACCEPT,
    text: "const counted = await counters.relay(target, request);",
    becomes: 'const counted = { kind: "granted" } as Awaited<ReturnType<typeof counters.relay>>;',
    tests: WITHHELD_TESTS,
  },
  {
    name: "limits apart from the shards",
    file: ACCEPT,
    text: "if (counters.isApart(target)) {",
    becomes: "if (counters.isApart(target) && !target) {",
    tests: WITHHELD_TESTS,
  },
  {
    name: "no memory that grows without end",
    file: COUNTER,
    text: "if (oldest !== undefined) memory.delete(oldest);",
    becomes: "void oldest;",
    tests: COUNTER_TESTS,
  },
  {
    name: "a proof of work is required where it is asked for",
    file: SUBMISSION,
    text: '(stamp === "required" && !stamped);',
    becomes: '(stamp === "required" && stamped && !stamped);',
    tests: ["test/unit/proxy/accept.test.ts"],
  },
  {
    name: "a proof of work pays once, without a store",
    file: COUNTER,
    text: 'if (earlier?.done || records.isBurnt(id)) return { kind: "created" };',
    becomes: "if (earlier?.done) known.delete(id);",
    tests: COUNTER_TESTS,
  },
  {
    name: "age of a proof of work",
    file: STAMP,
    text: " || Math.abs(now - Number(time)) > MAX_AGE",
    becomes: "",
    tests: STAMP_TESTS,
  },
  {
    name: "difficulty of a proof of work",
    file: STAMP,
    text: '"SHA-256", text), STAMP_BITS)',
    becomes: '"SHA-256", text), STAMP_BITS - 1)',
    tests: STAMP_TESTS,
  },
  {
    name: "a proof of work is for one id",
    file: STAMP,
    text: "`${target}|${id}|${stamp}`",
    becomes: "`${target}|${stamp}`",
    tests: STAMP_TESTS,
  },
  {
    name: "a proof of work is for one target",
    file: STAMP,
    text: "`${target}|${id}|${stamp}`",
    becomes: "`${id}|${stamp}`",
    tests: STAMP_TESTS,
  },
  {
    name: "an id stands for one content",
    file: "proxy/ledger/repository.ts",
    text: 'if (!fps.includes(String(row["fp"]))) return { kind: "id_reused" };',
    becomes: "",
    tests: ["test/unit/proxy/ledger.test.ts"],
  },
  {
    name: "the honeypot",
    file: SUBMISSION,
    text: 'circumstances.trapped ? "honeypot" : undefined,',
    becomes: "undefined,",
    tests: WITHHELD_TESTS,
  },
  {
    name: "the honeypot, without a store",
    file: ACCEPT,
    text: 'if (circumstances.trapped) return { result: await onSuspect("honeypot") };',
    becomes: "",
    tests: WITHHELD_TESTS,
  },
  {
    name: "no campaign of what is kept apart",
    file: SUBMISSION,
    text: "suspicion ? { ...lead, attribution: {} } : lead;",
    becomes: "lead;",
    tests: WITHHELD_TESTS,
  },
  {
    name: "no lead is folded into a suspect one",
    file: BEGIN,
    text: "AND ${SENT}\n         ORDER BY",
    becomes: "\n         ORDER BY",
    tests: SUSPECTS_TESTS,
  },
  {
    name: "no suspect lead is folded",
    file: BEGIN,
    text: "s.suspicion ? undefined : row;",
    becomes: "row;",
    tests: SUSPECTS_TESTS,
  },
  {
    name: "a folded lead has its own receipt",
    file: BEGIN,
    text: "return answerKnown(twin, s.fps, s.id);",
    becomes: "return answerKnown(twin, s.fps);",
    tests: SUSPECTS_TESTS,
  },
  {
    name: "a suspect is answered as others are",
    file: BEGIN,
    text: 'likeness() ?? { answer: "created", ms: USUAL_CALL };',
    becomes: '{ answer: "created" as const, ms: USUAL_CALL };',
    tests: SUSPECTS_TESTS,
  },
  {
    name: "a suspect is answered after the time of others",
    file: ACCEPT,
    text: 'if ("after" in begun && begun.after) await pause(begun.after);',
    becomes: "",
    tests: WITHHELD_TESTS,
  },
  {
    name: "a suspect is answered as others are, without a store",
    file: ACCEPT,
    text: "counters.of(target).likeness.pick() ?? usual;",
    becomes: "usual as typeof usual & { answer: Answered };",
    tests: WITHHELD_TESTS,
  },
  {
    name: "a token is of our page",
    file: TURNSTILE,
    text: 'isOfForm && typeof hostname === "string" && isOurs(hostname)',
    becomes: "isOfForm",
    tests: TURNSTILE_TESTS,
  },
  {
    name: "a token is of our form",
    file: TURNSTILE,
    text: 'action === undefined || answer["action"] === action;',
    becomes: "true;",
    tests: TURNSTILE_TESTS,
  },
  {
    name: "a token that nobody can check passes nobody",
    file: TURNSTILE,
    text: 'answer.status === undefined ? "unknown"',
    becomes: 'answer.status === undefined ? "passed"',
    tests: TURNSTILE_TESTS,
  },
  {
    name: "an answer that is none passes nobody",
    file: TURNSTILE,
    text: 'if (!isRecord(answer)) return "unknown";',
    becomes: 'if (!isRecord(answer)) return "passed";',
    tests: TURNSTILE_TESTS,
  },
];
