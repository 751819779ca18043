/**
 * Owns the leads of the load: valid, each with an id, a number and an address of its own, as the form sends them.
 * Must not do the work of a stamp: 16 bits would cost more than all that is measured.
 */

export const ORIGIN = "https://www.example.com";

/** Where one request goes, and what it holds. */
export interface Aim {
  port: number;
  path: string;
  /** The target that the lead names. */
  target: string;
}

/** A run begins with another number than the one before. */
let count = Math.floor(Math.random() * 1e7);

/** Egypt's mobile numbers have eight digits after the operator's prefix. */
const NUMBERS = 1e8;

const bodyOf = (target: string, n: number): string =>
  new URLSearchParams({
    target,
    id: crypto.randomUUID(),
    name: `Visitor ${n}`,
    phone: `010${String(n % NUMBERS).padStart(8, "0")}`,
    email: `visitor-${n}@example.com`,
    country: "EG",
    lang: "en",
    page: "https://www.example.com/projects/downtown-tower",
    utm_source: "newsletter",
    utm_campaign: "spring",
    // In its form, and worth nothing: it is checked all the same.
    stamp: `${Date.now()}.${n}`,
    lf_hp: "",
  }).toString();

/** One request as it goes over the wire. */
export const toRequest = ({ port, path, target }: Aim): string => {
  const n = count++;
  const body = bodyOf(target, n);
  return [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `origin: ${ORIGIN}`,
    "accept: application/json",
    "content-type: application/x-www-form-urlencoded;charset=UTF-8",
    `content-length: ${body.length}`,
    `cf-connecting-ip: 10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
    "",
    body,
  ].join("\r\n");
};
