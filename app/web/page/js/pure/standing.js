// @ts-check
/** What is proved of an answer, in a word and some numbers: never more than is known. */

/** @typedef {import("./plan.js").Region} Region */

/**
 * @typedef {object} Standing
 * @property {"waiting" | "asking" | "optimal" | "feasible" | "infeasible" | "open" | "cancelled" | "refused" | "unreachable"} kind
 * @property {number} total regions that are asked for
 * @property {number} answered
 * @property {number} proved regions of which the plan is proved to be the best
 * @property {string[]} without regions that are proved to have no plan
 * @property {string[]} open regions of which no plan was found in time
 * @property {number | null} gap what the plan lacks to the best one at most, as a share of its score
 */

/**
 * Say what is known of an answer.
 * @param {{ status: string, regions: Map<string, Region>, whole: any } | null} answer
 * @param {number} total how many regions are asked for
 * @returns {Standing}
 */
export function standingOf(answer, total) {
  const regions = answer ? [...answer.regions.values()] : [];
  const named = (/** @type {string} */ status) => regions.filter((one) => one.status === status).map((one) => one.name);
  const known = {
    total: answer?.whole ? regions.length : Math.max(total, regions.length),
    answered: regions.length,
    proved: named("optimal").length,
    without: named("infeasible"),
    open: named("no plan within limit"),
    gap: answer?.whole ? answer.whole.gap : null,
  };
  return { ...known, kind: kindOf(answer, known) };
}

/**
 * @param {{ status: string, whole: any } | null} answer
 * @param {{ without: string[], open: string[] }} known
 * @returns {Standing["kind"]}
 */
function kindOf(answer, known) {
  if (!answer) return "waiting";
  if (answer.status === "refused" || answer.status === "unreachable") return answer.status;
  if (!answer.whole) return answer.status === "cancelled" ? "cancelled" : "asking";
  if (known.without.length) return "infeasible";
  if (known.open.length) return "open";
  return answer.whole.status === "optimal" ? "optimal" : "feasible";
}

/**
 * Say what is known of a region.
 * @param {Region | undefined} region
 * @returns {"waiting" | "optimal" | "feasible" | "infeasible" | "open"}
 */
export function regionKind(region) {
  if (!region) return "waiting";
  if (region.status === "optimal" || region.status === "infeasible") return region.status;
  return region.status === "feasible" ? "feasible" : "open";
}
