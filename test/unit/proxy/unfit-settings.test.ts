/** Settings that cannot work: each is named by the rule that it breaks, all at once, none by its value. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import { originWarnings, readServerSettings } from "../../../proxy/config/node/server.ts";
import type { Fault } from "../../../proxy/vendors/vendor.ts";

const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.example.com"],
};
const BRAINYSOFT = {
  vendor: "brainysoft",
  baseUrl: "https://acme.brainysoft.example/bs-core",
  origins: ["https://loans.example.ru"],
};
const KEY = Buffer.alloc(32, 7).toString("base64");
const SECRETS = {
  SAKNEEN_API_KEY: "k",
  BRAINYSOFT_TOKEN: "t",
  LEDGER_KEYS: JSON.stringify({ k1: KEY }),
};
const LONG = "x".repeat(43);

const words = (faults: readonly Fault[]): string[] =>
  faults.map(({ setting, problem }) => `${setting} ${problem}`);
const faultsOf = (env: object, targets: object = { t: SAKNEEN }): string[] =>
  words(readConfig({ TARGETS: targets, ...SECRETS, ...env }).faults);

const UNFIT: readonly (readonly [what: string, text: string, problem: string])[] = [
  ["a zero-width space", "canary\u200Bkey", "must not hold an invisible character"],
  ["a byte order mark inside", "canary\uFEFFkey", "must not hold an invisible character"],
  ["a soft hyphen", "canary\u00ADkey", "must not hold an invisible character"],
  ["a tab", "canary\tkey", "must not hold an invisible character"],
  ["a line break", "canary\nkey", "must not hold a line break"],
  ["a line separator", "canary\u2028key", "must not hold a line break"],
  [
    "a Cyrillic look-alike",
    "с\u0430nary",
    "must be ASCII: it holds a letter that no header can carry",
  ],
  [
    "a no-break space",
    "canary\u00A0key",
    "must be ASCII: it holds a letter that no header can carry",
  ],
  ["a typographic dash", "canary–key", "must be ASCII: it holds a letter that no header can carry"],
  ["quotes around it", '"canary"', "must not stand in quotes"],
];

describe("a secret with", () => {
  for (const [what, text, problem] of UNFIT)
    test(`${what} is named, of every vendor and of the operator`, () => {
      const oauth = {
        BRAINYSOFT_TOKEN: undefined,
        BRAINYSOFT_TOKEN_URL: "https://auth.example/token",
        BRAINYSOFT_CLIENT_ID: text,
        BRAINYSOFT_CLIENT_SECRET: text,
      };
      assert.deepEqual(faultsOf({ SAKNEEN_API_KEY: text }), [`SAKNEEN_API_KEY ${problem}`]);
      assert.deepEqual(faultsOf({ BRAINYSOFT_TOKEN: text }, { t: BRAINYSOFT }), [
        `BRAINYSOFT_TOKEN ${problem}`,
      ]);
      assert.deepEqual(faultsOf(oauth, { t: BRAINYSOFT }), [
        `BRAINYSOFT_CLIENT_ID ${problem}`,
        `BRAINYSOFT_CLIENT_SECRET ${problem}`,
      ]);
      assert.deepEqual(faultsOf({ OPERATOR_TOKEN: text }), [`OPERATOR_TOKEN ${problem}`]);
    });

  test("white space around it is taken without it", () => {
    const { faults, operators } = readConfig({
      TARGETS: { t: SAKNEEN },
      ...SECRETS,
      SAKNEEN_API_KEY: "\uFEFF key\r\n",
      OPERATOR_TOKEN: ` ${LONG}\n`,
    });
    assert.deepEqual([faults, operators.map(({ token }) => token)], [[], [LONG]]);
  });

  test("a space is no token of an operator: no bearer can carry it", () => {
    assert.deepEqual(faultsOf({ OPERATOR_TOKEN: "correct horse battery staple and so on" }), [
      "OPERATOR_TOKEN must not hold a space",
    ]);
  });
});

describe("an origin", () => {
  for (const [origin, problem] of [
    ["https://www.example.com:443", "must not name the usual port: no browser sends it"],
    ["http://www.example.com:80", "must not name the usual port: no browser sends it"],
    ["https://*.example.com:443", "must not name the usual port: no browser sends it"],
    ["https://www.example.com:0", "names a port that does not exist"],
    ["https://*.example.com:70000", "names a port that does not exist"],
    ["https://www.example.com:99999", "names a port that does not exist"],
    ["https://пример.рф", "must be written as https://xn--e1afmkfd.xn--p1ai"],
    ["https://*.пример.рф", "must be written as https://*.xn--e1afmkfd.xn--p1ai"],
    ["https://مثال.مصر:8443", "must be written as https://xn--mgbh0fb.xn--wgbh1c:8443"],
    ["https://WWW.Example.com", "must be written in small letters"],
    ["HTTPS://www.example.com", "must be written in small letters"],
    [" https://www.example.com", "must not hold white space"],
    ["https://www.example.com ", "must not hold white space"],
    ["https://www.example.com/", "is not an origin such as https://www.example.com"],
    ["www.example.com", "is not an origin such as https://www.example.com"],
    ["https://*.com", "is not an origin such as https://www.example.com"],
    ["ftp://www.example.com", "is not an origin such as https://www.example.com"],
  ] as const)
    test(`such as ${JSON.stringify(origin)} is named: it ${problem}`, () => {
      assert.deepEqual(faultsOf({}, { t: { ...SAKNEEN, origins: [origin] } }), [
        `TARGETS.t.origins[0] ${problem}`,
      ]);
    });

  test("with another port, a star or an address of its own is taken", () => {
    const origins = [
      "https://www.example.com:8443",
      "https://*.example.com",
      "https://*.example.com:8443",
      "http://localhost:3000",
      "http://127.0.0.1:80".replace(":80", ":8080"),
      "http://[::1]:8080",
      "https://xn--e1afmkfd.xn--p1ai",
    ];
    assert.deepEqual(faultsOf({}, { t: { ...SAKNEEN, origins } }), []);
  });

  test("of the proxy itself follows the same rules", () => {
    for (const [PUBLIC_URL, problem] of [
      ["https://leads.example.com:80443", "names a port that does not exist"],
      ["leads.example.com", "is not an origin such as https://www.example.com"],
      ["https://*.example.com", "is not an origin such as https://www.example.com"],
      ["https://leads.example.com/form", "is not an origin such as https://www.example.com"],
      ["https://leads.example.com//", "is not an origin such as https://www.example.com"],
      ["https://leads.example.com/?x", "is not an origin such as https://www.example.com"],
      ["https://leads.example.com#", "is not an origin such as https://www.example.com"],
      ["https://anna:key@leads.example.com", "is not an origin such as https://www.example.com"],
      ["https://`+alert(1)+`", "is not an origin such as https://www.example.com"],
      ["https://leads.example.com`", "is not an origin such as https://www.example.com"],
      ["ftp://leads.example.com", "is not an origin such as https://www.example.com"],
      ["https://", "is not an origin such as https://www.example.com"],
      ["null", "is not an origin such as https://www.example.com"],
      ['"https://leads.example.com"', "is not an origin such as https://www.example.com"],
      ["https://Leads.example.com", "must be written in small letters"],
      ["https://leads.example.com ", "must not hold white space"],
      [" https://leads.example.com", "must not hold white space"],
      ["https://leads.example.com\r", "must not hold white space"],
      ["https://leads.example.com/\n", "must not hold white space"],
      ["https://leads.example.com\u00A0", "must not hold white space"],
      ["  ", "must not hold white space"],
      [8787, "is not an origin such as https://www.example.com"],
      [{}, "is not an origin such as https://www.example.com"],
      [null, "is not an origin such as https://www.example.com"],
    ] as const)
      assert.deepEqual(faultsOf({ PUBLIC_URL }), [`PUBLIC_URL ${problem}`]);
    const invisible = faultsOf({ PUBLIC_URL: "https://leads.example.com\u200B" });
    assert.match(invisible.join(), /^PUBLIC_URL must be written as https:\/\/leads\.example\.com$/);
    assert.deepEqual(faultsOf({ PUBLIC_URL: "" }), []);
    for (const PUBLIC_URL of [
      "https://leads.example.com",
      "https://leads.example.com/",
      "https://leads.example.com:443",
    ]) {
      const { faults, publicUrl } = readConfig({ TARGETS: { t: SAKNEEN }, ...SECRETS, PUBLIC_URL });
      assert.deepEqual([faults, publicUrl], [[], "https://leads.example.com"], PUBLIC_URL);
    }
  });
});

describe("the address of a vendor", () => {
  for (const baseUrl of [
    "https://app.sakneen.example ",
    "https://app.sakneen.example\n",
    " https://app.sakneen.example",
    "https://app.sakneen.example/api\u200B",
    "https://app.sakneen.example/a b",
  ])
    test(`such as ${JSON.stringify(baseUrl)} is named: a path could not be added`, () => {
      const problem = "must not hold white space or an invisible character";
      assert.deepEqual(faultsOf({}, { t: { ...SAKNEEN, baseUrl } }), [
        `TARGETS.t.baseUrl ${problem}`,
      ]);
      const oauth = {
        BRAINYSOFT_TOKEN: undefined,
        BRAINYSOFT_TOKEN_URL: baseUrl.trim().replace("app", "a p"),
        BRAINYSOFT_CLIENT_ID: "id",
        BRAINYSOFT_CLIENT_SECRET: "secret",
      };
      assert.deepEqual(faultsOf(oauth, { t: BRAINYSOFT }), [`BRAINYSOFT_TOKEN_URL ${problem}`]);
    });

  const IP = "must name its host, not an IP address";
  const CLIMBS = "must not hold a path that climbs";
  const HTTPS = "must be https (plain http only to loopback)";
  for (const [baseUrl, problem] of [
    ["https://10.0.0.5", IP],
    ["https://169.254.169.254/latest", IP],
    ["https://203.0.113.7:9025/bs-core", IP],
    ["https://2852039166/", IP],
    ["https://0xa9fea9fe", IP],
    ["https://0xa9.0xfe.0xa9.0xfe", IP],
    ["https://0251.0376.0251.0376", IP],
    ["https://169.254.43518", IP],
    ["https://169.254.169.254.", IP],
    ["https://１６９.254.169.254", IP],
    ["https://%31%36%39.254.169.254", IP],
    ["https://0.0.0.0", IP],
    ["https://[2001:db8::1]", IP],
    ["https://[fd00::1]:8443", IP],
    ["https://[::ffff:169.254.169.254]", IP],
    ["https://[::]", IP],
    ["https://2130706433", "must be written as 127.0.0.1"],
    ["http://0x7f.1:8080", "must be written as 127.0.0.1"],
    ["http://0177.0.0.1", "must be written as 127.0.0.1"],
    ["http://127.1", "must be written as 127.0.0.1"],
    ["http://127.0.0.1.", "must be written as 127.0.0.1"],
    ["http://[0:0:0:0:0:0:0:1]", "must be written as [::1]"],
    ["http://[::ffff:127.0.0.1]", HTTPS],
    ["http://localhost.", HTTPS],
    ["http://localhost.evil.example", HTTPS],
    ["https://app.sakneen.example.", "must not hold a name with a dot at its end"],
    ["https://user@app.sakneen.example", "must not hold credentials"],
    ["https://:secret@app.sakneen.example", "must not hold credentials"],
    ["https://@app.sakneen.example", "must not hold credentials"],
    ["https://app.sakneen.example:0", "names a port that does not exist"],
    ["https://app.sakneen.example/api/../admin", CLIMBS],
    ["https://app.sakneen.example/./api", CLIMBS],
    ["https://app.sakneen.example/api/%2e%2e/admin", CLIMBS],
    ["https://app.sakneen.example/api/.%2E/admin", CLIMBS],
    ["https://app.sakneen.example/api%2f..%2fadmin", CLIMBS],
    ["https://app.sakneen.example/api\\..\\admin", CLIMBS],
    ["https://app.sakneen.example/..", CLIMBS],
    ["https:app.sakneen.example", "is not a URL"],
    ["https:///app.sakneen.example", "is not a URL"],
    ["https:\\\\app.sakneen.example", "is not a URL"],
    ["https://app.sakneen.example?x", "must not hold a query or a fragment"],
    ["ftp://app.sakneen.example", HTTPS],
    ["file:///etc/passwd", HTTPS],
    ["javascript:alert(1)", HTTPS],
  ] as const)
    test(`such as ${baseUrl} is named: it ${problem}`, () =>
      assert.deepEqual(faultsOf({}, { t: { ...SAKNEEN, baseUrl } }), [
        `TARGETS.t.baseUrl ${problem}`,
      ]));

  test("may be a name with a port and a path, or the machine itself", () => {
    for (const baseUrl of [
      "https://app.sakneen.com",
      "https://APP.sakneen.com/",
      "https://acme-saas.brainysoft.ru:9025/bs-core",
      "https://xn--e1afmkfd.xn--p1ai",
      "https://пример.рф/v1.0/x..y/.well-known",
      "http://localhost:8080",
      "http://127.0.0.1:8080/bs-core",
      "http://127.0.0.53",
      "http://[::1]:8080",
      "https://localhost",
    ])
      assert.deepEqual(faultsOf({}, { t: { ...SAKNEEN, baseUrl } }), [], baseUrl);
  });
});

describe("the address of alerts", () => {
  const ALERT_WEBHOOK_SECRET = `whsec_${KEY}`;
  test("may hold a query, where some receivers have their key", () => {
    const ALERT_WEBHOOK_URL = "https://chat.example/v1/spaces/x/messages?key=canary&token=canary";
    assert.deepEqual(faultsOf({ ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET }), []);
  });
  test("must not hold a fragment or credentials", () => {
    for (const [ALERT_WEBHOOK_URL, problem] of [
      ["https://hooks.example/?key=canary#canary", "must not hold a fragment"],
      ["https://u:canary@hooks.example/", "must not hold credentials"],
    ] as const)
      assert.deepEqual(faultsOf({ ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET }), [
        `ALERT_WEBHOOK_URL ${problem}`,
      ]);
  });
  test("is named together with a secret that cannot sign", () => {
    assert.deepEqual(faultsOf({ ALERT_WEBHOOK_URL: "hooks", ALERT_WEBHOOK_SECRET: "-" }), [
      "ALERT_WEBHOOK_URL is not a URL",
      "ALERT_WEBHOOK_SECRET must be base64, with or without whsec_ before it",
    ]);
  });
});

describe("all that is wrong is named at once:", () => {
  const NOTHING = {
    SAKNEEN_API_KEY: undefined,
    BRAINYSOFT_TOKEN: undefined,
    LEDGER_KEYS: undefined,
  };

  test("the sealing key beside the vendors' keys", () => {
    assert.deepEqual(faultsOf(NOTHING, { s: SAKNEEN, b: BRAINYSOFT }), [
      "LEDGER_KEYS is missing",
      "SAKNEEN_API_KEY is missing",
      "BRAINYSOFT_TOKEN is missing",
    ]);
  });

  test("a faulty target beside the secrets that it needs", () => {
    assert.deepEqual(faultsOf(NOTHING, { s: { ...SAKNEEN, colour: "red", origins: ["x"] } }), [
      "TARGETS.s.origins[0] is not an origin such as https://www.example.com",
      "TARGETS.s.colour is not a known key",
      "LEDGER_KEYS is missing",
      "SAKNEEN_API_KEY is missing",
    ]);
  });

  test("a key that stands twice beside what is wrong there", () => {
    assert.deepEqual(
      faultsOf({ TARGETS_T: JSON.stringify(SAKNEEN) }, { t: { ...SAKNEEN, country: "XX" } }),
      ["TARGETS.t stands in TARGETS_T too", "TARGETS.t.country is not an ISO 3166 country code"],
    );
  });

  test("half of an OAuth2 client beside its faulty address", () => {
    const env = { ...NOTHING, LEDGER_KEYS: SECRETS.LEDGER_KEYS };
    assert.deepEqual(
      faultsOf({ ...env, BRAINYSOFT_TOKEN_URL: "http://auth.example/" }, { b: BRAINYSOFT }),
      [
        "BRAINYSOFT_TOKEN_URL must be https (plain http only to loopback)",
        "BRAINYSOFT_CLIENT_ID is missing",
        "BRAINYSOFT_CLIENT_SECRET is missing",
      ],
    );
  });
});

describe("the token of a named operator", () => {
  const read = (OPERATOR_TOKENS: unknown, rest: object = {}) =>
    readConfig({ TARGETS: { t: SAKNEEN }, ...SECRETS, OPERATOR_TOKENS, ...rest });

  test("carries its targets and rights; without them it may read all", () => {
    const tokens = {
      anna: { token: LONG, targets: ["t"], can: ["read", "erase"] },
      ben: { token: `${LONG}y` },
    };
    for (const value of [tokens, JSON.stringify(tokens)]) {
      const { operators, faults } = read(value);
      assert.deepEqual(faults, []);
      assert.deepEqual(operators, [
        { name: "anna", token: LONG, targets: ["t"], can: ["read", "erase"] },
        { name: "ben", token: `${LONG}y`, targets: undefined, can: ["read"] },
      ]);
    }
  });

  for (const [what, value, expected] of [
    ["no JSON", "{canary", ["OPERATOR_TOKENS is not JSON"]],
    ["nothing", " ", ["OPERATOR_TOKENS is empty"]],
    ["a list", ["canary"], ["OPERATOR_TOKENS must be an object of tokens by name"]],
    [
      "a short one",
      { anna: { token: "canary" } },
      ["OPERATOR_TOKENS.anna.token is shorter than 32 characters"],
    ],
    ["none", { anna: {} }, ["OPERATOR_TOKENS.anna.token is missing"]],
    [
      "an invisible letter",
      { anna: { token: `${LONG}\u200B${LONG}` } },
      ["OPERATOR_TOKENS.anna.token must not hold an invisible character"],
    ],
    [
      "an unknown right",
      { anna: { token: LONG, can: ["canary"] } },
      ["OPERATOR_TOKENS.anna.can[0] must be one of read, replay, erase, export"],
    ],
    [
      "no right",
      { anna: { token: LONG, can: [] } },
      ["OPERATOR_TOKENS.anna.can must name at least one right"],
    ],
    [
      "an unknown key",
      { anna: { token: LONG, role: "canary" } },
      ["OPERATOR_TOKENS.anna.role is not a known key"],
    ],
    [
      "a name of two words",
      { "canary x": { token: LONG } },
      ["OPERATOR_TOKENS must name each token by one word"],
    ],
    [
      "one token twice",
      { anna: { token: LONG }, ben: { token: LONG } },
      ["OPERATOR_TOKENS.ben.token is the token of another name"],
    ],
  ] as const)
    test(`that is ${what} is named, and leaves the others`, () => {
      const { faults, operators } = read(value, { OPERATOR_TOKEN: `${LONG}z` });
      assert.deepEqual(words(faults), expected);
      assert.equal(operators[0]?.token, `${LONG}z`);
    });

  test("for a target that is gone is warned of, so that a change of targets can be taken", () => {
    const { faults, warnings } = read({ anna: { token: LONG, targets: ["t", "gone"] } });
    assert.deepEqual(faults, []);
    assert.deepEqual(words(warnings), ["OPERATOR_TOKENS.anna.targets[1] is not a known target"]);
  });
});

describe("the settings of the Node server", () => {
  const DEFAULTS = {
    port: 8787,
    hostname: "127.0.0.1",
    dataDir: "data",
    proxyHeader: undefined,
    limits: { keepAlive: 75_000, head: 10_000, request: 20_000, connections: 2000 },
  };
  const read = (env: Record<string, string>) => {
    const { faults, ...settings } = readServerSettings(env);
    return { settings, faults: words(faults) };
  };

  test("have defaults, under which a usual balancer ends idle connections first", () => {
    assert.deepEqual(read({}), { settings: DEFAULTS, faults: [] });
  });

  test("are taken where they can work", () => {
    for (const HOST of ["0.0.0.0", "::", "::1", "localhost", "leads.internal"])
      assert.deepEqual(read({ HOST }).settings.hostname, HOST);
    assert.deepEqual(
      read({
        PORT: " 80\n",
        DATA_DIR: "/var/lib/lead form",
        TRUSTED_PROXY_HEADER: "X-Forwarded-For",
        KEEP_ALIVE_SECONDS: "620",
        HEADERS_TIMEOUT_SECONDS: "5",
        REQUEST_TIMEOUT_SECONDS: "60",
        MAX_CONNECTIONS: "50",
      }),
      {
        settings: {
          ...DEFAULTS,
          port: 80,
          dataDir: "/var/lib/lead form",
          proxyHeader: "X-Forwarded-For",
          limits: { keepAlive: 620_000, head: 5000, request: 60_000, connections: 50 },
        },
        faults: [],
      },
    );
  });

  test("never wait longer for a part of a request than for all of it", () => {
    const { settings, faults } = read({ REQUEST_TIMEOUT_SECONDS: "3" });
    assert.deepEqual([settings.limits.head, faults], [3000, []]);
  });

  test("warn of scripts that send visitors to their own machine, where others can reach the server", () => {
    for (const own of ["http://localhost:8787", "http://127.0.0.1:8787"]) {
      assert.deepEqual(words(originWarnings("0.0.0.0", own)), [
        "PUBLIC_URL is needed: without it the scripts send to the machine of whoever visits",
      ]);
      for (const host of ["127.0.0.1", "localhost", "[::1]"])
        assert.deepEqual(originWarnings(host, own), []);
    }
    for (const own of ["https://leads.example.com", undefined])
      assert.deepEqual(originWarnings("0.0.0.0", own), []);
  });

  const NO_PORT = "must be a whole number from 0 to 65535";
  const NO_HOST = "must be a name or an address, without a scheme, brackets or a port";
  for (const [setting, value, problem] of [
    ["PORT", "", "is empty"],
    ["PORT", "  ", "is empty"],
    ["PORT", "70000", NO_PORT],
    ["PORT", "-1", NO_PORT],
    ["PORT", "80.5", NO_PORT],
    ["PORT", "0x50", NO_PORT],
    ["PORT", "http", NO_PORT],
    ["HOST", "", "is empty"],
    ["HOST", "http://0.0.0.0", NO_HOST],
    ["HOST", "0.0.0.0:8787", NO_HOST],
    ["HOST", "[::1]", NO_HOST],
    ["HOST", '"0.0.0.0"', "must not stand in quotes"],
    ["DATA_DIR", "", "is empty"],
    ["DATA_DIR", '"/data"', "must not stand in quotes"],
    ["TRUSTED_PROXY_HEADER", "", "is empty"],
    ["TRUSTED_PROXY_HEADER", " x-forwarded-for", "must be the name of one header, without spaces"],
    ["TRUSTED_PROXY_HEADER", "x-forwarded-for\n", "must be the name of one header, without spaces"],
    [
      "TRUSTED_PROXY_HEADER",
      "x-forwarded-for, x-real-ip",
      "must be the name of one header, without spaces",
    ],
    ["TRUSTED_PROXY_HEADER", "x-forwarded-for:", "must be the name of one header, without spaces"],
    ["TRUSTED_PROXY_HEADER", "'x-forwarded-for'", "must not stand in quotes"],
    ["TRUSTED_PROXY_HEADER", "x‑forwarded‑for", "must be the name of a header"],
    ["KEEP_ALIVE_SECONDS", "", "is empty"],
    ["KEEP_ALIVE_SECONDS", "0", "must be a whole number from 1 to 3600"],
    ["HEADERS_TIMEOUT_SECONDS", "0.5", "must be a whole number from 1 to 3600"],
    ["REQUEST_TIMEOUT_SECONDS", "1e9", "must be a whole number from 1 to 3600"],
    ["MAX_CONNECTIONS", "many", "must be a whole number from 1 to 1000000"],
  ] as const)
    test(`name ${setting} where it is ${JSON.stringify(value)}, and go on with the default`, () => {
      assert.deepEqual(read({ [setting]: value }), {
        settings: DEFAULTS,
        faults: [`${setting} ${problem}`],
      });
    });
});

test("no fault repeats a value", () => {
  const env = {
    SAKNEEN_API_KEY: '"canary"',
    OPERATOR_TOKEN: "canary canary",
    OPERATOR_TOKENS: { anna: { token: "canary", can: ["canary"], targets: ["canary"] } },
    PUBLIC_URL: "canary",
    ALERT_WEBHOOK_URL: "https://canary@canary.example",
    ALERT_WEBHOOK_SECRET: "canary-",
    LEDGER_KEYS: "canary",
  };
  const target = { ...SAKNEEN, credential: "canary", colour: 1 };
  const { faults, warnings } = readConfig({ TARGETS: { t: target }, ...env });
  assert.doesNotMatch(JSON.stringify([faults, warnings]), /canary/);
  const names = ["PORT", "HOST", "TRUSTED_PROXY_HEADER", "KEEP_ALIVE_SECONDS"];
  const server = readServerSettings(Object.fromEntries(names.map((name) => [name, "canary, 1"])));
  assert.equal(server.faults.length, names.length);
  assert.doesNotMatch(JSON.stringify(server.faults), /canary/);
});
