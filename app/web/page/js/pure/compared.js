// @ts-check
/** Two plans side by side: what the other one can be, and terms of both. */

/** @typedef {import("./terms.js").Term} Term */

/**
 * @typedef {{ kind: "groups", groups: number[][] } | { kind: "step", step: number } | { kind: "work", id: string } | { kind: "known", key: string }} Other
 */

/**
 * Give the municipalities that move.
 * @param {{ moves: { municipalities: number[] }[] }} changes
 * @returns {Set<number>}
 */
export const movers = (changes) => new Set(changes.moves.flatMap((move) => move.municipalities));

/**
 * Read the choice of a list: "known:as-is", "step:3", "work:0123".
 * @param {string} value
 * @param {Record<string, number[][]>} groups of plans that the page holds itself, by name
 * @returns {Other | null}
 */
export function otherOf(value, groups) {
  const [kind = "", ...rest] = value.split(":");
  const key = rest.join(":");
  if (kind === "step") return { kind, step: Number(key) };
  if (kind === "work") return { kind, id: key };
  if (kind === "known") return { kind, key };
  const own = groups[kind];
  return own ? { kind: "groups", groups: own } : null;
}
