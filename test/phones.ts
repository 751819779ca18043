/**
 * Owns the table of typed phone numbers and what they mean. Must not use a library, since it holds the
 * proxy and the widget to the same rows.
 */

export interface PhoneCase {
  /** As the visitor types or pastes it. */
  typed: string;
  /** ISO code by which a national number is read. */
  country: string;
  /** The target's own country, where it differs. */
  home?: string;
  /** E.164, or the code the field gets. */
  expected: `+${string}` | "phone_invalid";
  /** False: a possible length outside the known ranges, asked once (`phone_unlikely`). Default true. */
  likely?: boolean;
  /** False for a landline; undefined where the plan does not tell. Default true. */
  mobile?: boolean | undefined;
  /** The widget knows too little (its countries, the target's): it lets the shape pass, the proxy decides. */
  world?: true;
}

const EG = "+201012345678";
const RU = "+79776200777";

export const PHONES: readonly PhoneCase[] = [
  // Egypt, as people write it.
  { typed: "01012345678", country: "EG", expected: EG },
  { typed: "1012345678", country: "EG", expected: EG },
  { typed: "201012345678", country: "EG", expected: EG },
  { typed: "00201012345678", country: "EG", expected: EG },
  { typed: "0020 10 1234 5678", country: "EG", expected: EG },
  { typed: "+201012345678", country: "EG", expected: EG },
  { typed: "+20 010 1234 5678", country: "EG", expected: EG },
  { typed: "+20 (0)1012345678", country: "EG", expected: EG },
  { typed: "+2 01012345678", country: "EG", expected: EG },
  { typed: "(+20) 1012345678", country: "EG", expected: EG },
  { typed: "(0020) 1012345678", country: "EG", expected: EG },
  { typed: "010.1234.5678", country: "EG", expected: EG },
  { typed: "010\u20111234\u20115678", country: "EG", expected: EG },
  { typed: "010\u00A01234\u00A05678", country: "EG", expected: EG },
  { typed: "  010 1234 5678  ", country: "EG", expected: EG },
  // Digits of other scripts.
  { typed: "٠١٠١٢٣٤٥٦٧٨", country: "EG", expected: EG },
  { typed: "۰۱۰۱۲۳۴۵۶۷۸", country: "EG", expected: EG },
  { typed: "01٠12345678", country: "EG", expected: EG },
  { typed: "＋２０１０１２３４５６７８", country: "EG", expected: EG },
  // Marks and links that come along when a number is copied.
  { typed: "\u200E+20 10 12345678\u200E", country: "EG", expected: EG },
  { typed: "\u202A+20 10 1234 5678\u202C", country: "EG", expected: EG },
  { typed: "\u206601012345678\u2069", country: "EG", expected: EG },
  { typed: "tel:+201012345678", country: "EG", expected: EG },
  // What must never be read as a number.
  { typed: "O1001234567", country: "EG", expected: "phone_invalid" },
  { typed: "01OO1234567", country: "EG", expected: "phone_invalid" },
  { typed: "010_1234_5678", country: "EG", expected: "phone_invalid" },
  { typed: "01012345678 / 01112345678", country: "EG", expected: "phone_invalid" },
  { typed: "010123456789", country: "EG", expected: "phone_invalid" },
  { typed: "+20 12", country: "EG", expected: "phone_invalid" },
  { typed: "123", country: "EG", expected: "phone_invalid" },
  { typed: "call me", country: "EG", expected: "phone_invalid" },
  // A possible length outside the ranges the numbering plan knows: asked once.
  {
    typed: "0101234567",
    country: "EG",
    expected: "+20101234567",
    likely: false,
    mobile: undefined,
  },
  {
    typed: "01312345678",
    country: "EG",
    expected: "+201312345678",
    likely: false,
    mobile: undefined,
  },
  // A landline is a number too.
  { typed: "0225740000", country: "EG", expected: "+20225740000", mobile: false },

  // Russia and Kazakhstan, which share +7 and the trunk 8.
  { typed: "89776200777", country: "RU", expected: RU },
  { typed: "79776200777", country: "RU", expected: RU },
  { typed: "9776200777", country: "RU", expected: RU },
  { typed: "+7 (977) 620-07-77", country: "RU", expected: RU },
  { typed: "8 (977) 620-07-77", country: "RU", expected: RU },
  { typed: "8 (977) 620-07-77 доб. 12", country: "RU", expected: RU },
  { typed: "тел: 89776200777", country: "RU", expected: RU },
  { typed: "+8 977 620 07 77", country: "RU", expected: RU },
  { typed: "+8 (977) 620-07-77", country: "EG", home: "RU", expected: RU, world: true },
  { typed: "+8 977 620 07 77", country: "EG", expected: "phone_invalid", world: true },
  { typed: "84951234567", country: "RU", expected: "+74951234567", mobile: false },
  { typed: "+7 701 234 56 78", country: "RU", expected: "+77012345678" },
  { typed: "8 701 234 56 78", country: "RU", expected: "+77012345678" },
  { typed: "7012345678", country: "KZ", expected: "+77012345678" },
  { typed: "87012345678", country: "KZ", expected: "+77012345678" },
  { typed: "8-10-20-101-234-5678", country: "RU", expected: EG },
  { typed: "810 20 101 234 5678", country: "RU", expected: EG },
  { typed: "797762007777", country: "RU", expected: "phone_invalid" },
  { typed: "897762007", country: "RU", expected: "phone_invalid" },
  { typed: "+7 977 620 07 7", country: "RU", expected: "phone_invalid" },

  // The Gulf and the Levant.
  { typed: "0512345678", country: "SA", expected: "+966512345678" },
  { typed: "٠٥١٢٣٤٥٦٧٨", country: "SA", expected: "+966512345678" },
  { typed: "+966 0512345678", country: "SA", expected: "+966512345678" },
  { typed: "+966 51 234 567", country: "SA", expected: "phone_invalid" },
  { typed: "0501234567", country: "AE", expected: "+971501234567" },
  { typed: "00971501234567", country: "AE", expected: "+971501234567" },
  { typed: "+971 0501234567", country: "AE", expected: "+971501234567" },
  { typed: "51234567", country: "KW", expected: "+96551234567" },
  { typed: "33123456", country: "QA", expected: "+97433123456" },
  { typed: "36001234", country: "BH", expected: "+97336001234" },
  { typed: "92123456", country: "OM", expected: "+96892123456" },
  { typed: "0790123456", country: "JO", expected: "+962790123456" },
  { typed: "71 123456", country: "LB", expected: "+96171123456" },
  { typed: "03 123456", country: "LB", expected: "+9613123456" },

  // Elsewhere: a leading plus is enough for the widget.
  { typed: "+44 7400 123456", country: "EG", expected: "+447400123456", world: true },
  { typed: "0044 7400 123456", country: "EG", expected: "+447400123456", world: true },
  { typed: "+49 1512 3456789", country: "RU", expected: "+4915123456789", world: true },
  { typed: "+84951234567", country: "RU", expected: "+84951234567", world: true },
  { typed: "07400 123456", country: "GB", expected: "+447400123456", world: true },
  { typed: "+999 1234567890", country: "EG", expected: "phone_invalid", world: true },
];
