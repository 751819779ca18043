/** Owns the Russian texts. Must not hold a text that English lacks. */
import { again, type Answers, type Labels, type Own, problems } from "./en.ts";

export const labels = {
  heading: "Заказать звонок",
  name: "Имя и фамилия",
  phone: "Телефон",
  email: "Электронная почта",
  project: "Проект",
  country: "Код страны",
  choose: "Выберите",
  optional: "необязательно",
  understood: "Мы позвоним на {phone}",
  extension: "доб.",
  notice: "Отправляя форму, вы соглашаетесь, что мы свяжемся с вами.",
  consent: "Я соглашаюсь, что вы свяжетесь со мной.",
  privacy: "Политика конфиденциальности",
  submit: "Отправить заявку",
  sending: "Отправляем…",
  close: "Закрыть",
} satisfies Labels;

export const answers = {
  ...problems(
    "Форма настроена неверно. Заявка не отправлена.",
    "Сейчас не получилось. Введённые данные сохранены.",
  ),
  ...again("Выберите проект из списка"),
  email_missing: "Введите электронную почту",
  email_invalid: "Почта в виде name@example.com",
  retrying: "Пробуем ещё раз…",
  slow: "Всё ещё отправляем. Подождите немного.",
  offline: "Нет сети. Отправим, как только связь вернётся.",
  cancel: "Отменить",
  error: "Ошибка:",
  summary: "Проверьте данные",
  failed: "Заявка не отправлена",
  again: "Повторить",
  wait: "Можно повторить через: {time}",
  call: "Позвоните нам: {phone}",
  thanks: "Спасибо, {name}",
  success: "Мы позвоним на {phone}.",
  another: "Отправить ещё одну заявку",
  name_missing: "Введите имя и фамилию",
  name_too_long: "Введите имя короче",
  phone_missing: "Введите номер телефона",
  phone_invalid: "Введите номер полностью",
  phone_incomplete: "Номер неполный. Страна: {country}. Выберите страну или начните с +",
  phone_unlikely: "Номер {phone} верный? Исправьте или отправьте ещё раз",
  phone_not_mobile: "Введите мобильный номер",
  consent_missing: "Отметьте согласие",
  network: "Нет связи с сервером. Введённые данные сохранены.",
} satisfies Answers;

export const own = {
  field_missing: "Нужен ответ",
  field_invalid: "Проверьте ответ",
  field_unknown: "Выберите из списка",
  field_range: "От {min} до {max}",
  field_min: "От {min}",
  field_max: "До {max}",
  field_too_long: "Не больше {max} символов",
} satisfies Own;
