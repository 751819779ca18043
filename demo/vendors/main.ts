/**
 * Owns `npm run vendors`: both simulated vendors alone, until Ctrl-C. Must not print a key that came from
 * the environment.
 *
 * `--sakneen` and `--brainysoft` set the ports; the keys come from the environment.
 */
import { parseArgs } from "node:util";
import { VENDOR_PORTS } from "./ports.ts";
import { DEMO_SECRETS, startVendors, type VendorSecrets } from "./server.ts";

const usage = `npm run vendors -- [--sakneen ${VENDOR_PORTS.sakneen}] [--brainysoft ${VENDOR_PORTS.brainysoft}]`;

const readPort = (name: string, text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new Error(`--${name} must be a port from 0 (any free one) to 65535.\nUsage: ${usage}`);
};

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      sakneen: { type: "string", default: String(VENDOR_PORTS.sakneen) },
      brainysoft: { type: "string", default: String(VENDOR_PORTS.brainysoft) },
    },
  });
  return {
    sakneen: readPort("sakneen", values.sakneen),
    brainysoft: readPort("brainysoft", values.brainysoft),
  };
};

const readSecrets = (): VendorSecrets => ({
  SAKNEEN_API_KEY: process.env["SAKNEEN_API_KEY"] ?? DEMO_SECRETS.SAKNEEN_API_KEY,
  BRAINYSOFT_TOKEN: process.env["BRAINYSOFT_TOKEN"] ?? DEMO_SECRETS.BRAINYSOFT_TOKEN,
  BRAINYSOFT_CLIENT_ID: process.env["BRAINYSOFT_CLIENT_ID"] ?? DEMO_SECRETS.BRAINYSOFT_CLIENT_ID,
  BRAINYSOFT_CLIENT_SECRET:
    process.env["BRAINYSOFT_CLIENT_SECRET"] ?? DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET,
});

/** Shows a made-up key, and of any other only where it came from. */
const shown = (name: keyof VendorSecrets, value: string): string =>
  value === DEMO_SECRETS[name] ? value : `from $${name}`;

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "EADDRINUSE"
    ? `${error.message}\nAnother program has this port. Choose others: ${usage}`
    : error.message;
};

try {
  const secrets = readSecrets();
  const vendors = await startVendors({ ports: readOptions(), secrets });
  const { sakneen, brainysoft } = vendors;
  console.log(`Sakneen     ${sakneen.baseUrl}/external/apis/v1.0/leads
            api-key: ${shown("SAKNEEN_API_KEY", secrets.SAKNEEN_API_KEY)}
Brainysoft  ${brainysoft.baseUrl}/main/leads
            bsauth: ${shown("BRAINYSOFT_TOKEN", secrets.BRAINYSOFT_TOKEN)}
            or a token of ${brainysoft.tokenUrl}
Both have   GET and PUT /_faults, GET and DELETE /_leads, GET /_requests
Ctrl-C stops them.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void vendors.close());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
