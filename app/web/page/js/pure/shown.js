// @ts-check
/** What the map is given to show: plans, locks and overlays, from what the server says. */

/** @typedef {import("./plan.js").Plan} Plan */

/**
 * @param {Plan} plan
 * @param {any} given
 * @returns {import("./types.js").Plan}
 */
export function mapPlan(plan, given) {
  const alone = new Set(plan.mergers.filter((one) => one.standalone).flatMap((one) => one.members));
  return {
    merger: [...plan.mergerOf],
    standalone: given.municipalities.map((/** @type {unknown} */ _, /** @type {number} */ i) => alone.has(i)),
    seats: plan.mergers.map((one) => one.seat),
  };
}

/**
 * @param {any} locks
 * @returns {import("./types.js").Locks}
 */
export function lockShapes(locks) {
  const { together, apart, alone, kept, seat, added, removed } = locks;
  return { together, apart, alone, kept, seat, borders: { added, removed } };
}

/**
 * @param {any} given
 * @param {string} layer
 * @returns {import("./types.js").Overlay}
 */
export function layerOverlay(given, layer) {
  const names = [...new Set(given.municipalities.map((/** @type {any} */ one) => one.zones[layer]))].sort();
  return { kind: "layer", zoneOf: given.municipalities.map((/** @type {any} */ one) => (one.zones[layer] ? names.indexOf(one.zones[layer]) : -1)) };
}

/**
 * Degrees of equipment, the best one as the highest value.
 * @param {any} given
 * @returns {import("./types.js").Overlay}
 */
export function classOverlay(given) {
  const keys = given.classes.map((/** @type {any} */ one) => one.key).reverse();
  return { kind: "class", classes: keys.length, values: given.municipalities.map((/** @type {any} */ one) => keys.indexOf(one.equipment)) };
}
