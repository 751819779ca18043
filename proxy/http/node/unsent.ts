/**
 * Owns the codes that Node gives to a call that never left. Must not guess: what is in no list may have arrived.
 */
import type { Unsent } from "../../vendors/unsent-call.ts";

/** https://nodejs.org/api/errors.html#common-system-errors; a `connect` that failed sent nothing. */
const DOWN = /^(?:ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/;
/** Names, certificates and the TLS handshake: before all of it nothing is sent. */
const UNSAFE =
  /^(?:ENOTFOUND|EPROTO|CERT_\w+|CRL_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|UNABLE_TO_\w+)$/;
/** The words of Node's `tls` for a peer that leaves during the handshake (lib/_tls_wrap.js). */
const HANDSHAKE = /before secure TLS connection was established/;
/** The first frame of a server that speaks HTTP/2 only: SETTINGS of stream 0 (RFC 9113, 3.4 and 6.5). */
const isHttp2 = (bytes: unknown): boolean =>
  bytes instanceof Uint8Array && bytes.length >= 9 && bytes[3] === 4 && !(bytes[5] ?? 1);

interface Facts {
  code?: unknown;
  syscall?: unknown;
  message?: unknown;
  rawPacket?: unknown;
  cause?: unknown;
}

const factsOf = (error: unknown): Facts =>
  typeof error === "object" && error !== null ? error : {};

/** @returns undefined where the call may have arrived */
export const readUnsent = (error: unknown): Unsent | undefined => {
  const facts = factsOf(error);
  const { code, syscall, message, rawPacket } = facts;
  if (typeof code === "string") {
    if (DOWN.test(code) || (syscall === "connect" && code !== "ENOTFOUND")) return "down";
    if (UNSAFE.test(code)) return "unsafe";
    if (code.startsWith("HPE_") && isHttp2(rawPacket)) return "unsafe";
  }
  if (typeof message === "string" && HANDSHAKE.test(message)) return "unsafe";
  // `fetch failed` of Node's fetch carries the error of the socket.
  return facts.cause === undefined ? undefined : readUnsent(facts.cause);
};
