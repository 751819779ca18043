/** Owns the guess which country a visitor is in, by time zone and languages. Must not ask the network. */

/**
 * The home countries, each followed by its zones of the IANA database, old names too: as many letters of what stands
 * behind the last "/" as tell a zone from all of other countries (half of the whole names). The zones of other
 * countries come with their numbering plans.
 */
export const HOME_ZONES = `EG Cai RU Ana Ast Barn Chit Irk Kal Kamc Khan Kiro Kras Mag Mos Nov Om Sak Samara Sarat Sr Tom Uly
Ust Vl Vol Yakuts Yek KZ Alm Aq Aty Or Qo Qy SA Riy AE Duba KW Kuw QA Qa BH Bahr OM Mu JO Amm LB Bei`;

const readLocale = (tag: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(tag);
  } catch {
    // Not every browser's tag is one: WebKit's may be "c".
    return undefined;
  }
};

/** Names a place: `UTC` and `Etc/GMT-3` do not. */
const PLACE = /^(?!Etc).*\/(.+)/;

/**
 * @param timeZone IANA name; "UTC" and the like say nothing
 * @param languages BCP 47 tags, the preferred first
 * @param worldZones undefined until they are here
 * @returns ISO 3166-1 alpha-2 code, or "": a region that a language names beats one that it implies; undefined where the
 * zones of the rest of the world have to tell
 */
export const guessCountryBy = (
  timeZone: string,
  languages: readonly string[],
  worldZones?: string,
): string | undefined => {
  const [, city] = PLACE.exec(timeZone) ?? [];
  let country = "";
  for (const token of (city && `${HOME_ZONES} ${worldZones ?? ""}`.match(/\S+/g)) || [])
    if (/^[A-Z]{2}$/.test(token)) country = token;
    else if (city?.startsWith(token)) return country;
  if (city && worldZones === undefined) return undefined;
  const locales = languages.map(readLocale);
  return (
    locales.find((locale) => locale?.region)?.region ??
    // English is spoken everywhere: without a region it implies none.
    locales.find((locale) => locale && locale.language !== "en")?.maximize().region ??
    ""
  );
};

/** Not in every engine, nor in the compiler's library. */
type Clock = { Temporal?: { Now: { timeZoneId(): string } } };

/** `Intl` reads the data of every language first: on a slow phone 70 ms in one piece, where Temporal takes one. */
const readTimeZone = (): string =>
  (globalThis as Clock).Temporal?.Now.timeZoneId() ??
  Intl.DateTimeFormat().resolvedOptions().timeZone ??
  "";

/** Worked out once for the page, and once more when the zones of the rest of the world have come. */
let guess: [country: string | undefined] | undefined;

const workOut = (worldZones?: string): [country: string | undefined] =>
  (guess = [guessCountryBy(readTimeZone(), navigator.languages, worldZones)]);

/** The visitor's country; "" where nothing tells, undefined where the zones of the world will. */
export const guessCountry = (): string | undefined => (guess ?? workOut())[0];

export const addZones = (worldZones: string): void => {
  workOut(worldZones);
};
