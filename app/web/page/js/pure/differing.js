// @ts-check
/** Which regions have another plan than before, so that only those are asked about. */

/** @typedef {import("./plan.js").Region} Region */
/** @typedef {import("./plan.js").Merger} Merger */
/** @typedef {{ members: number[], seat: number }} Part */

/**
 * Take the mergers of all regions that have a plan in both answers, and not the same one.
 * @param {Map<string, Region>} before
 * @param {Map<string, Region>} after
 * @param {"mergers" | "zones"} level
 * @returns {{ before: Part[], after: Part[], lost: string[], won: string[] }} regions that have no plan any more, or have one again
 */
export function differing(before, after, level) {
  /** @type {{ before: Part[], after: Part[], lost: string[], won: string[] }} */
  const found = { before: [], after: [], lost: [], won: [] };
  for (const [name, now] of after) {
    const was = before.get(name);
    if (!was) continue;
    const [old, own] = [was[level], now[level]];
    if (old.length && !own.length) found.lost.push(name);
    else if (!old.length && own.length) found.won.push(name);
    else if (!isSame(old, own)) {
      found.before.push(...old.map(part));
      found.after.push(...own.map(part));
    }
  }
  return found;
}

/** @param {Merger} merger */
const part = ({ members, seat }) => ({ members, seat });

/**
 * @param {Merger[]} one
 * @param {Merger[]} other
 */
function isSame(one, other) {
  const key = (/** @type {Merger} */ { members, seat }) => `${members.join()} ${seat}`;
  const known = new Set(one.map(key));
  return one.length === other.length && other.every((merger) => known.has(key(merger)));
}
