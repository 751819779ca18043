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
  /** What is kept beside the number. */
  extension?: string;
  /** The widget knows too little (its countries, the target's): it lets the shape pass, the proxy decides. */
  world?: true;
}

const EG = "+201012345678";
const RU = "+79776200777";

/** Ways to write one number with what people and apps put around it. */
const written = (
  country: string,
  expected: `+${string}`,
  typed: readonly string[],
  rest: Partial<PhoneCase> = {},
): PhoneCase[] => typed.map((text) => ({ typed: text, country, expected, ...rest }));

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

  // Labels, in the languages of the form and others, and what a copied text brings along.
  ...written("RU", RU, [
    "тел.: 8 977 620-07-77",
    "Тел 89776200777",
    "тел89776200777",
    "т. 8 977 620 07 77",
    "моб.: +7 977 620-07-77",
    "моб 89776200777",
    "Мобильный телефон — 89776200777",
    "(моб.) 8 977 620-07-77",
    "Тел. (WhatsApp): +7 977 620-07-77",
    "мой номер 8 977 620 07 77",
    "№89776200777",
    "м: 89776200777",
    "89776200777,",
    "89776200777.",
    "89776200777;",
    "8-977-620-07-77 -",
    "'+79776200777",
    "«+7 977 620-07-77»",
    "📞 8 977 620-07-77",
    "☎️+7 977 620-07-77",
    "+7 977 620-07-77 👍",
    "8\u2212977\u00AD620\u20110777",
    "8 977 620–07—77",
    "8·977·620·07·77",
  ]),
  ...written("EG", EG, [
    "Mob: 01012345678",
    "Mob.01012345678",
    "Phone - 01012345678",
    "Telefono 01012345678",
    "Tel.: (+20) 1012345678",
    "cell 010 1234 5678",
    "my number is 01012345678",
    "موبايل: 01012345678",
    "رقم ٠١٠١٢٣٤٥٦٧٨",
    "رقمي هو 01012345678",
    "هاتف/ 01012345678",
    "ت: ٠١٠١٢٣٤٥٦٧٨",
    "01012345678،",
    "📱01012345678📱",
    "0️⃣1️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    "०१०१२३४५६७८",
    "০১০১২৩৪৫৬৭৮",
    "𝟎𝟏𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
  ]),
  // Links.
  ...written("RU", EG, [
    "tel:+201012345678",
    "tel://+201012345678",
    "TEL:%2B20%2010%201234%205678",
    "callto:+201012345678",
    "sms:+201012345678",
    "tel:010-1234-5678;phone-context=+20",
    "https://wa.me/201012345678",
    "wa.me/201012345678",
    "http://wa.me/+201012345678?text=Hi%202",
    "https://api.whatsapp.com/send?phone=201012345678",
    "https://api.whatsapp.com/send/?phone=%2B201012345678&text=1&type=phone_number",
    "https://web.whatsapp.com/send?text=1&phone=201012345678",
    "whatsapp://send?phone=201012345678",
    "viber://chat?number=%2B201012345678",
    "https://t.me/+201012345678",
  ]),
  // Signs at the wrong place, and codes typed twice.
  ...written("EG", EG, [
    "٢٠١٠١٢٣٤٥٦٧٨+",
    "201012345678+",
    "+00201012345678",
    "+0020 101 234 5678",
    "++201012345678",
    "+ 20 10 1234 5678",
    "+(20) 1012345678",
    "(00 20) 1012345678",
    "+01012345678",
    "01012345678+",
    "+20+201012345678",
    "+20 +20 10 1234 5678",
    "20+201012345678",
    "+20 20 10 1234 5678",
    "+20 00201012345678",
    "+20 201012345678",
  ]),
  ...written("KZ", "+77071234567", [
    "+7+77071234567",
    "+7 +7 707 123 45 67",
    "+7 7 707 123 45 67",
    "+7 8 707 123 45 67",
    "8+7 707 123 45 67",
    "+8 707 123 45 67",
    "8 (707) 123-45-67",
  ]),
  ...written("RU", "+79161234567", [
    "+7 8 916 123-45-67",
    "+7 (8) 916 123-45-67",
    "+8 (916) 123-45-67",
    "7+79161234567",
    "+7 7 916 123 45 67",
  ]),
  ...written("RU", "+74951234567", ["+8 495 123-45-67", "+8 (495) 123-45-67"], { mobile: false }),
  ...written("AE", "+971501234567", [
    "+971 971 50 123 4567",
    "+971 (0)50 123 4567",
    "+971 (050) 123 4567",
    "00971 050 123 4567",
  ]),
  // Numbers for service, which a numbering plan holds: no question.
  { typed: "8 (800) 555-35-35", country: "RU", expected: "+78005553535", mobile: false },
  { typed: "+7 800 555 35 35", country: "RU", expected: "+78005553535", mobile: false },
  { typed: "8 800 080 77 77", country: "KZ", expected: "+78000807777", mobile: false },
  { typed: "920001234", country: "SA", expected: "+966920001234", mobile: false },
  { typed: "800 124 1234", country: "SA", expected: "+9668001241234", mobile: false },
  { typed: "600 522222", country: "AE", expected: "+971600522222", mobile: false },
  { typed: "800 12345", country: "AE", expected: "+97180012345", mobile: false },
  { typed: "0800 1234567", country: "EG", expected: "+208001234567", mobile: false },
  { typed: "1800 123", country: "KW", expected: "+9651800123", mobile: false },
  { typed: "8001 2345", country: "BH", expected: "+97380012345", mobile: false },
  { typed: "800 1234", country: "QA", expected: "+9748001234", mobile: false },
  { typed: "8007 1234", country: "OM", expected: "+96880071234", mobile: false },
  { typed: "0800 12345", country: "JO", expected: "+96280012345", mobile: false },
  // Extensions.
  ...written(
    "RU",
    "+74951234567",
    [
      "8 495 123-45-67 доб. 123",
      "8 495 123-45-67 доб 123",
      "8 495 123-45-67, доб.123",
      "8 495 123-45-67 (доб. 123)",
      "8 495 123-45-67 добавочный 123",
      "8 495 123-45-67 вн. 123",
      "8 495 123-45-67 внутр. 123",
      "+7 495 123-45-67 ext. 123",
      "+7 495 123-45-67 ext 123",
      "+7 495 123-45-67 Extension: 123",
      "+7 495 123-45-67 extn 123",
      "+74951234567x123",
      "+74951234567 x 123",
      "+74951234567х123",
      "+74951234567#123",
      "+74951234567p123",
      "+74951234567,,123",
      "+74951234567;123",
      "tel:+74951234567;ext=123",
      "tel:+7-495-123-45-67;isub=9;ext=123",
      "84951234567 تحويلة 123",
      "84951234567 تحويلة: ١٢٣",
      "84951234567 داخلي 123",
      "84951234567 dahili 123",
    ],
    { mobile: false, extension: "123" },
  ),
  // A few words behind the number are kept, and no reason to ask.
  { typed: "01012345678 WhatsApp", country: "EG", expected: EG, extension: "WhatsApp" },
  { typed: "01012345678 (واتساب)", country: "EG", expected: EG, extension: "واتساب" },
  { typed: "8 977 620-07-77 моб.", country: "RU", expected: RU, extension: "моб" },
  { typed: "8 977 620-07-77 после 18", country: "RU", expected: RU, extension: "после 18" },
  // Two numbers: the first is read, the second kept, and the visitor asked.
  ...written(
    "EG",
    EG,
    [
      "01012345678 / 01112345678",
      "01012345678/01112345678",
      "01012345678, 01112345678",
      "01012345678، 01112345678",
      "01012345678; 01112345678",
      "01012345678 | 01112345678",
      "01012345678\n01112345678",
      "01012345678 01112345678",
      "01012345678 or 01112345678",
      "01012345678 أو 01112345678",
      "01012345678 и 01112345678",
      "01012345678 — тел. 01112345678",
      "01012345678 ext. 01112345678",
      "Mob: 01012345678, WhatsApp: 01112345678",
    ],
    { likely: false, extension: "01112345678" },
  ),
  {
    typed: "8 977 620 07 77 или 8 495 123-45-67",
    country: "RU",
    expected: RU,
    likely: false,
    extension: "8 495 123-45-67",
  },
  {
    typed: "8 977 620-07-77 доб. 8 977 620-07-78",
    country: "RU",
    expected: RU,
    likely: false,
    extension: "8 977 620-07-78",
  },
  { typed: "8 977 620 07 77/78", country: "RU", expected: RU, likely: false, extension: "78" },
  {
    typed: "050 123 4567 055 765 4321",
    country: "AE",
    expected: "+971501234567",
    likely: false,
    extension: "055 765 4321",
  },
  {
    typed: "8 977 620 07 77 (12)",
    country: "RU",
    expected: RU,
    likely: false,
    extension: "12",
  },
  // Slips that would make it another number.
  ...[
    "О1012345678",
    "OO201012345678",
    "0101234567O",
    "0101234567 O",
    "0101234O678",
    "01012345678x",
    "01012345678abc",
    "1.01234E+10",
    "mona@example.com",
    "+",
    "тел.:",
    "",
    "0101".repeat(70),
  ].map((typed) => ({ typed, country: "EG", expected: "phone_invalid" as const })),

  // Russia and Kazakhstan, which share +7 and the trunk 8.
  { typed: "89776200777", country: "RU", expected: RU },
  { typed: "79776200777", country: "RU", expected: RU },
  { typed: "9776200777", country: "RU", expected: RU },
  { typed: "+7 (977) 620-07-77", country: "RU", expected: RU },
  { typed: "8 (977) 620-07-77", country: "RU", expected: RU },
  { typed: "8 (977) 620-07-77 доб. 12", country: "RU", expected: RU, extension: "12" },
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
  { typed: "+999 1234567890", country: "EG", expected: "phone_invalid" },
];
