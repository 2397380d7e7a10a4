// @ts-check
/** Rules and remedies in planners' words, made of what they are and not of how a file writes them. */

import { list, number } from "../pure/format.js";
import { has, inEach, language, say, t } from "../texts.js";

/** @typedef {import("../texts.js").Text} Text */
/** @typedef {{ kind: string, level: string, municipalities: number[], names: string[], value: number | null, text: Text }} Rule */
/** @typedef {{ kind: string, key: string, before: any, after: any, lock: string, municipalities: number[], text: Text }} Difference */
/** @typedef {{ text: Text, differences: Difference[], least: boolean, scenario: any }} Remedy */
/** @typedef {{ municipalities: { name: string }[], layers: any[], functions: any[] }} Given */

const ZONES = "zones.";

/**
 * @param {Given} given
 * @param {number[]} indices
 */
const whoOf = (given, indices) => list(language(), indices.map((i) => given.municipalities[i].name));

/**
 * Name a layer, a function or a class.
 * @param {Given} given
 * @param {string} key
 */
function nameOf(given, key) {
  const found = [...given.layers, ...given.functions].find((one) => one.key === key);
  return found ? say(found.label) : key;
}

/**
 * Say what a rule demands.
 * @param {Rule} rule
 * @param {Given} given
 * @returns {string}
 */
export function ruleText(rule, given) {
  const key = `rule.${rule.kind}`;
  if (!has(key)) return say(rule.text);
  const told = t(key, {
    who: whoOf(given, rule.municipalities),
    what: list(language(), rule.names.map((name) => nameOf(given, name))),
    value: rule.value === null ? "" : number(language(), rule.value),
  });
  return rule.level ? t("rule.of.zones", { rule: told }) : told;
}

/**
 * Say what a remedy changes; as the server says it where there are no better words.
 * @param {Remedy} remedy
 * @param {Given} given
 * @returns {string}
 */
export function remedyText(remedy, given) {
  const told = remedy.differences.map((one) => differenceText(one, given));
  return told.length && told.every((one) => one !== "") ? sentence(told.join(t("remedy.and"))) : sentence(say(remedy.text));
}

/**
 * Say it in all languages, for the history.
 * @param {Remedy} remedy
 * @param {Given} given
 * @returns {Text}
 */
export const remedyTexts = (remedy, given) => inEach(() => remedyText(remedy, given));

/**
 * Say what the server says of a scenario file, without the file's keys and codes.
 * @param {Text} text
 * @returns {string}
 */
export const plainly = (text) =>
  sentence(
    say(text)
      .replace(/^(zones\.)?locks\.\w+: /, "")
      .replace(/ \(\d{5}\)/g, "")
      .replace(/\bpopulation\.(min|max)\b/g, (_, bound) => t(`plain.population.${bound}`)),
  );

/** Begin with a capital.
 * @param {string} text
 */
export const sentence = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/**
 * @param {Difference} one
 * @param {Given} given
 * @returns {string} empty where there are no words for it
 */
function differenceText(one, given) {
  const isZones = one.key.startsWith(ZONES);
  const key = isZones ? one.key.slice(ZONES.length) : one.key;
  const text = one.lock ? `remedy.${one.kind}.${one.lock}` : wordsOf(one, key);
  if (!has(text)) return "";
  const written = (/** @type {any} */ value) => (typeof value === "number" ? number(language(), value) : String(value ?? "–"));
  const name = typeof (one.after ?? one.before) === "string" ? nameOf(given, one.after ?? one.before) : "";
  const told = t(text, { who: whoOf(given, one.municipalities), before: written(one.before), after: written(one.after), name });
  return isZones ? t("remedy.of.zones", { remedy: told }) : told;
}

/**
 * @param {Difference} one
 * @param {string} key without its level
 * @returns {string} the key of the text
 */
function wordsOf(one, key) {
  const value = typeof one.after === "string" && one.kind === "set" ? `.${one.after}` : "";
  return `remedy.${one.kind}.${key}${value}`;
}
