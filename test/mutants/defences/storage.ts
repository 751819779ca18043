/** Owns the defences of what is stored. Must not run anything. */
import type { Defence } from "../defence.ts";

const SEAL = "proxy/ledger/seal.ts";
const SEAL_TESTS = ["test/unit/proxy/seal.test.ts"];
const LEDGER_TESTS = ["test/unit/proxy/ledger.test.ts"];
const CLOCK_TESTS = ["test/unit/proxy/clock.test.ts"];
const SETTLE = "proxy/ledger/settle.ts";
const EVENT_TESTS = ["test/unit/proxy/events.test.ts"];
const MODE_TESTS = ["test/proxy/store-down.test.ts"];

export const STORAGE: readonly Defence[] = [
  {
    name: "a box is bound to its id",
    file: SEAL,
    text: '"lead" ? `${id}|${target}` :',
    becomes: '"lead" ? `|${target}` :',
    tests: SEAL_TESTS,
  },
  {
    name: "a box is bound to its target",
    file: SEAL,
    text: '"lead" ? `${id}|${target}` :',
    becomes: '"lead" ? `${id}|` :',
    tests: SEAL_TESTS,
  },
  {
    name: "a box is bound to its column",
    file: SEAL,
    text: "`${id}|${target}|${part}`",
    becomes: "`${id}|${target}`",
    tests: SEAL_TESTS,
  },
  {
    name: "another key hashes than seals",
    file: SEAL,
    text: "utf8(`lead-form ${purpose}`)",
    becomes: 'utf8("lead-form seal")',
    tests: SEAL_TESTS,
  },
  {
    name: "hashes have a key",
    file: SEAL,
    text: 'crypto.subtle.sign("HMAC", key, utf8(`${purpose}|${text}`))',
    becomes: 'crypto.subtle.digest("SHA-256", utf8(`${purpose}|${text}`))',
    tests: SEAL_TESTS,
  },
  {
    name: "a box that was changed is not sent",
    file: "proxy/ledger/dispatcher.ts",
    text: "const text = await open(keyring, lease.id, target.key, lease);",
    becomes: 'const text = (await open(keyring, lease.id, target.key, lease)) ?? "{}";',
    tests: ["test/unit/proxy/dispatcher.test.ts"],
  },
  {
    name: "no content of a delivered lead",
    file: SETTLE,
    text: "box: null, ",
    becomes: "",
    tests: LEDGER_TESTS,
  },
  {
    name: "no digits of a delivered lead's number",
    file: SETTLE,
    text: "phone_tail: null, ",
    becomes: "",
    tests: LEDGER_TESTS,
  },
  {
    name: "a number is masked",
    file: "proxy/ledger/submission.ts",
    text: "`${phone.slice(0, 3)}…${phone.slice(-2)}`",
    becomes: "phone",
    tests: ["test/unit/proxy/withheld.test.ts"],
  },
  {
    name: "no query of a page is kept",
    file: "proxy/lead/kept.ts",
    text: 'withoutQuery(attribution["page"] ?? "")',
    becomes: 'attribution["page"] ?? ""',
    tests: ["test/unit/proxy/kept.test.ts"],
  },
  {
    name: "the end of a wait",
    file: "proxy/ledger/retention.ts",
    text: "now - KEEP_WAITING,",
    becomes: "now - 2 * KEEP_WAITING,",
    tests: LEDGER_TESTS,
  },
  {
    name: "the end of a tombstone",
    file: "proxy/ledger/retention.ts",
    text: "now - KEEP_TOMBSTONE,",
    becomes: "now - 2 * KEEP_TOMBSTONE,",
    tests: LEDGER_TESTS,
  },
  {
    name: "the end of a test lead",
    file: "proxy/ledger/retention.ts",
    text: "now - KEEP_TEST + 1,",
    becomes: "0,",
    tests: ["test/unit/proxy/test-leads.test.ts"],
  },
  {
    name: "a clock is believed after two readings",
    file: "proxy/ledger/clock.ts",
    text: "return isHourLater(doubted, reading) ? { believed: reading } : { believed, doubted };",
    becomes: "return { believed: reading };",
    tests: CLOCK_TESTS,
  },
  {
    name: "a clock that jumps ends nothing",
    file: "proxy/ledger/ledger.ts",
    text: "if (clock.isBelieved()) {",
    becomes: "if (clock) {",
    tests: CLOCK_TESTS,
  },
  {
    name: "a clock that jumps ends nothing of a lost target",
    file: "proxy/ledger/retention.ts",
    text: "if (clock.isBelieved()) {",
    becomes: "if (clock) {",
    tests: ["test/unit/proxy/orphaned-stores.test.ts", ...CLOCK_TESTS],
  },
  {
    name: "what is deleted is overwritten",
    file: "proxy/ledger/node/sqlite-store.ts",
    text: " PRAGMA secure_delete = ON;",
    becomes: "",
    tests: ["test/unit/proxy/sqlite-store.test.ts"],
  },
  {
    name: "each commit is on disk",
    file: "proxy/ledger/node/sqlite-store.ts",
    text: " PRAGMA synchronous = FULL;",
    becomes: " PRAGMA synchronous = OFF;",
    tests: ["test/unit/proxy/sqlite-store.test.ts"],
  },
  {
    name: "one process for each file",
    file: "proxy/ledger/node/sqlite-store.ts",
    text: "PRAGMA locking_mode = EXCLUSIVE; ",
    becomes: "",
    tests: ["test/unit/proxy/sqlite-store.test.ts"],
  },
  {
    name: "files of the server's own user",
    file: "proxy/node.ts",
    text: "process.umask(0o077);",
    becomes: "process.umask(0o022);",
    tests: MODE_TESTS,
  },
  {
    name: "an old store of the server's own user",
    file: "proxy/ledger/node/folder.ts",
    text: "chmodSync(join(folder, name), 0o600)",
    becomes: "chmodSync(join(folder, name), 0o644)",
    tests: MODE_TESTS,
  },
  {
    name: "an old folder of the server's own user",
    file: "proxy/ledger/node/folder.ts",
    text: "chmodSync(folder, 0o700)",
    becomes: "chmodSync(folder, 0o755)",
    tests: MODE_TESTS,
  },
  {
    name: "no content for who may not know it",
    file: "proxy/ledger/event-sender.ts",
    text: "receiver.sealed ? await read(event) : undefined;",
    becomes: "await read(event);",
    tests: EVENT_TESTS,
  },
  {
    name: "no copy of a box for who may not know it",
    file: "proxy/ledger/events.ts",
    text: '(sealed && lead["box"]) || null,',
    becomes: '(sealed !== undefined && lead["box"]) || null,',
    tests: EVENT_TESTS,
  },
  {
    name: "no word of a visitor in a chat",
    file: "proxy/ledger/event-sender.ts",
    text: "lead?.project !== undefined && projects.includes(lead.project) ? lead.project : key;",
    becomes: "lead?.project ?? projects[0] ?? key;",
    tests: EVENT_TESTS,
  },
  {
    name: "no event tells of an erased lead",
    file: "proxy/ledger/events.ts",
    text: '"UPDATE event SET key_id = NULL, box = NULL WHERE lead = ?"',
    becomes: '"UPDATE event SET attempts = attempts WHERE lead = ?"',
    tests: EVENT_TESTS,
  },
];
