// @ts-check
/** Keys of scenarios in words. */

import { significant } from "../pure/format.js";
import { has, language, say, t } from "../texts.js";

const ZONES = "zones.";

/**
 * Call a key by what it is about: of weights their term, of others their text, else the key itself.
 * @param {string} key
 * @param {any} given
 * @returns {string}
 */
export function keyName(key, given) {
  const zones = key.startsWith(ZONES);
  const own = zones ? key.slice(ZONES.length) : key;
  const name = ownName(own, given);
  return zones ? t("key.zones", { name }) : name;
}

/**
 * @param {string} key
 * @param {any} given
 * @returns {string}
 */
function ownName(key, given) {
  if (key.startsWith("weights.")) return termName(key.slice("weights.".length), given);
  if (key.startsWith("count.regions.")) return t("key.count.region", { region: key.slice("count.regions.".length) });
  return has(`key.${key}`) ? t(`key.${key}`) : key;
}

/**
 * Call a term by its label.
 * @param {string} name
 * @param {any} given
 * @returns {string}
 */
export function termName(name, given) {
  const term = given.terms.find((/** @type {any} */ one) => one.name === name);
  return term ? say(term.label) : name;
}

/**
 * Say a value of a key: a choice as it is called, a number as the language writes it.
 * @param {string} key
 * @param {any} value
 * @returns {string}
 */
export function valueName(key, value) {
  const own = key.startsWith(ZONES) ? key.slice(ZONES.length) : key;
  if (value === null || value === undefined) return t("value.none");
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "number") return significant(language(), value);
  if (typeof value === "string") return has(`choice.${own}.${value}`) ? t(`choice.${own}.${value}`) : value;
  if (Array.isArray(value)) return value.length ? value.map((one) => valueName("", one)).join(", ") : t("value.none");
  return Object.entries(value)
    .map(([name, one]) => `${name} ${valueName("", one)}`)
    .join(", ");
}
