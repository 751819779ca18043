/** What `npm run deploy` refuses to ship, before it has built or called anything. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { checkDeploy, findTargets } from "../../../proxy/scripts/deploy-check.ts";

const ENDPOINT = "https://leads.estate.test";
const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.com",
  origins: ["https://www.estate.test"],
};

/** The command itself, in this repository, whose settings name no target. */
const deploy = (endpoint: string | undefined) => {
  const env = { ...process.env };
  delete env["LEAD_FORM_ENDPOINT"];
  if (endpoint !== undefined) env["LEAD_FORM_ENDPOINT"] = endpoint;
  const { status, stderr } = spawnSync(process.execPath, ["proxy/scripts/deploy.ts"], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stderr };
};

describe("npm run deploy", () => {
  test("without an endpoint ships nothing, and says how to set it", () => {
    const { status, stderr } = deploy(undefined);
    assert.equal(status, 1);
    assert.match(stderr, /LEAD_FORM_ENDPOINT=https:\/\/\S+ npm run deploy/);
  });

  test("without a target ships nothing, and says where targets stand", () => {
    const { status, stderr } = deploy(ENDPOINT);
    assert.equal(status, 1);
    assert.match(stderr, /TARGETS is missing/);
    assert.match(stderr, /proxy\/wrangler\.jsonc/);
    assert.doesNotMatch(stderr, /LEAD_FORM_ENDPOINT/);
  });
});

describe("an endpoint", () => {
  const refused: [endpoint: string, why: RegExp][] = [
    ["", /must know the public https address/],
    ["leads.estate.test", /must know the public https address/],
    ["http://leads.estate.test", /must know the public https address/],
    ["http://localhost:8787", /must know the public https address/],
    ["https://localhost:8787", /machine of whoever visits/],
    ["https://leads.localhost", /machine of whoever visits/],
    ["https://127.0.0.1", /machine of whoever visits/],
    ["https://[::1]:8787", /machine of whoever visits/],
    ["https://leads.estate.test/api", /is an origin: https:\/\/leads\.estate\.test,/],
    ["https://user@leads.estate.test", /is an origin/],
  ];
  for (const [endpoint, why] of refused)
    test(`of "${endpoint}" is refused`, () => {
      const { obstacles } = checkDeploy(endpoint, undefined);
      assert.equal(obstacles.length, 1);
      assert.match(obstacles[0] ?? "", why);
    });

  for (const endpoint of [ENDPOINT, `${ENDPOINT}/`, "https://leads.estate.test:8443"])
    test(`of "${endpoint}" is taken`, () =>
      assert.deepEqual(checkDeploy(endpoint, { sakneen: SAKNEEN }).obstacles, []));
});

describe("the targets", () => {
  test("are refused with each fault and no value", () => {
    const { obstacles } = checkDeploy(ENDPOINT, { sakneen: { ...SAKNEEN, colour: "red" }, x: {} });
    assert.ok(obstacles.includes("TARGETS.sakneen.colour is not a known key."), String(obstacles));
    assert.ok(obstacles.includes("TARGETS.x.vendor is missing."), String(obstacles));
    assert.doesNotMatch(obstacles.join(), /red/);
  });

  test("are refused while they are the README's", () => {
    const origins = ["https://www.example.com"];
    const { obstacles } = checkDeploy(ENDPOINT, { sakneen: { ...SAKNEEN, origins } });
    assert.deepEqual(obstacles, [
      "TARGETS still names example.com: put your own pages and vendors there.",
    ]);
  });

  test("tell which secrets they need", () => {
    const { secrets } = checkDeploy(ENDPOINT, { sakneen: SAKNEEN });
    assert.deepEqual(secrets.toSorted(), ["LEDGER_KEYS", "SAKNEEN_API_KEY"]);
    const { secrets: without } = checkDeploy(ENDPOINT, {
      sakneen: { ...SAKNEEN, storage: "none" },
    });
    assert.deepEqual(without, ["SAKNEEN_API_KEY"]);
  });

  test("are looked for where wrangler takes them from", () => {
    const vars = { TARGETS: { sakneen: SAKNEEN } };
    assert.equal(findTargets(vars, ["--dry-run"]), vars.TARGETS);
    assert.equal(findTargets(vars, ["--var", "TARGETS:{}"]), "{}");
    assert.equal(findTargets(vars, ["--var=TARGETS:{}"]), "{}");
    assert.equal(findTargets({}, []), "");
    assert.equal(findTargets({}, ["--keep-vars"]), undefined);
  });
});
