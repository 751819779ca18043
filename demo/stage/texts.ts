/** Owns the texts of the made-up customer pages around the form. Must not hold a text of the form. */

interface PageText {
  title: string;
  text: string;
  open: string;
}

export const PAGE_TEXTS: Readonly<Record<string, Record<"sakneen" | "brainysoft", PageText>>> = {
  en: {
    sakneen: {
      title: "Homes above the river",
      text: "Two and three rooms, a garden on every roof, ten minutes from the centre. Leave your number and we will call you back today.",
      open: "Request a call",
    },
    brainysoft: {
      title: "A loan decided in minutes",
      text: "Tell us who you are. A person will call you and explain every figure before you sign anything.",
      open: "Request a call",
    },
  },
  ar: {
    sakneen: {
      title: "بيوت تطل على النهر",
      text: "غرفتان أو ثلاث، وحديقة على كل سطح، وعشر دقائق من وسط المدينة. اترك رقمك وسنتصل بك اليوم.",
      open: "اطلب مكالمة",
    },
    brainysoft: {
      title: "قرض يُبتّ فيه خلال دقائق",
      text: "عرّفنا بنفسك. سيتصل بك موظف ويشرح لك كل رقم قبل أن توقّع على أي شيء.",
      open: "اطلب مكالمة",
    },
  },
  ru: {
    sakneen: {
      title: "Квартиры над рекой",
      text: "Две и три комнаты, сад на каждой крыше, десять минут до центра. Оставьте номер, и мы перезвоним сегодня.",
      open: "Заказать звонок",
    },
    brainysoft: {
      title: "Решение по займу за несколько минут",
      text: "Представьтесь, и сотрудник позвонит вам и объяснит каждую цифру до подписания договора.",
      open: "Заказать звонок",
    },
  },
};
