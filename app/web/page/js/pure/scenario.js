// @ts-check
/** Scenarios as the page has them: nested mappings whose keys are written with dots. */

/** @typedef {Record<string, any>} Scenario */

/**
 * Divide a dotted key; what stands in brackets is one name.
 * @param {string} key
 * @returns {string[]}
 */
export function pathOf(key) {
  return key.match(/[^.(]+(?:\([^)]*\))?/g) ?? [];
}

/**
 * Look a key up; undefined where there is none.
 * @param {Scenario} scenario
 * @param {string} key
 * @returns {any}
 */
export function valueAt(scenario, key) {
  /** @type {any} */
  let value = scenario;
  for (const part of pathOf(key)) value = value?.[part];
  return value;
}

/**
 * Whether two values are equal through and through.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return (a ?? null) === (b ?? null);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}

/**
 * Name the preset that a scenario was begun from: by its name where both ask of zones or neither, else the one of
 * its level.
 * @param {Scenario} scenario
 * @param {Record<string, Scenario>} presets
 * @returns {string}
 */
export function presetOf(scenario, presets) {
  const named = presets[scenario.name];
  if (named && !named.zones === !scenario.zones) return scenario.name;
  return Object.keys(presets).find((name) => presets[name]?.level === scenario.level) ?? Object.keys(presets)[0] ?? "";
}

/** Tables of a scenario that say what is agreed, and not how plans are weighed and bounded. */
const AGREED = ["name", "description", "locks", "existing", "rules.joined", "borders.added", "borders.removed"];

/**
 * List the keys below a prefix in which two scenarios differ, locks and names left out.
 * @param {Scenario} a
 * @param {Scenario} b
 * @param {string} [prefix]
 * @returns {string[]}
 */
export function differing(a, b, prefix = "") {
  const found = [];
  for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const name = prefix + key;
    if (AGREED.includes(name.replace(/^zones\./, ""))) continue;
    const [one, other] = [a?.[key], b?.[key]];
    if (same(one, other)) continue;
    if (isTable(one) && isTable(other)) found.push(...differing(one, other, `${name}.`));
    else found.push(name);
  }
  return found;
}

/** @param {any} value */
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
