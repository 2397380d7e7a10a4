// @ts-check
/** A plan as the page shows it: the mergers of all regions, and which one each municipality is in. */

/** @typedef {{ members: number[], seat: number, standalone: string, inhabitants: number, score_nano: number, values: Record<string, number> }} Merger */
/** @typedef {{ name: string, status: string, mergers: Merger[], zones: Merger[], score_nano: number | null, bound_nano: number | null, gap: number | null, reason: { en: string, nl: string | null } | null, seconds: number }} Region */
/** @typedef {{ mergers: Merger[], mergerOf: Int32Array, zones: Merger[], zoneOf: Int32Array }} Plan */

/**
 * Sum up regions.
 * @param {Iterable<Region>} regions
 * @param {number} size how many municipalities there are
 * @returns {Plan}
 */
export function planOf(regions, size) {
  /** @type {Merger[]} */
  const mergers = [];
  /** @type {Merger[]} */
  const zones = [];
  for (const region of regions) {
    mergers.push(...region.mergers);
    zones.push(...region.zones);
  }
  mergers.sort(byFirst);
  zones.sort(byFirst);
  return { mergers, mergerOf: placed(mergers.map((one) => one.members), size), zones, zoneOf: placed(zones.map((one) => one.members), size) };
}

/**
 * @param {Merger} a
 * @param {Merger} b
 */
const byFirst = (a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0);

/**
 * Give the index of the group of each municipality, -1 for none.
 * @param {number[][]} groups
 * @param {number} size
 * @returns {Int32Array}
 */
export function placed(groups, size) {
  const place = new Int32Array(size).fill(-1);
  groups.forEach((members, index) => members.forEach((i) => (place[i] = index)));
  return place;
}

/**
 * Tell which municipalities have other partners than before.
 * @param {Int32Array} before
 * @param {Int32Array} after
 * @returns {Set<number>}
 */
export function moved(before, after) {
  /** @type {Map<number, number[]>} */
  const was = new Map();
  before.forEach((group, i) => group >= 0 && was.set(group, [...(was.get(group) ?? []), i]));
  /** @type {Map<number, number[]>} */
  const is = new Map();
  after.forEach((group, i) => group >= 0 && is.set(group, [...(is.get(group) ?? []), i]));
  const changed = new Set();
  after.forEach((group, i) => {
    const old = was.get(before[i] ?? -1) ?? [i];
    const now = is.get(group) ?? [i];
    if (old.length !== now.length || old.some((member, k) => member !== now[k])) changed.add(i);
  });
  return changed;
}
