// @ts-check
/** Texts in the language of the page. */

import en from "../texts/en.js";
import nl from "../texts/nl.js";

/** @typedef {"en" | "nl"} Language */
/** @typedef {{ en: string, nl: string | null }} Text */

const DICTIONARIES = /** @type {Record<Language, Record<string, string>>} */ ({ en, nl });

/** @type {Language} */
let spoken = "en";

/** @returns {Language} */
export const language = () => spoken;

/** @param {Language} chosen */
export function speak(chosen) {
  spoken = chosen;
}

/**
 * Give a text; `{name}` in it is replaced by what `given` says. A key without a text is shown as it is.
 * @param {string} key
 * @param {Record<string, string | number>} [given]
 * @returns {string}
 */
export function t(key, given = {}) {
  const text = DICTIONARIES[spoken][key] ?? DICTIONARIES.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
}

/**
 * Give a text for a number of things: `key.one` for one, `key.other` for none or several.
 * @param {string} key
 * @param {number} number
 * @param {Record<string, string | number>} [given] `n` is the number as it is, unless it is given
 * @returns {string}
 */
export const tn = (key, number, given = {}) => t(`${key}.${number === 1 ? "one" : "other"}`, { n: number, ...given });

/** Whether there is a text of this key.
 * @param {string} key
 */
export const has = (key) => key in DICTIONARIES.en;

/**
 * Give a sentence of the server in the language of the page; English where it is known in no other.
 * @param {Text | null | undefined} text
 * @returns {string}
 */
export const say = (text) => (text ? (text[spoken] ?? text.en) : "");

/**
 * Give the language in which `say` says a sentence, for the attribute `lang`.
 * @param {Text | null | undefined} text
 * @returns {Language}
 */
export const spokenIn = (text) => (text && text[spoken] === null ? "en" : spoken);

/**
 * Give a text in every language: `build` is called once for each, while that one is spoken.
 * @param {() => string} build
 * @returns {{ en: string, nl: string }}
 */
export function inEach(build) {
  const before = spoken;
  try {
    const [en, nl] = /** @type {const} */ (["en", "nl"]).map((one) => {
      spoken = one;
      return build();
    });
    return { en, nl };
  } finally {
    spoken = before;
  }
}
