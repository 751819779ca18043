/** Holds the tables and examples of the documentation against the code that they restate. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { WORDS } from "../../../proxy/alerts.ts";
import { OWN_FIELD_KEYS } from "../../../proxy/config/own-fields.ts";
import { RIGHTS } from "../../../proxy/config/operators.ts";
import { TARGET_KEYS } from "../../../proxy/config/target.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Line } from "../../../proxy/log.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import { createOperator } from "../../../proxy/operator/routes.ts";
import { STATUSES } from "../../../proxy/http/reply.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { isScript } from "../../../widget/scripts/sizes.ts";
import sizes from "../../sizes.json" with { type: "json" };
import { phones } from "../../read-phone.ts";

const readme = readFileSync("README.md", "utf8");
const operating = readFileSync("proxy/README.md", "utf8");
const contributing = readFileSync("CONTRIBUTING.md", "utf8");

/** The rows of the table that follows a comment, cell by cell. */
const tableAfter = (page: string, comment: string): string[][] => {
  const start = page.indexOf(`<!-- table: ${comment}`);
  assert.ok(start >= 0, comment);
  const [, , , ...rows] = page.slice(start).split("\n\n")[0]!.split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
};

/** The first block of a language that holds a text. */
const block = (page: string, language: string, text: string): string => {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  const found = [...blocks].map(([, code = ""]) => code).find((code) => code.includes(text));
  assert.ok(found, `${language}: ${text}`);
  return found;
};

const SECRETS = {
  SAKNEEN_API_KEY: "k",
  BRAINYSOFT_TOKEN: "t",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
};

test("the README explains every key of a target and no other", () => {
  const listed = tableAfter(readme, "target keys").map(([key]) => key);
  assert.deepEqual(new Set(listed), new Set(TARGET_KEYS));
});

test("the README explains every key of an own field and no other", () => {
  const listed = tableAfter(readme, "own field keys").flatMap(([keys = ""]) => keys.split(", "));
  assert.deepEqual(new Set(listed), new Set(OWN_FIELD_KEYS));
});

test("the README lists every problem with its status", () => {
  const listed = tableAfter(readme, "statuses").map(([status, code]) => `${status} ${code}`);
  const coded = Object.entries(STATUSES).map(([code, status]) => `${status} ${code}`);
  assert.deepEqual(new Set(listed), new Set([...coded, "201 created", "202 accepted"]));
});

test("the widget's README says of each file at most how large it is, and when it is loaded", () => {
  const widget = readFileSync("widget/README.md", "utf8");
  for (const [file, { limit, when }] of Object.entries(sizes).filter(([name]) => isScript(name)))
    assert.ok(
      widget.includes(`| \`${file}\` | at most ${limit.toLocaleString("en")} | ${when} |`),
      file,
    );
});

test("the README's first screen is the snippet", () => {
  assert.ok(readme.split("\n").findIndex((line) => line.includes("<lead-form target")) < 15);
});

/** A form in markup: the element, an alias, the shortcode; not its mere name in a sentence. */
const FORMS =
  /<lead-form\s[^>]*target[^>]*>?|<(?:div|a) data-lead-form\s[^>]*>|\[lead_form[^\]]*\]/g;

const SHOWING_FORMS = [
  "README.md",
  "widget/README.md",
  "widget/wordpress/README.md",
  "widget/wordpress/readme.txt",
];

for (const page of SHOWING_FORMS)
  test(`every form that ${page} shows names its country`, () => {
    const forms =
      readFileSync(page, "utf8")
        .replaceAll(/<!--.*?-->/gs, "")
        .match(FORMS) ?? [];
    assert.deepEqual(
      forms.filter((form) => !/country=/.test(form)),
      [],
    );
  });

test("the targets that the README shows would work", () => {
  const TARGETS = block(readme, "jsonc", '"baseUrl"');
  assert.deepEqual(readConfig({ TARGETS, ...SECRETS }).faults, []);
});

describe("the page for operators", () => {
  test("shows an environment in which only the secrets have to be filled in", () => {
    const lines = block(operating, "sh", "# lead-form.env").trim().split("\n").slice(1);
    const shown = lines.map((line): [string, string] => {
      const [name = "", ...value] = line.split("=");
      return [name, value.join("=")];
    });
    const settings = Object.fromEntries(shown.filter(([, value]) => !value.includes("<")));
    const ALERT_WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
    const { faults } = readConfig({ ...SECRETS, ALERT_WEBHOOK_SECRET, ...settings });
    assert.deepEqual(faults, []);
    // Nobody gets in by what is printed: a token with a space in it is never right.
    assert.match(Object.fromEntries(shown)["OPERATOR_TOKEN"] ?? "", / /);
  });

  test("shows tokens of several people that would work once they are filled in", () => {
    const shown = block(operating, "json", '"token"');
    const tokens = Object.values(JSON.parse(shown) as Record<string, { token: string }>);
    // As they are printed they open nothing.
    assert.equal(readConfig({ OPERATOR_TOKENS: shown }).operators.length, 0);
    let filled = shown;
    for (const [i, { token }] of tokens.entries())
      filled = filled.replace(token, String(i).repeat(43));
    assert.equal(readConfig({ OPERATOR_TOKENS: filled }).operators.length, tokens.length);
    const rights = [
      ...operating.matchAll(/^\| `(\w+)` \| (?:lists|another|the erasure|exports)/gm),
    ];
    assert.deepEqual(
      rights.map(([, right]) => right),
      RIGHTS,
    );
  });

  test("shows a unit of systemd that tries for ever, and writes for its own user alone", () => {
    const unit = block(operating, "ini", "[Service]");
    for (const line of [
      "Restart=always",
      "RestartSec=5",
      "StartLimitIntervalSec=0",
      "UMask=0077",
      "StateDirectoryMode=0700",
    ])
      assert.ok(unit.split("\n").includes(line), line);
    // systemd reads it in this section only.
    assert.ok(unit.indexOf("StartLimitIntervalSec") < unit.indexOf("[Service]"));
  });

  test("lists every call of the operator and no other", () => {
    const config = readConfig({ OPERATOR_TOKEN: "t".repeat(32) });
    const { routes } = createOperator({
      config,
      phones,
      keyring: () => createKeyring(new Map()),
      storesOf: () => [],
      now: () => 0,
      log: () => {},
      asset: async () => new Response(null, { status: 404 }),
    });
    // Neither what is done before and after every call, nor the files that the page loads.
    const calls = routes.filter(({ method, path }) => method !== "ALL" && !path.includes("{"));
    const listed = tableAfter(operating, "operator").map(([method, path]) => `${method} ${path}`);
    assert.ok(calls.length > 10);
    assert.deepEqual(
      listed.toSorted(),
      calls.map(({ method, path }) => `${method} /operator${path.replace(/\/$/, "")}`).toSorted(),
    );
  });

  test("lists every event of the log and no other", () => {
    // The compiler holds this against the lines that may be logged.
    const events: Record<Line["event"], true> = {
      delivery: true,
      config: true,
      undurable: true,
      withheld: true,
      turnstile: true,
      phone_plans: true,
      error: true,
      operator: true,
    };
    const listed = tableAfter(operating, "log").map(([event = ""]) => event);
    assert.deepEqual(listed.toSorted(), Object.keys(events).toSorted());
  });

  test("lists every alert with what it tells, and no other", () => {
    const sources = readdirSync("proxy/ledger")
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(`proxy/ledger/${name}`, "utf8"));
    const emitted = sources
      .flatMap((source) => [...source.matchAll(/\bemit\("([\w.]+)", \{([^}]*)\}/g)])
      .map(([, type = "", data = ""]) => {
        const keys = data.split(",").map((entry) => entry.split(":")[0]?.trim());
        return `${type}: ${keys.filter(Boolean).join(" ")}`;
      });
    assert.ok(emitted.length > 5);
    const listed = tableAfter(operating, "alerts").map(([type, data]) => `${type}: ${data}`);
    assert.deepEqual(listed.toSorted(), [...new Set(emitted)].toSorted());
    const types = tableAfter(operating, "alerts").map(([type = ""]) => type);
    assert.deepEqual(types.toSorted(), Object.keys(WORDS).toSorted());
  });
});

test("the page for those who carry the code on lists every script and no other", () => {
  const rows = contributing.matchAll(/^\| `npm (?:run )?([\w:]+)/gm);
  const listed = [...rows].map(([, name = ""]) => name);
  assert.deepEqual(listed.toSorted(), Object.keys(packageJson.scripts).toSorted());
});
