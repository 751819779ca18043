/**
 * Owns the calls of the Node server, over `node:http`. Must not follow a redirect, or repeat a call.
 *
 * Node's `fetch` ends a connection on `100 Continue` that nobody asked for, and on more than 16 KB of headers, though
 * the vendor has taken the lead by then.
 */
import { Agent as HttpAgent, request as overHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as overHttps } from "node:https";
import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { UnsentCall } from "../../vendors/unsent-call.ts";
import type { Io } from "../../vendors/vendor.ts";
import { readUnsent } from "./unsent.ts";

/** Bytes: what gateways pile up in cookies and policies stays under it. */
const MAX_HEADERS = 128 * 1024;
/** Milliseconds until an idle connection is given up, before its server does so. */
const IDLE = 4_000;

const options = { keepAlive: true, timeout: IDLE };
const httpAgent = new HttpAgent(options);
const httpsAgent = new HttpsAgent(options);

/** RFC 9110, 6.4.1: such an answer has no body. */
const BODILESS: readonly number[] = [204, 205, 304];

/** None is asked for, but some gateways compress all the same. */
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const bodyOf = (answer: IncomingMessage): Readable => {
  const coding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding]?.() : undefined;
  if (!decoder) return answer;
  answer.once("error", (error) => (decoder as unknown as Readable).destroy(error));
  return answer.pipe(decoder) as unknown as Readable;
};

const toResponse = (answer: IncomingMessage): Response => {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = answer.statusCode ?? 0;
  if (BODILESS.includes(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(bodyOf(answer)) as ReadableStream<Uint8Array>, {
    status,
    headers,
  });
};

/** As `fetch` with `redirect: "manual"`, for bodies that are text. */
export const callFromNode: Io["fetch"] = (url, init) =>
  new Promise((resolve, reject) => {
    const isSafe = url.startsWith("https:");
    const call = (isSafe ? overHttps : overHttp)(
      url,
      {
        method: init.method ?? "GET",
        headers: {
          "accept-encoding": "identity",
          ...(init.headers as Record<string, string> | undefined),
        },
        agent: isSafe ? httpsAgent : httpAgent,
        maxHeaderSize: MAX_HEADERS,
        ...(init.signal && { signal: init.signal }),
      },
      (answer) => {
        try {
          resolve(toResponse(answer));
        } catch (error) {
          // A status or a header that no answer may have.
          answer.destroy();
          reject(error instanceof Error ? error : new Error("unreadable answer"));
        }
      },
    );
    call.once("error", (error) => {
      const unsent = readUnsent(error);
      reject(unsent ? new UnsentCall(unsent, error) : error);
    });
    call.end(init.body as string | undefined);
  });
