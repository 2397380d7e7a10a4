/**
 * Colours of mergers: neighbours differ, and a merger whose seat was there before keeps its colour.
 *
 * The colours themselves are those of the project's printed maps; `style/map.css` says them again, and a test
 * compares the two.
 *
 * @typedef {{merger: readonly number[], seats: readonly number[], colours: readonly number[]}} Coloured
 */

/** Fills of mergers on a light page. The first six are told apart in greyscale and by the colour-blind. */
export const LIGHT = Object.freeze([
  "#f9efc4", "#f9cf9f", "#a1d2eb", "#95c9a6", "#d6a6c1", "#95a3cd", "#e6cd72", "#e19487", "#c9c4b5", "#bfe0d8",
]);

/** The same on a dark page. */
export const DARK = Object.freeze([
  "#6b6340", "#7d5534", "#2f5f7d", "#2c5a40", "#6f4460", "#3e4675", "#57500f", "#7a3a33", "#4a4a46", "#1f5550",
]);

/** How many colours are used where that is enough. */
const USUAL = 6;

/**
 * Colour mergers.
 *
 * Those with a wish are coloured first, each as it wishes unless a neighbour has that colour already; then the
 * others, the one with the fewest colours left first (DSATUR, Brélaz 1979), each in the colour that was used least.
 * @param {number} count of mergers
 * @param {Iterable<readonly [number, number]>} edges pairs of neighbours, which must differ
 * @param {(number | undefined)[]} [wishes] the colour that each had before
 * @param {number} [available] how many colours there are
 * @returns {number[]} colour of each merger; more than `available` only where fewer cannot be found
 */
export function colourMergers(count, edges, wishes = [], available = LIGHT.length) {
  const around = neighbours(count, edges);
  const colours = saturated(around, wishes, available);
  const most = Math.max(-1, ...colours);
  // Old colours can force a new one where a fresh start would not.
  const fresh = most >= available && wishes.length ? saturated(around, [], available) : colours;
  return Math.max(-1, ...fresh) < most ? fresh : colours;
}

/**
 * Colour the mergers of a plan: neighbours differ, seats keep the colour they had.
 * @param {{merger: readonly number[], seats: readonly number[]}} plan
 * @param {readonly (readonly [number, number])[]} pairs of municipalities that touch
 * @param {Coloured | null} previous the plan before
 * @param {ReadonlyMap<number, number>} [worn] the last colour of seats that the plan before has not
 * @returns {number[]} colour of each merger
 */
export function colourPlan(plan, pairs, previous, worn = new Map()) {
  const edges = pairs.map(([i, j]) => /** @type {const} */ ([plan.merger[i] ?? -1, plan.merger[j] ?? -1]));
  return colourMergers(plan.seats.length, edges, formerColours(plan, previous, worn));
}

/**
 * The colour each merger had before: that of the merger with the same seat, or else of the one that most of its
 * members were in, if no other merger wishes it by its seat.
 * @param {{merger: readonly number[], seats: readonly number[]}} plan
 * @param {Coloured | null} previous
 * @param {ReadonlyMap<number, number>} [worn]
 * @returns {(number | undefined)[]}
 */
export function formerColours(plan, previous, worn = new Map()) {
  if (!previous) return plan.seats.map((seat) => worn.get(seat));
  const bySeat = new Map(previous.seats.map((seat, p) => [seat, p]));
  const heir = plan.seats.map((seat) => bySeat.get(seat));
  const taken = new Set(heir);
  /** @type {Map<number, number>[]} */
  const votes = plan.seats.map(() => new Map());
  plan.merger.forEach((m, i) => {
    const old = previous.merger[i] ?? -1;
    const counted = votes[m];
    if (counted && old >= 0 && !taken.has(old)) counted.set(old, (counted.get(old) ?? 0) + 1);
  });
  return heir.map((own, m) => {
    const last = worn.get(plan.seats[m] ?? -1);
    if (own === undefined && last !== undefined) return last;
    if (own === undefined) {
      for (const [old, count] of votes[m] ?? []) {
        if (own === undefined || count > (votes[m]?.get(own) ?? 0)) own = old;
      }
    }
    return own === undefined ? undefined : previous.colours[own];
  });
}

/**
 * @param {number} count
 * @param {Iterable<readonly [number, number]>} edges
 */
function neighbours(count, edges) {
  /** @type {Set<number>[]} */
  const around = Array.from({ length: count }, () => new Set());
  for (const [a, b] of edges) {
    if (a === b || a < 0 || b < 0) continue;
    around[a]?.add(b);
    around[b]?.add(a);
  }
  return around;
}

/**
 * @param {Set<number>[]} around
 * @param {(number | undefined)[]} wishes
 * @param {number} available
 */
function saturated(around, wishes, available) {
  const colours = around.map(() => -1);
  const used = Array.from({ length: available }, () => 0);
  /** @type {Set<number>[]} */
  const blocked = around.map(() => new Set());
  /** @param {number} node @param {number} colour */
  const give = (node, colour) => {
    colours[node] = colour;
    used[colour] = (used[colour] ?? 0) + 1;
    for (const other of around[node] ?? []) blocked[other]?.add(colour);
  };
  wishes.forEach((wish, node) => {
    if (wish !== undefined && wish >= 0 && node < around.length && !blocked[node]?.has(wish)) give(node, wish);
  });
  for (let left = colours.filter((c) => c < 0).length; left; left--) {
    let next = -1;
    for (let node = 0; node < colours.length; node++) {
      if (colours[node] !== -1) continue;
      if (next < 0 || rank(node) > rank(next)) next = node;
    }
    give(next, leastUsed(blocked[next] ?? new Set(), used, available));
  }
  /** @param {number} node */
  function rank(node) {
    return (blocked[node]?.size ?? 0) * around.length + (around[node]?.size ?? 0);
  }
  return colours;
}

/**
 * @param {Set<number>} blocked
 * @param {number[]} used
 * @param {number} available
 */
function leastUsed(blocked, used, available) {
  for (const limit of [Math.min(USUAL, available), available]) {
    let choice = -1;
    for (let c = 0; c < limit; c++) {
      if (!blocked.has(c) && (choice < 0 || (used[c] ?? 0) < (used[choice] ?? 0))) choice = c;
    }
    if (choice >= 0) return choice;
  }
  let more = available;
  while (blocked.has(more)) more++;
  return more;
}

/**
 * Relative luminance of a colour written as `#rrggbb`, as in WCAG 2.2.
 * @param {string} colour
 */
export function luminance(colour) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Contrast of two colours, as in WCAG 2.2: from 1 to 21.
 * @param {string} one
 * @param {string} other
 */
export function contrast(one, other) {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
