// @ts-check
/** Answers: what is known of one state, from the first region to the last word. */

/** @typedef {import("./pure/plan.js").Region} Region */
/** @typedef {import("./api.js").Refusal} Refusal */

/**
 * The answer to one state, as far as it is known.
 * @typedef {object} Answer
 * @property {string} digest of the state
 * @property {string} level of its scenario: mergers, zones, or both nested
 * @property {"asking" | "done" | "cancelled" | "refused" | "unreachable"} status
 * @property {boolean} complete whether all that there is to tell of it was told
 * @property {Map<string, Region>} regions those that are answered
 * @property {Map<string, Region> | null} earlier those of the same question, looked for less long
 * @property {number} begun when it was asked, in milliseconds of the page
 * @property {any} whole terms, score and counts of all, when they are known
 * @property {any[]} clashes why regions have no plan
 * @property {Map<string, any>} decisions how decided mergers and zones are, by level and members: "mergers 3,14"
 * @property {any} changes what is otherwise than in the answer before, when it is known
 * @property {any} evaluation what the plan that is drawn by hand is worth, where one is
 * @property {Map<string, Region>} incumbents the best plans so far of regions that take long
 * @property {Refusal | null} refusal
 * @property {string} asked the scenario: while a plan is drawn by hand, it stays the same from state to state
 */

/**
 * Begin an answer of which nothing is known yet.
 * @param {any} work
 * @param {Answer["earlier"]} earlier
 * @returns {Answer}
 */
export function unanswered(work, earlier) {
  return {
    digest: work.digest,
    level: work.scenario.level,
    status: "asking",
    complete: false,
    regions: new Map(),
    earlier,
    begun: performance.now(),
    whole: null,
    clashes: [],
    decisions: new Map(),
    changes: null,
    evaluation: null,
    incumbents: new Map(),
    refusal: null,
    asked: `${work.id} ${JSON.stringify(work.scenario)}`,
  };
}
