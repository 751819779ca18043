/**
 * Owns the one form of a visitor's address, by which limits count. Must not believe a header that the settings do
 * not name.
 */

/** Without zeros in front, which some systems read as octal. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** The eight groups of an IPv6 address, which the URL standard reads in all of its forms. */
const groupsOf = (text: string): number[] | undefined => {
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const read = (part = ""): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [read(head), read(tail)];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
};

/** `::ffff:1.2.3.4` is an IPv4 address that an IPv6 socket has seen (RFC 4291, 2.5.5.2). */
const mappedOf = (groups: readonly number[]): string | undefined => {
  const [a = 0, b = 0] = groups.slice(6);
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
    ? [a >> 8, a & 0xff, b >> 8, b & 0xff].join(".")
    : undefined;
};

/** Quotes, brackets, the port and the zone say nothing about who it is. */
const bareOf = (text: string): string => {
  const plain = text.trim().replace(/^"(.*)"$/, "$1");
  const [, inBrackets] = /^\[([^\]]*)\](?::\w*)?$/.exec(plain) ?? [];
  const [, beforePort] = /^([\d.]+):\w*$/.exec(plain) ?? [];
  return (inBrackets ?? beforePort ?? plain).replace(/%.*$/, "");
};

/**
 * An IPv4 address as it is; an IPv6 address as its /64, since a visitor may choose the rest (RFC 8981). Undefined
 * for what is neither.
 */
export const toAddress = (text: string | undefined): string | undefined => {
  // As nearly all are written.
  if (text !== undefined && IPV4.test(text)) return text;
  const bare = bareOf(text ?? "");
  if (IPV4.test(bare)) return bare;
  const groups = groupsOf(bare);
  if (!groups) return undefined;
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return mappedOf(groups) ?? `${prefix.join(":")}::/64`;
};

/** The `for` of one element, `for="[2001:db8::17]:4711";proto=https` (RFC 7239, 4). */
const forOf = (element: string): string | undefined =>
  /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;"]*)/i.exec(element)?.[1];

/**
 * The address in a header of the trusted proxy: in its last entry, which that proxy itself has written. Undefined
 * where it holds none.
 */
export const readAddress = (headers: Headers, name: string): string | undefined => {
  const entry = headers.get(name)?.split(",").at(-1);
  return toAddress(name.toLowerCase() === "forwarded" ? forOf(entry ?? "") : entry);
};
