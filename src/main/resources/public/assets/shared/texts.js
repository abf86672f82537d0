// What a page says, in the reader's language. Each language is a file with flat keys.

import { offer } from "./elements.js";
import { kept } from "./kept.js";
import { DAY_MS } from "./units.js";

const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };
const wanted = (navigator.languages?.length ? navigator.languages : [navigator.language]).filter(isLocale);
const languageOf = (locale) => locale.slice(0, 2).toLowerCase();
const chosen = kept("language");
export const language = Object.hasOwn(LANGUAGES, chosen) ? chosen : languageOf(wanted.find((one) => languageOf(one) in LANGUAGES) ?? "en");
export const locale = wanted.find((one) => languageOf(one) === language) ?? language;

const { default: texts } = await import(`./${language}.js`);
const plural = new Intl.PluralRules(locale);
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const percents = new Intl.NumberFormat(locale, { style: "percent" });
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const clockWithDay = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "2-digit", minute: "2-digit" });

/** Some browsers name a locale that Intl refuses, such as en-US@posix. */
function isLocale(name) {
  try {
    return Intl.getCanonicalLocales(name).length > 0;
  } catch {
    return false;
  }
}

/** The text of that name. {count} chooses between singular and plural where there are both. */
export function text(name, values = {}) {
  const found = texts[`${name}.${plural.select(values.count ?? 0)}`] ?? texts[`${name}.other`] ?? texts[name];
  if (found === undefined) throw new Error(`no text is called ${name}`);
  return found.replace(/\{(\w+)\}/g, (_, value) => {
    const given = values[value];
    return typeof given === "number" ? number.format(given) : given;
  });
}

export const whole = (value) => number.format(value);
export const percent = (value) => percents.format(value / 100);
export const timeOfDay = (ms) => clock.format(ms);

/** A moment in the past, with the day if it is half a day ago or more. */
export const moment = (ms, nowMs) => (nowMs - ms < DAY_MS / 2 ? clock : clockWithDay).format(ms);

export function offerLanguages(select) {
  const options = Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code, false, code === language));
  for (const option of options) option.lang = option.value;
  offer(select, "language", options);
}

/** Fills in the page: data-text names the text of an element, data-label that of its label. */
export function fillIn() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
}
