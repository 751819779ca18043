/** Owns the pair that makes a lead unique: its id and the stamp worked out for it, started ahead of the submit. */
import { solveStamp } from "./stamp.ts";

export interface Ticket {
  target: string;
  id: string;
  stamp: Promise<string>;
  /** Unix time in milliseconds. */
  made: number;
}

/** The proxy takes a stamp for 24 h; half of that leaves room for clocks that are wrong. */
const MAX_AGE_MS = 12 * 3_600_000;

/** A version 4 UUID (RFC 9562, 5.4). `crypto.randomUUID` is missing on plain http pages. */
const makeId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

export const makeTicket = (target: string): Ticket => {
  const id = makeId();
  const clock = { now: Date.now, pause: () => new Promise<void>((resolve) => setTimeout(resolve)) };
  return { target, id, stamp: solveStamp(target, id, clock), made: Date.now() };
};

export const isFresh = (ticket: Ticket | undefined, target: string): ticket is Ticket =>
  ticket?.target === target && Date.now() - ticket.made < MAX_AGE_MS;
