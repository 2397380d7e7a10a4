// @ts-check
/** A step of the history in words. */

import { list } from "../pure/format.js";
import { has, language, say, t } from "../texts.js";

/**
 * @param {any} step
 * @param {any} given
 * @returns {string}
 */
export function stepText(step, given) {
  if (step.text) return say(step.text);
  const names = step.municipalities.map((/** @type {string} */ code) => nameOf(given, code));
  const shown = names.length > 4 ? [...names.slice(0, 3), t("step.more", { n: names.length - 3 })] : names;
  const who = list(language(), shown);
  const key = step.lock ? `step.${step.said}.${step.lock}` : `step.${step.said}`;
  const value = typeof step.value === "object" && step.value !== null ? JSON.stringify(step.value) : String(step.value ?? "–");
  const what = step.key ? (has(`key.${step.key}`) ? t(`key.${step.key}`) : step.key) : "";
  return t(key, { who, what, value });
}

/**
 * @param {any} given
 * @param {string} code
 * @returns {string}
 */
function nameOf(given, code) {
  const found = given.municipalities.find((/** @type {any} */ one) => one.code === code);
  return found ? found.name : code;
}
