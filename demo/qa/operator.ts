/**
 * Owns the operator's calls of QA's list: what the operator's page does, by the same API. Must not keep the
 * token anywhere.
 */
import type { OperatorSide } from "../playground/backend.ts";
import { RECEIVER_PORT } from "../vendors/ports.ts";
import type { OperatorCall, SeenLead } from "./model.ts";

/** Where `npm start` says that its receiver is, else where it usually is. Loopback only. */
const receiverOrigin = (search: string): string => {
  const port = new URLSearchParams(search).get("receiver") ?? "";
  return `http://127.0.0.1:${/^\d{2,5}$/.test(port) ? port : RECEIVER_PORT}`;
};

interface TargetState {
  target: string;
  state: string;
  paused?: boolean;
}

/** Milliseconds between two looks at a target that recovers, and until that is given up. */
const LOOK_EVERY = 200;
const PATIENCE = 15_000;

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class Operator {
  readonly token: string;
  /** The operator's page. */
  readonly page: string;
  /** An origin that is on no target's list, where the demo's pages stand, too. */
  readonly strange: string;

  constructor({ token, url }: Pick<OperatorSide, "token" | "url">, strange: string) {
    this.token = token;
    this.page = url;
    this.strange = strange;
  }

  /** @throws TypeError where nobody plays the operator's side */
  static async find(search: string): Promise<Operator> {
    const strange = receiverOrigin(search);
    const answer = await fetch(`${strange}/_operator`);
    if (!answer.ok) throw new TypeError(`The receiver answered ${answer.status}`);
    return new Operator((await answer.json()) as OperatorSide, strange);
  }

  /** Leads of a target, newest first, that came in since then. @param since Unix milliseconds */
  async leads(target: string, since: number): Promise<SeenLead[]> {
    const { leads } = (await this.#call("GET", `/leads?target=${target}`)) as { leads: SeenLead[] };
    return leads.filter(({ created_at }) => Date.parse(created_at) >= since);
  }

  async pause(target: string): Promise<void> {
    await this.#call("POST", `/targets/${target}/pause`);
  }

  /** Sends what waits and lets the breaker close, so that a step finds a target that works. */
  async recover(target: string): Promise<void> {
    const states = ["held", "queued", "dead"];
    await Promise.all([
      this.#call("POST", `/targets/${target}/resume`),
      ...states.map((state) => this.#call("POST", "/leads/replay", { target, state })),
    ]);
    for (let waited = 0; waited < PATIENCE; waited += LOOK_EVERY) {
      if ((await this.#stateOf(target)) === "working") return;
      await later(LOOK_EVERY);
    }
    throw new Error(`The target ${target} does not recover.`);
  }

  /** One press on the operator's page, for the newest lead of a step. */
  async press(call: OperatorCall, target: string, newest: SeenLead | undefined, phone: string) {
    const id = newest?.id ?? "";
    switch (call) {
      case "pause":
      case "resume":
        return this.#call("POST", `/targets/${target}/${call}`);
      case "replay":
      case "release":
        return this.#call("POST", `/leads/${id}/${call}`);
      case "correct":
        return this.#call("PATCH", `/leads/${id}`, { phone });
      case "erase":
        return this.#call("DELETE", `/leads?phone=${encodeURIComponent(phone)}`);
      case "remove_test":
        return this.#call("DELETE", `/leads/${id}`);
      case "test":
        return this.#send("POST", "/v1/leads", { test: "1", target, name: "Test", phone });
    }
  }

  async #stateOf(target: string): Promise<string> {
    const { targets } = (await this.#call("GET", "/targets")) as { targets: TargetState[] };
    return targets.find((each) => each.target === target)?.state ?? "";
  }

  #call(method: string, path: string, body?: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#send(method, `/operator${path}`, body);
  }

  async #send(method: string, path: string, body?: Readonly<Record<string, string>>) {
    const answer = await fetch(path, {
      method,
      headers: { authorization: `Bearer ${this.token}` },
      ...(body && { body: new URLSearchParams(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new TypeError(`${method} ${path} answered ${answer.status}: ${text}`);
    return text ? (JSON.parse(text) as unknown) : undefined;
  }
}
