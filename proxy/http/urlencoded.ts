/** Owns the reading of a form's body (URL, 5.1). Must not differ from `URLSearchParams`, which costs ten times as much. */

const decode = (text: string): string => {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
};

/** The fields by name; the last of a repeated one wins. */
export const readUrlencoded = (text: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  try {
    for (const pair of text.split("&")) {
      const end = pair.indexOf("=");
      if (end >= 0) fields.set(decode(pair.slice(0, end)), decode(pair.slice(end + 1)));
      else if (pair !== "") fields.set(decode(pair), "");
    }
    return fields;
  } catch {
    // A stray percent sign, or bytes that are no UTF-8.
    // It drops one question mark at the start, as of an address.
    return new Map(new URLSearchParams(`?${text}`));
  }
};
