/** Owns the Arabic texts of the steps. Must not hold a text of the form. */
import type { StepTexts } from "./shape.ts";
import type { Steps } from "./steps-en.ts";

const THANKED = "يشكر النموذج الزائر باسمه.";
const NONE = "لم يصل شيء.";
const ONE = "وصل طلب واحد بالاسم والرقم كما في النموذج.";
const DELIVERED = "طلب واحد، تم تسليمه.";
const SEND = "اضغط زر النموذج.";
const MEND = "دع نظام العميل يعمل من جديد.";
const REPLAY = "أرسل الطلب المنتظر مرة أخرى.";

const recovers = (
  title: string,
  operator: string,
  { vendor = NONE, after = ONE }: { vendor?: string; after?: string } = {},
): StepTexts => ({
  title,
  acts: [
    { do: SEND, visitor: THANKED, vendor, operator },
    { do: MEND },
    { do: REPLAY, vendor: after, operator: DELIVERED },
  ],
});

const delivered = { visitor: THANKED, vendor: ONE, operator: DELIVERED };
const nothing = { vendor: NONE, operator: "لا شيء." };

export const steps: Steps = {
  look: {
    title: "النموذج في مكانه",
    acts: [
      {
        do: "انظر إلى النموذج. ضيّق النافذة حتى يصير عمودًا واحدًا، وكبّر إلى ‎200 %‎.",
        visitor: "عنوان وثلاثة حقول وزر واحد. لا شيء مقطوع أو متراكب.",
        ...nothing,
      },
    ],
  },
  keyboard: {
    title: "طلب بلوحة المفاتيح وحدها",
    acts: [
      {
        do: "بلا فأرة: انتقل إلى النموذج بمفتاح Tab، واكتب اسمًا و0100 تليها سبعة أرقام، ثم اضغط Enter.",
        ...delivered,
        visitor: "يظهر إطار حول كل حقل عند الوصول إليه. ثم يشكر النموذج الزائر باسمه ويعيد الرقم.",
      },
    ],
  },
  empty: {
    title: "لم يُملأ شيء",
    acts: [
      { do: SEND, visitor: "ملخّص يذكر الاسم ورقم الهاتف، والحقلان معلَّمان بالأحمر.", ...nothing },
      { do: "اكتب اسمًا و0100 تليها سبعة أرقام.", visitor: "تختفي العلامات أثناء الكتابة." },
      { do: SEND, ...delivered },
    ],
  },
  arabic: {
    title: "بالعربية، من اليمين إلى اليسار",
    acts: [
      {
        do: "انظر إلى النموذج.",
        visitor: "كل النصوص عربية وتبدأ من اليمين، والرقم يُقرأ من اليسار إلى اليمين.",
      },
      { do: SEND, ...delivered },
    ],
  },
  loans: {
    title: "بالروسية وبألوان داكنة، إلى النظام الآخر",
    acts: [
      {
        do: SEND,
        visitor: "النموذج الداكن سهل القراءة، ويشكر بالروسية.",
        vendor: "لدى Brainysoft طلب واحد، فيه firstName وmobilePhone.",
        operator: DELIVERED,
      },
    ],
  },
  duplicate: {
    title: "النظام يعرف الرقم من قبل",
    acts: [
      {
        do: SEND,
        visitor: "يشكر النموذج كالعادة: لا يعرف أحد من هو عميل.",
        vendor: "لا جديد.",
        operator: DELIVERED,
      },
    ],
  },
  refused: {
    title: "النظام يرفض الرقم",
    acts: [
      {
        do: SEND,
        visitor: "رقم الهاتف معلَّم، ونص يطلبه من جديد. والباقي في مكانه.",
        vendor: NONE,
        operator: "طلب واحد، مرفوض.",
      },
      { do: MEND },
      { do: "غيّر الرقم الأخير من رقم الهاتف." },
      { do: SEND, visitor: THANKED, vendor: ONE, operator: "طلبان، والأحدث تم تسليمه." },
    ],
  },
  slow: {
    title: "النظام بطيء",
    acts: [
      {
        do: "اضغط زر النموذج وعُدّ حتى ستة.",
        visitor: "بعد ست ثوانٍ يشكر النموذج، مع أن النظام لم يجب بعد.",
        vendor: ONE,
        operator: "طلب واحد: قيد الإرسال أولًا، ثم تم تسليمه.",
      },
    ],
  },
  later: recovers("النظام متوقف", "طلب واحد في الانتظار: يُعاد إرساله تلقائيًا."),
  doubt: recovers("ضاع جواب النظام", "طلب واحد في الانتظار ومشكوك فيه: ربما وصل.", {
    vendor: "وصل طلب واحد، مع أن الجواب ضاع.",
    after: "ما زال طلبًا واحدًا.",
  }),
  drift: recovers("النظام يجيب بصفحة ويب", "طلب واحد محجوز: على شخص أن يرى هل وصل."),
  unexplained: recovers("النظام يرفض بلا سبب", "طلب واحد محجوز: unexplained."),
  key: recovers(
    "النظام يرفض مفتاحنا",
    "طلب واحد محجوز: رُفض المفتاح. وصفحة المشغّل تعرض الهدف محظورًا.",
  ),
  firewall: recovers("جدار حماية النظام يوقف الطلب", "طلب واحد محجوز."),
  form_changed: recovers(
    "نموذج النظام يطلب حقلًا آخر",
    "طلب واحد محجوز: تغيّر النموذج. وصفحة المشغّل تذكر المفتاح budget.",
  ),
  offline: {
    title: "الزائر بلا اتصال",
    acts: [
      { do: SEND, visitor: "يعد النموذج بالإرسال لاحقًا ويعرض الإلغاء.", ...nothing },
      { do: "أعد الاتصال.", ...delivered, visitor: "يشكر النموذج بلا ضغطة." },
    ],
  },
  lost: {
    title: "لا يمكن الوصول إلى الوسيط",
    acts: [
      {
        do: "اضغط زر النموذج وانتظر خمس ثوانٍ.",
        visitor: "«نحاول مرة أخرى»، ثم: لا اتصال، ولم يضِع شيء. وما كُتب ما زال موجودًا.",
        ...nothing,
      },
      { do: "أعد الاتصال." },
      { do: "اضغط «حاول مرة أخرى».", ...delivered },
    ],
  },
  unavailable: {
    title: "التخزين ممنوع والنظام متوقف",
    acts: [
      {
        do: "اضغط زر النموذج وانتظر ربع دقيقة.",
        visitor: "يقول النموذج إنه لم يستطع الإرسال، ولا يشكر أحدًا.",
        ...nothing,
      },
      { do: MEND },
      {
        do: "اضغط «حاول مرة أخرى».",
        visitor: THANKED,
        vendor: ONE,
        operator: "لا شيء: هذا الهدف ينقل فقط.",
      },
    ],
  },
  rate_limited: {
    title: "طلبات أكثر مما يجب",
    acts: [{ do: SEND, visitor: "يقول النموذج متى تُعاد المحاولة.", ...nothing }],
  },
  origin: {
    title: "صفحة ليست في القائمة",
    acts: [
      {
        do: "اضغط زر النموذج وانتظر خمس ثوانٍ.",
        visitor: "لا اتصال، ولم يضِع شيء. وتسأل وحدة تحكم المتصفح هل هذه الصفحة من مصادر الهدف.",
        ...nothing,
      },
    ],
  },
  unknown_target: {
    title: "هدف غير موجود",
    acts: [{ do: SEND, visitor: "يقول النموذج إنه غير مُعدّ كما يجب.", ...nothing }],
  },
  requests: {
    title: "طلبات لا يرسلها أي نموذج",
    acts: [
      {
        do: "أرسل الطلبات السبعة.",
        visitor: "في جدول الأجوبة كل جواب هو المطلوب.",
        vendor: "طلب واحد: الأول من طلبين بمعرّف واحد.",
      },
    ],
  },
  dead: {
    title: "رُفض بعد الشكر ثم صُحّح",
    acts: [
      {
        do: "الهدف موقوف مؤقتًا. اضغط زر النموذج.",
        visitor: THANKED,
        vendor: NONE,
        operator: "طلب واحد محجوز.",
      },
      {
        do: "استأنف الهدف. النظام يرفض الرقم.",
        vendor: NONE,
        operator: "طلب واحد، dead: على شخص أن ينظر.",
      },
      { do: MEND },
      {
        do: "صحّح الرقم، كما بعد مكالمة مع الزائر.",
        vendor: "طلب واحد بالرقم المصحَّح.",
        operator: DELIVERED,
      },
    ],
  },
  erased: {
    title: "زائر يطلب نسيانه",
    acts: [
      {
        do: "الهدف موقوف مؤقتًا. اضغط زر النموذج.",
        visitor: THANKED,
        vendor: NONE,
        operator: "طلب واحد محجوز.",
      },
      { do: "امحُ كل ما يخص هذا الرقم.", ...nothing },
      { do: "استأنف الهدف.", ...nothing },
    ],
  },
  quarantined: {
    title: "أثر روبوت",
    acts: [
      {
        do: "الحقل الذي لا يراه الناس مملوء. اضغط زر النموذج.",
        visitor: "يشكر النموذج كالعادة: لا يعرف الروبوت شيئًا.",
        vendor: NONE,
        operator: "طلب واحد في الحجر: honeypot.",
      },
      { do: "كان إنسانًا في النهاية: أفرج عنه.", vendor: ONE, operator: DELIVERED },
    ],
  },
  repeat: {
    title: "الطلب نفسه مرتين",
    acts: [
      { do: SEND, ...delivered },
      { do: "اضغط «إرسال طلب آخر».", visitor: "النموذج فارغ من جديد." },
      { do: "اكتب الاسم والرقم نفسيهما." },
      { do: SEND, visitor: THANKED, vendor: "ما زال طلبًا واحدًا.", operator: "ما زال طلبًا واحدًا." },
    ],
  },
  routes: {
    title: "نموذج واحد ومكتبان",
    acts: [
      {
        do: "المشروع Palm Hills ويبيعه مكتب آخر. اضغط زر النموذج.",
        visitor: THANKED,
        vendor: "طلب واحد فيه المشروع.",
        operator: "طلب واحد، سلّمه الهدف qa-north.",
      },
    ],
  },
  test: {
    title: "طلب اختبار",
    acts: [
      {
        do: "أرسل طلب اختبار.",
        vendor: "لا طلب: سُئل الفحص وحده.",
        operator: "طلب واحد معلَّم بأنه اختبار؛ والرفض يعني أن كل شيء ثبت.",
      },
      { do: "احذفه.", ...nothing },
    ],
  },
};
