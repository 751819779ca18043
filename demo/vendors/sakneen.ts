/**
 * Owns a simulator of Sakneen's Leads API (developers.sakneen.com, "Leads Management"), on loopback. Must
 * not accept what the document refuses.
 *
 * What the document leaves open is answered as NestJS does by default, since Sakneen runs on it.
 */
import { Hono } from "hono";
import type { Refusal } from "./faults.ts";
import { ENGLISH, complaintOf, textsOf } from "./form.ts";
import type { Texts } from "./form.ts";
import {
  answerWith,
  controlPlane,
  isJson,
  jsonAnswer,
  parseObject,
  record,
  reply,
  type SimulatorEnv,
} from "./receive.ts";
import { type Answer, type Order, type ReceivedRequest, VendorState } from "./state.ts";

export interface SakneenOptions {
  /** What the `api-key` header must hold. */
  apiKey: string;
  state?: VendorState;
  /** Projects ("compounds") of the organisation. */
  compounds?: readonly string[];
}

/** The body limit of Express, which NestJS leaves as it is: 100 KiB. */
const BODY_LIMIT_BYTES = 100 * 1024;
const FIRST_LEAD_ID = 1001;
const COMPOUNDS = ["Downtown Tower", "Palm Hills", "Nile View", "Test Project"];
const ORGANIZATION_ID = objectId(0x58);

/** A Mongo id in the style of the document's sample. */
function objectId(n: number): string {
  return `64f1234567890abc${n.toString(16).padStart(8, "0")}`;
}

const badRequest = (message: unknown): Answer =>
  jsonAnswer(400, { message, error: "Bad Request", statusCode: 400 });

const missing = (field: string, { missing: text }: Texts = ENGLISH) => ({ [field]: text(field) });

const REFUSALS: Record<Refusal, Answer> = {
  duplicate: badRequest([ENGLISH.exists]),
  invalid_phone: badRequest([ENGLISH.phone]),
  missing_fields: badRequest([missing("name"), missing("phoneNumber")]),
  no_form: badRequest("Public create lead form not found"),
  bad_key: jsonAnswer(401, { statusCode: 401, message: "Access Denied, API key not valid" }),
  error_500: jsonAnswer(500, { statusCode: 500, message: "Internal server error" }),
  unavailable_503: jsonAnswer(503, { statusCode: 503, message: "Service Unavailable" }),
  rate_limited_429: jsonAnswer(429, {
    statusCode: 429,
    message: "ThrottlerException: Too Many Requests",
  }),
};

const filled = (value: unknown): value is string => typeof value === "string" && value !== "";

/** What the body parser in front of the API refuses, before any key is looked at. */
const unreadable = ({ headers, body }: ReceivedRequest): Answer | undefined => {
  const type = headers["content-type"] ?? "";
  if (!isJson(type)) return undefined;
  const charset = /charset="?([^";\s]+)/i.exec(type)?.[1] ?? "utf-8";
  if (charset.toLowerCase() !== "utf-8")
    return jsonAnswer(415, {
      statusCode: 415,
      message: `unsupported charset "${charset.toUpperCase()}"`,
    });
  if (new TextEncoder().encode(body).byteLength > BODY_LIMIT_BYTES)
    return jsonAnswer(413, { statusCode: 413, message: "request entity too large" });
  const parsed = parseObject(body);
  return parsed instanceof SyntaxError ? badRequest(parsed.message) : undefined;
};

const invalid = (body: Record<string, unknown>, order: Order, texts: Texts): Answer | undefined => {
  const faults: unknown[] = ["name", "phoneNumber"]
    .filter((field) => !filled(body[field]))
    .map((field) => missing(field, texts));
  if ("email" in body && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(body["email"])))
    faults.push({ email: "email must be an email" });
  if ("project" in body && !filled(body["project"]))
    faults.push({ project: "project should not be empty" });
  const complaint = complaintOf(order, (key) => body[key]);
  if (complaint?.about === "missing") faults.push(missing(complaint.key, texts));
  // As NestJS says it by default, with a whitelist: a text alone.
  if (complaint?.about === "unknown") faults.push(texts.unknown(complaint.key));
  if (faults.length > 0) return badRequest(faults);
  return /^\+?[\d\s().-]{5,}$/.test(String(body["phoneNumber"]))
    ? undefined
    : badRequest([texts.phone]);
};

export const createSakneen = ({
  apiKey,
  state = new VendorState(),
  compounds = COMPOUNDS,
}: SakneenOptions): Hono<SimulatorEnv> => {
  const clients = new Map<string, string>();

  /** "Searches for compounds matching the project name (case-insensitive regex)". */
  const compoundsOf = (project: unknown): string[] =>
    filled(project)
      ? compounds.flatMap((name, i) => (new RegExp(project, "i").test(name) ? objectId(i) : []))
      : [];

  const store = ({ path, headers }: ReceivedRequest, body: Record<string, unknown>): Answer => {
    const phone = String(body["phoneNumber"]);
    const n = state.leads.length;
    const at = new Date().toISOString();
    const id = objectId(0x100 + n);
    const clientId = clients.get(phone) ?? objectId(0x10_000 + n);
    clients.set(phone, clientId);
    state.leads.push({ id, at, path, headers, body });
    const { name, phoneNumber, email, project } = body;
    return jsonAnswer(201, {
      newLead: {
        _id: id,
        leadId: FIRST_LEAD_ID + n,
        clientId,
        organizationId: ORGANIZATION_ID,
        compoundsIds: compoundsOf(project),
        data: { name, phoneNumber, email, project },
        assignedAt: at,
        isActive: true,
        isFresh: false,
        createdAt: at,
        updatedAt: at,
      },
    });
  };

  const app = new Hono<SimulatorEnv>({ strict: false });
  app.route("/", controlPlane(state));

  // Newer documentation: no key. The older text asked for one and answered "API is healthy".
  app.get("/external/apis/v1.0/healthz", (c) =>
    c.json({ description: "External APIs health check", ok: true, version: "v1.0" }),
  );

  app.post("/external/apis/v1.0/leads", async (c) => {
    const request = await record(c, state);
    const unread = unreadable(request);
    if (unread) return reply(request, unread);

    // A body of another type reaches the handler unparsed: every field is missing.
    const parsed = isJson(request.headers["content-type"]) ? parseObject(request.body) : {};
    const body = parsed instanceof SyntaxError ? {} : parsed;
    const faults = state.takeFaults(body["name"]);
    const key = request.headers["api-key"];
    const denied = !key
      ? jsonAnswer(401, { statusCode: 401, message: "Access Denied, API key not provided" })
      : key === apiKey
        ? undefined
        : REFUSALS.bad_key;
    const texts = textsOf(faults, request.headers["language"], "ar");
    const held = () => state.leads.some((lead) => lead.body["phoneNumber"] === body["phoneNumber"]);
    return answerWith(c, request, faults, {
      accept: () =>
        denied ??
        invalid(body, faults, texts) ??
        (faults.dedupe && held() ? badRequest([texts.exists]) : store(request, body)),
      refuse: (kind) => denied ?? REFUSALS[kind],
    });
  });

  app.notFound((c) => {
    const { pathname, search } = new URL(c.req.url);
    const message = `Cannot ${c.req.method} ${pathname}${search}`;
    return c.json({ message, error: "Not Found", statusCode: 404 }, 404);
  });
  return app;
};
