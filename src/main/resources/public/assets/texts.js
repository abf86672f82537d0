// What a page says, in the reader's language: one file a language, flat keys.

const LANGUAGES = ["en", "de"];
const wanted = navigator.languages?.length ? navigator.languages : [navigator.language];
const languageOf = (locale) => locale.slice(0, 2).toLowerCase();
export const locale = wanted.find((one) => LANGUAGES.includes(languageOf(one))) ?? "en";
export const language = languageOf(locale);

const { default: texts } = await import(`./${language}.js`);
const plural = new Intl.PluralRules(locale);
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const percents = new Intl.NumberFormat(locale, { style: "percent" });
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });

/** The text of that name; {count} chooses between singular and plural where there are both. */
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

/** Fills the page in: data-text names the text of an element, data-label that of its label. */
export function fillIn() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
}
