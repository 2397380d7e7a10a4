// @ts-check
/** A plan that is drawn by hand, summed up. */

/** @typedef {{ kind: string, text: { en: string, nl: string | null }, merger: number[], municipalities: number[], is_open: boolean }} Broken */
/** @typedef {{ name: string, unassigned: number[], loss_nano: number | null, gap: number | null, is_complete: boolean, is_sound: boolean }} DrawnRegion */
/** @typedef {{ broken: Broken[], regions: DrawnRegion[], loss_nano: number | null, gap: number | null }} Evaluation */

/**
 * @typedef {object} Verdict
 * @property {number[]} unassigned municipalities that have no place yet
 * @property {string[]} regions that are drawn in
 * @property {Broken[]} final rules that are broken, whatever is still drawn
 * @property {Broken[]} open rules that those without a place may still mend
 * @property {"unfinished" | "broken" | "waiting" | "best" | "known" | "less"} kind
 */

/**
 * Say how a drawn plan stands.
 * @param {Evaluation} evaluation
 * @returns {Verdict}
 */
export function verdictOf(evaluation) {
  const unassigned = evaluation.regions.flatMap((region) => region.unassigned).sort((a, b) => a - b);
  const final = evaluation.broken.filter((rule) => !rule.is_open);
  const open = evaluation.broken.filter((rule) => rule.is_open);
  /** @type {Verdict["kind"]} */
  let kind = "less";
  if (unassigned.length) kind = "unfinished";
  else if (final.length || open.length) kind = "broken";
  else if (evaluation.loss_nano === null) kind = "waiting";
  else if (evaluation.loss_nano <= 0) kind = evaluation.gap === 0 ? "best" : "known";
  return { unassigned, regions: evaluation.regions.map((region) => region.name), final, open, kind };
}

/**
 * Give the mergers that break rules, each once.
 * @param {Evaluation | null} evaluation
 * @returns {number[][]}
 */
export function brokenMergers(evaluation) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const { merger } of evaluation?.broken ?? []) if (merger.length) found.set(merger.join(), merger);
  return [...found.values()];
}

/**
 * Name a merger after its most populous member, and say how many others there are.
 * @param {number[]} members
 * @param {{ name: string, inhabitants: number }[]} municipalities
 * @returns {{ name: string, others: number, inhabitants: number }}
 */
export function calledAfter(members, municipalities) {
  const sizes = members.map((i) => municipalities[i]?.inhabitants ?? 0);
  const first = members[sizes.indexOf(Math.max(...sizes))] ?? -1;
  return { name: municipalities[first]?.name ?? "", others: members.length - 1, inhabitants: sizes.reduce((sum, size) => sum + size, 0) };
}
