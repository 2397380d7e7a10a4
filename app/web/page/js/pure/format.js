// @ts-check
/** Numbers, units and dates as a language writes them. */

/** @typedef {"en" | "nl"} Language */

const LOCALES = { en: "en-GB", nl: "nl-BE" };

/** @type {Map<string, Intl.NumberFormat>} */
const known = new Map();

/**
 * Write a number.
 * @param {Language} language
 * @param {number} value
 * @param {number} [most] decimals at most
 * @param {number} [least] decimals at least
 * @returns {string}
 */
export function number(language, value, most = 0, least = most) {
  const key = `${language} ${most} ${least}`;
  let format = known.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: most, minimumFractionDigits: least });
    known.set(key, format);
  }
  return format.format(value === 0 ? 0 : value).replace("-", "\u2212");
}

/**
 * Write a difference with its sign; none for zero.
 * @param {Language} language
 * @param {number} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function signed(language, value, decimals = 0) {
  const text = number(language, Math.abs(value), decimals);
  if (text === number(language, 0, decimals)) return text;
  return (value > 0 ? "+" : "\u2212") + text;
}

/**
 * Write a share as per cent.
 * @param {Language} language
 * @param {number} share
 * @param {number} [decimals]
 * @returns {string}
 */
export const percent = (language, share, decimals = 1) => `${number(language, 100 * share, decimals)}\u00a0%`;

/**
 * Write points, from billionths of a point.
 * @param {Language} language
 * @param {number} nano
 * @param {number} [decimals]
 * @returns {string}
 */
export const points = (language, nano, decimals = 2) => number(language, nano / 1e9, decimals);

/**
 * Write what points amount to: two decimals, or the first two digits of what is less, so that only 0 is "0".
 * @param {Language} language
 * @param {number} nano
 * @returns {string}
 */
export function price(language, nano) {
  const value = Math.abs(nano) / 1e9;
  if (!value) return number(language, 0);
  return points(language, nano, Math.min(9, Math.max(2, 1 - Math.floor(Math.log10(value)))));
}

/**
 * Write a moment.
 * @param {Language} language
 * @param {string} iso
 * @returns {string}
 */
export const moment = (language, iso) =>
  new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));

/**
 * Write a list: "Aalst, Lede and Erpe-Mere".
 * @param {Language} language
 * @param {string[]} items
 * @returns {string}
 */
export const list = (language, items) =>
  new Intl.ListFormat(LOCALES[language], { style: "long", type: "conjunction" }).format(items);

/**
 * Compare names as a dictionary does.
 * @param {Language} language
 * @returns {(a: string, b: string) => number}
 */
export const byName = (language) => new Intl.Collator(LOCALES[language]).compare;

/**
 * Write a number with all digits that count, seven at most.
 * @param {Language} language
 * @param {number} value
 * @returns {string}
 */
export const significant = (language, value) => new Intl.NumberFormat(LOCALES[language], { maximumSignificantDigits: 7 }).format(value);
