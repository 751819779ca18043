/** Owns the guess which country a visitor is in, by time zone and languages. Must not ask the network. */

/**
 * Countries of the vendors' customers, and those where their expatriates mostly come from or live. Each is
 * followed by its zones of the IANA database, old names too, without the part before the last "/".
 * 0.9 kB (brotli); a zone that is not here says nothing.
 */
const ZONES = `EG Cairo;
RU Anadyr Astrakhan Barnaul Chita Irkutsk Kaliningrad Kamchatka Khandyga Kirov Krasnoyarsk Magadan
Moscow Novokuznetsk Novosibirsk Omsk Sakhalin Samara Saratov Srednekolymsk Tomsk Ulyanovsk
Ust-Nera Vladivostok Volgograd Yakutsk Yekaterinburg;
KZ Almaty Aqtau Aqtobe Atyrau Oral Qostanay Qyzylorda;SA Riyadh;AE Dubai;KW Kuwait;QA Qatar;
BH Bahrain;OM Muscat;JO Amman;LB Beirut;IN Calcutta Kolkata;PK Karachi;BD Dhaka;PH Manila;
LK Colombo;NP Kathmandu Katmandu;ID Jakarta Jayapura Makassar Pontianak;SY Damascus;SD Khartoum;
YE Aden;IQ Baghdad;PS Gaza Hebron;TN Tunis;MA Casablanca;DZ Algiers;LY Tripoli;IR Tehran;
TR Istanbul;ET Addis_Ababa;KE Nairobi;NG Lagos;ZA Johannesburg;GB London;
US Adak Anchorage Beulah Boise Center Chicago Denver Detroit Honolulu Indianapolis Juneau Knox
Los_Angeles Louisville Marengo Menominee Metlakatla Monticello New_Salem New_York Nome Petersburg
Phoenix Sitka Tell_City Vevay Vincennes Winamac Yakutat;
CA Atikokan Blanc-Sablon Cambridge_Bay Coral_Harbour Creston Dawson Dawson_Creek Edmonton
Fort_Nelson Glace_Bay Goose_Bay Halifax Inuvik Iqaluit Moncton Rankin_Inlet Regina Resolute
St_Johns Swift_Current Toronto Vancouver Whitehorse Winnipeg;
FR Paris;DE Berlin Busingen;IT Rome;ES Canary Ceuta Madrid;UA Kiev Kyiv;UZ Samarkand Tashkent;
KG Bishkek;TJ Dushanbe;TM Ashgabat;AZ Baku;AM Yerevan;GE Tbilisi;BY Minsk;MD Chisinau;
CN Shanghai Urumqi;KR Seoul;
AU Adelaide Brisbane Broken_Hill Darwin Eucla Hobart Lindeman Lord_Howe Macquarie Melbourne Perth
Sydney;
IL Jerusalem;NL Amsterdam;CH Zurich;AT Vienna;SE Stockholm;GR Athens;CY Famagusta Nicosia;
PL Warsaw`;

const zoneCountries = new Map(
  ZONES.split(";").flatMap((row) => {
    const [country, ...cities] = row.trim().split(/\s+/);
    return cities.map((city): [string, string] => [city, country!]);
  }),
);

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
  return (
    zoneCountries.get(timeZone.split("/").slice(1).at(-1) ?? "") ??
    locales.find((locale) => locale?.region)?.region ??
    // English is spoken everywhere: without a region it implies none.
    locales.find((locale) => locale && locale.language !== "en")?.maximize().region
  );
};

let guess: string | undefined;

/** The visitor's country, worked out once for the page. */
export const guessCountry = (): string | undefined =>
  (guess ??= guessCountryBy(
    Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    navigator.languages,
  ));
