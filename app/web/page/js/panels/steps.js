// @ts-check
/** A step of the history in words. */

import { keyName, valueName } from "../words/keys.js";
import { list } from "../pure/format.js";
import { language, say, t } from "../texts.js";

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
  const what = step.key ? keyName(step.key, given) : "";
  const value = step.said === "preset" ? presetName(step.value, given) : valueName(step.key, step.value);
  const name = t(key, { who, what, value });
  return step.level ? t("key.zones", { name }) : name;
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

/**
 * @param {string} name
 * @param {any} given
 * @returns {string}
 */
function presetName(name, given) {
  const found = given.presets.find((/** @type {any} */ one) => one.key === name);
  return found ? say(found.label) : name;
}
