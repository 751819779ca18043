/**
 * Owns a short network: it passes a limited number of bytes of each connection to the browser and then
 * cuts it. Must not read more than the first lines of a request.
 *
 * Some networks in Russia have done so since June 2025.
 */
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

export interface Connection {
  /** Method and path of what was asked for on it, in turn. */
  requests: string[];
  /** What the browser was sent. */
  bytes: number;
  cut: boolean;
}

/** What the browser sees of a cut: an error at once, or no more bytes. */
export type Cut = "reset" | "silence";

const REQUEST_LINE = /^(?:GET|POST|OPTIONS) \S+(?= HTTP\/1\.1\r$)/gm;

export class Relay {
  /** Bytes to the browser of one connection, headers included; for those that are opened from now on. */
  limit = Infinity;
  cut: Cut = "reset";
  /** Every connection so far, in the order they were opened. */
  connections: Connection[] = [];
  #postLimit = Infinity;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((browser) => this.#carry(browser));

  private constructor(origin: string) {
    this.#target = new URL(origin);
  }

  /** @param origin of the server behind it */
  static async start(origin: string): Promise<Relay> {
    const relay = new Relay(origin);
    const { hostname } = relay.#target;
    await new Promise<void>((resolve) => relay.#server.listen(0, hostname, resolve));
    return relay;
  }

  /** Stands for the origin of the server behind it. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${this.#target.hostname}:${port}`;
  }

  /** The answer to the next POST is cut after so many bytes. */
  cutNextPost(bytes: number): void {
    this.#postLimit = bytes;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #carry(browser: Socket): void {
    const { cut } = this;
    let { limit } = this;
    const connection: Connection = { requests: [], bytes: 0, cut: false };
    this.connections.push(connection);
    const upstream = connect(Number(this.#target.port), this.#target.hostname);
    this.#keep(browser, () => upstream.destroy());
    this.#keep(upstream, () => {
      if (!connection.cut) browser.end();
    });
    browser.on("data", (chunk) => {
      const asked = chunk.toString("latin1").match(REQUEST_LINE) ?? [];
      connection.requests.push(...asked);
      if (asked.some((line) => line.startsWith("POST"))) {
        limit = Math.min(limit, connection.bytes + this.#postLimit);
        this.#postLimit = Infinity;
      }
      if (!connection.cut) upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      const passing = chunk.subarray(0, limit - connection.bytes);
      connection.bytes += passing.length;
      connection.cut = passing.length < chunk.length;
      // The last bytes leave first: a reset would take them along.
      browser.write(passing, () => {
        if (connection.cut && cut === "reset") browser.resetAndDestroy();
      });
      if (connection.cut) upstream.destroy();
    });
  }

  #keep(socket: Socket, ended: () => void): void {
    this.#sockets.add(socket);
    socket.on("error", ended).on("close", () => {
      this.#sockets.delete(socket);
      ended();
    });
  }
}
