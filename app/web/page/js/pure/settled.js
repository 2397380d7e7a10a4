// @ts-check
/** How much of a region good plans agree on. */

/** @typedef {{ region: string, plans: number, is_exact: boolean, loss_nano: number, pairs: [number, number, number][] }} RegionAgreement */

/**
 * Count the pairs of neighbours that all good plans merge, and those on which they differ.
 * @param {RegionAgreement} region
 * @returns {{ together: number, open: number }}
 */
export function openPairs({ pairs }) {
  const together = pairs.filter(([, , share]) => share === 1).length;
  return { together, open: pairs.filter(([, , share]) => share > 0 && share < 1).length };
}
