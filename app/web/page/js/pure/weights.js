// @ts-check
/** Sliders of weights: fine near nothing, coarse where much is weighed; and what a weight means. */

/** Places of a slider. */
export const PLACES = 1000;

/** A slider goes to so many times the weight that is usual, which then lies in its middle. */
const MOST = 4;

/**
 * The largest weight on a slider.
 * @param {number} usual
 * @param {number} weight the present one, which always has a place
 * @returns {number}
 */
export const mostOf = (usual, weight) => Math.max(MOST * usual, weight);

/**
 * The weight at a place of a slider: two digits, and the usual weight where the place is next to it.
 * @param {number} place
 * @param {number} usual
 * @param {number} most
 * @returns {number}
 */
export function weightAt(place, usual, most) {
  const weight = most * (place / PLACES) ** 2;
  if (Math.abs(place - placeOf(usual, most)) <= PLACES / 80) return usual;
  return rounded(weight, 2);
}

/**
 * The place of a weight on a slider.
 * @param {number} weight
 * @param {number} most
 * @returns {number}
 */
export const placeOf = (weight, most) => (most > 0 ? Math.round(PLACES * Math.sqrt(Math.min(1, weight / most))) : 0);

/**
 * Round to a number of digits that count.
 * @param {number} value
 * @param {number} digits
 * @returns {number}
 */
export const rounded = (value, digits) => Number(value.toPrecision(digits));

/**
 * How much of a term is spoken of: a kilometre, one per cent, 10,000 inhabitants.
 * @type {Record<string, number>}
 */
const SPOKEN = {
  distance: 1,
  orientation: 0.01,
  coverage: 0.01,
  cooperation: 0.01,
  straddle: 0.01,
  stacking: 0.01,
  detached: 0.01,
  commuting: 0.01,
  fiscal: 0.01,
  size: 0.1,
  touched: 1,
  cut_edges: 1,
  shortfall: 10_000,
  moment: 1_000_000,
};

/**
 * What is spoken of counts so many points.
 * @param {string} key of the term
 * @param {number} weight
 * @returns {number}
 */
export const pointsOf = (key, weight) => weight * (SPOKEN[key] ?? 1);

/**
 * So many points are as much as so many metres farther for everyone; null where distance weighs nothing.
 * @param {number} points
 * @param {number | undefined} distance weight of a kilometre
 * @returns {number | null}
 */
export const metresOf = (points, distance) => (distance ? (1000 * points) / distance : null);
