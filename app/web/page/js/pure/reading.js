// @ts-check
/** Numbers as people write them, and bounds that stay in order. */

/** @typedef {import("./format.js").Language} Language */

const GROUPED = { en: /^\d{1,3}(,\d{3})+(\.\d+)?$/, nl: /^\d{1,3}(\.\d{3})+(,\d+)?$/ };

/**
 * Read a number that is not below zero: grouped as the language does, with a comma or a point before its decimals.
 * @param {Language} language
 * @param {string} text
 * @returns {number | null} null where it is none
 */
export function readNumber(language, text) {
  let bare = text.replace(/[\s\u00a0\u202f]/g, "");
  if (GROUPED[language].test(bare)) bare = language === "en" ? bare.replace(/,/g, "") : bare.replace(/\./g, "").replace(",", ".");
  else bare = bare.replace(",", ".");
  return /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(bare) ? Number(bare) : null;
}

/** @typedef {{ min: number, max: number, floor: number | null, ceiling: number | null }} Bounds */

/**
 * What else has to be set where a bound is: soft bounds stay soft, and none passes another one.
 * @param {Bounds} bounds
 * @param {keyof Bounds} key
 * @param {number | null} value
 * @returns {Record<string, number | null>} by key of a scenario, the one that is set among them
 */
export function boundsWith(bounds, key, value) {
  const now = { ...bounds, [key]: value };
  if (key === "min") now.max = Math.max(now.max, now.min);
  if (key === "max") now.min = Math.min(now.min, now.max);
  if (key === "floor" && now.floor !== null) now.min = Math.max(now.min, now.floor);
  if (key === "floor" && now.floor !== null) now.max = Math.max(now.max, now.min);
  if (key === "ceiling" && now.ceiling !== null) now.max = Math.min(now.max, now.ceiling);
  if (key === "ceiling" && now.ceiling !== null) now.min = Math.min(now.min, now.max);
  if (now.floor !== null) now.floor = Math.min(now.floor, now.min);
  if (now.ceiling !== null) now.ceiling = Math.max(now.ceiling, now.max);
  return Object.fromEntries(Object.entries(now).map(([name, one]) => [`population.${name}`, one]));
}
