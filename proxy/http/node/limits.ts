/**
 * Owns the limits of the Node server for one connection and for all, and the answers that Node makes by itself. Must
 * not know a route.
 *
 * Node waits 60 s for a head and 300 s for a request, and looks twice a minute: a client that sends a byte now and
 * then would hold its connection for minutes.
 */
import { STATUS_CODES, createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Limits } from "../../config/node/server.ts";
import { COMMON_HEADERS } from "../headers.ts";

/** Milliseconds between two looks for requests that take too long. */
const LOOK_EVERY = 500;
/** Milliseconds until a reader is given up that takes nothing of its answer. */
const UNREAD = 60_000;
/** Bytes: Node's own limit, said here because the README names it. */
const MAX_HEAD = 16 * 1024;

/** The head of an answer without a body. */
const BARE: Readonly<Record<string, string>> = {
  ...COMMON_HEADERS,
  "content-length": "0",
  connection: "close",
};

/** What Node's parser found, as a status: its own choice of them. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const isAnswered = (socket: Duplex): boolean => {
  const { _httpMessage: message } = socket as { _httpMessage?: { headersSent: boolean } | null };
  return message?.headersSent === true;
};

const answerBroken = ({ code = "" }: NodeJS.ErrnoException, socket: Duplex): void => {
  if (!socket.writable || isAnswered(socket)) return void socket.destroy();
  const status = STATUSES[code] ?? 400;
  const lines = Object.entries(BARE).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", ""].join("\r\n");
  socket.end(head, () => socket.destroy());
};

/** RFC 9112, 3.2. */
const lacksHost = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion === "1.1" && headers.host === undefined;

/** A server for these limits, whose every answer carries the common headers. */
export const createLimited = (
  { keepAlive, head, request, connections }: Limits,
  listener: RequestListener,
): Server => {
  const server = createServer(
    {
      keepAliveTimeout: keepAlive,
      headersTimeout: head,
      requestTimeout: request,
      connectionsCheckingInterval: LOOK_EVERY,
      maxHeaderSize: MAX_HEAD,
      // Node would refuse it without the common headers.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      if (lacksHost(incoming)) return void outgoing.writeHead(400, BARE).end();
      // The adapter refuses by itself what is no address.
      outgoing.setHeaders(new Map(Object.entries(COMMON_HEADERS)));
      listener(incoming, outgoing);
    },
  );
  server.maxConnections = connections;
  server.timeout = UNREAD;
  server.on("clientError", answerBroken);
  server.on("checkExpectation", (_, outgoing) => outgoing.writeHead(417, BARE).end());
  return server;
};
