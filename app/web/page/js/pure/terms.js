// @ts-check
/** Terms of an answer beside those of the answer before. */

/** @typedef {{ name: string, value: number, unit: string, better: string, weight: number, points: number, divided_by: string }} Term */

/**
 * @typedef {object} TermLine
 * @property {string} name without its level
 * @property {"mergers" | "zones"} level
 * @property {Term} term
 * @property {"share" | "km" | "count" | "number"} kind how its value is written
 * @property {number | null} change of the value since before; null where it was not weighed then
 * @property {number | null} gain of points since before; null where it was not weighed alike
 * @property {"better" | "worse" | "same" | ""} verdict of the change
 */

const ZONES = "zones.";

/**
 * Hold the terms of an answer against those before.
 * @param {Term[]} terms
 * @param {Term[]} before
 * @returns {TermLine[]}
 */
export function termLines(terms, before) {
  const old = new Map(before.map((term) => [term.name, term]));
  return terms.map((term) => {
    const was = old.get(term.name);
    const change = was ? term.value - was.value : null;
    const isZones = term.name.startsWith(ZONES);
    return {
      name: isZones ? term.name.slice(ZONES.length) : term.name,
      level: isZones ? "zones" : "mergers",
      term,
      kind: kindOf(term),
      change,
      gain: was && was.weight === term.weight ? term.points - was.points : null,
      verdict: verdictOf(term, change),
    };
  });
}

/**
 * @param {Term} term
 * @param {number | null} change
 * @returns {TermLine["verdict"]}
 */
function verdictOf(term, change) {
  if (change === null) return "";
  if (Math.abs(change) <= 1e-9 * Math.max(1, Math.abs(term.value))) return "same";
  return change > 0 === (term.better === "more") ? "better" : "worse";
}

/**
 * @param {Term} term
 * @returns {TermLine["kind"]}
 */
function kindOf({ unit, divided_by }) {
  if (unit.startsWith("share")) return "share";
  if (unit.startsWith("km ")) return "km";
  return divided_by === "nothing" ? "count" : "number";
}

/**
 * Give the unit of a term in both languages. Of zones it speaks of reference zones, where that of mergers, which
 * is known in Dutch, speaks of mergers or municipalities.
 * @param {string} unit as the answer has it
 * @param {{ en: string, nl: string | null } | undefined} known unit of the term of mergers
 * @returns {{ en: string, nl: string | null }}
 */
export function unitTexts(unit, known) {
  if (!known?.nl || unit === known.en) return { en: unit, nl: known?.nl ?? null };
  const nl = known.nl.replace(/\bfusies\b/g, "referentiezones").replace(/\b(fusie|gemeente)\b/g, "referentiezone");
  return { en: unit, nl };
}

/**
 * Whether two answers are weighed alike, so that their scores can be compared.
 * @param {Term[]} terms
 * @param {Term[]} before
 * @returns {boolean}
 */
export function weighedAlike(terms, before) {
  const weights = new Map(before.map((term) => [term.name, term.weight]));
  return terms.length === before.length && terms.every((term) => weights.get(term.name) === term.weight);
}
