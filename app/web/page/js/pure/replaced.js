// @ts-check
/** A plan with some of its mergers replaced, such as those of a region by an alternative's. */

import { planOf } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Merger} Merger */

/**
 * Put mergers in the place of those that hold any of their members.
 * @param {Plan} plan
 * @param {Merger[]} mergers
 * @returns {Plan}
 */
export function replaced(plan, mergers) {
  const held = new Set(mergers.flatMap((one) => one.members));
  const kept = plan.mergers.filter((one) => !one.members.some((i) => held.has(i)));
  return planOf([/** @type {any} */ ({ mergers: [...kept, ...mergers], zones: plan.zones })], plan.mergerOf.length);
}
