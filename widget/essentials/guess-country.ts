/** Owns the guess which country a visitor is in, by time zone and languages. Must not ask the network. */

/**
 * Countries of the vendors' customers, and those where their expatriates mostly come from or live. Each is
 * followed by its zones of the IANA database, old names too: as many letters of what stands behind the last
 * "/" as tell a zone from all of other countries (half of the whole names, 0.6 kB). A zone that is not here
 * says nothing.
 */
const ZONES = `EG Cai;RU Ana Ast Barn Chit Irk Kal Kamc Khan Kiro Kras Mag Mos Nov Om Sak Samara Sarat Sr Tom
Uly Ust Vl Vol Yakuts Yek;KZ Alm Aq Aty Or Qo Qy;SA Riy;AE Duba;KW Kuw;QA Qa;BH Bahr;OM Mu;JO
Amm;LB Bei;IN Cal Kol;PK Kar;BD Dh;PH Mani;LK Col;NP Kat;ID Jak Jay Mak Pont;SY Dam;SD Khar;YE
Aden;IQ Bag;PS Gaz Heb;TN Tun;MA Casa;DZ Alg;LY Tri;IR Teh;TR Ist;ET Add;KE Nai;NG Lag;ZA Joha;
GB Lond;US Ada Anc Beu Boi Cente Chic Den Det Hono Indianap Jun Kn Los Lou Mare Meno Met Monti
New_ Nom Pet Pho Sit Tell Ve Vin Wina Yakuta;CA Ati Blanc Camb Cora Cr Daw Ed Fort_N Gl Goo Hal
Inu Iq Monc Rank Reg Res St_J Sw Toro Van Wh Winn;FR Pari;DE Berl Bus;IT Rom;ES Cana Ceu Madr;
UA Kie Ky;UZ Samark Tash;KG Bish;TJ Dus;TM Ashg;AZ Bak;AM Yer;GE Tb;BY Min;MD Chis;CN Sha Ur;KR
Se;AU Adel Bri Bro Darw Eu Hob Lin Lor Macq Mel Per Syd;IL Jeru;NL Ams;CH Zur;AT Vienn;SE Sto;
GR Ath;CY Fam Nic;PL War`;

/** Country and beginning of a zone. */
const zones = ZONES.split(";").flatMap((row) => {
  const [country, ...starts] = row.trim().split(/\s+/);
  return starts.map((start) => [country!, start] as const);
});

const readLocale = (tag: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(tag);
  } catch {
    // Not every browser's tag is one: WebKit's may be "c".
    return undefined;
  }
};

/**
 * @param timeZone IANA name; "UTC" and the like say nothing
 * @param languages BCP 47 tags, the preferred first
 * @returns ISO 3166-1 alpha-2 code; a region that a language names beats one that it implies
 */
export const guessCountryBy = (
  timeZone: string,
  languages: readonly string[],
): string | undefined => {
  const locales = languages.map(readLocale);
  const city = timeZone.split("/").slice(1).at(-1);
  return (
    zones.find(([, start]) => city?.startsWith(start))?.[0] ??
    locales.find((locale) => locale?.region)?.region ??
    // English is spoken everywhere: without a region it implies none.
    locales.find((locale) => locale && locale.language !== "en")?.maximize().region
  );
};

/** Not in every engine, nor in the compiler's library. */
type Clock = { Temporal?: { Now: { timeZoneId(): string } } };

/** `Intl` reads the data of every language first: on a slow phone 70 ms in one piece, where Temporal takes one. */
const readTimeZone = (): string =>
  (globalThis as Clock).Temporal?.Now.timeZoneId() ??
  Intl.DateTimeFormat().resolvedOptions().timeZone ??
  "";

let guess: string | undefined;

/** The visitor's country, or "", worked out once for the page. */
export const guessCountry = (): string =>
  (guess ??= guessCountryBy(readTimeZone(), navigator.languages) ?? "");
