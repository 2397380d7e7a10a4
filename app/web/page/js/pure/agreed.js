// @ts-check
/** Locks one by one, with the actions that make and remove them. */

/** @typedef {"together" | "apart" | "alone" | "seat" | "existing" | "joined" | "added" | "removed"} LockKind */
/** @typedef {"" | "zones"} Level mergers, or the zones of a nested scenario */
/** @typedef {{ lock: LockKind, municipalities: number[], level: Level }} Lock */
/** @typedef {Record<string, unknown>} Action */

/** @type {LockKind[]} */
export const KINDS = ["together", "apart", "alone", "existing", "seat", "joined", "added", "removed"];

/**
 * List the locks of a work, those of zones behind those of mergers.
 * @param {any} work
 * @returns {Lock[]}
 */
export const listLocks = (work) => [...locksOf(work.locks, ""), ...(work.zone_locks ? locksOf(work.zone_locks, "zones") : [])];

/**
 * @param {any} locks as the server tells them
 * @param {Level} level
 * @returns {Lock[]}
 */
function locksOf(locks, level) {
  /**
   * @param {LockKind} lock
   * @param {number[][]} groups
   */
  const each = (lock, groups) => groups.map((municipalities) => ({ lock, municipalities, level }));
  /** @param {number[]} singles */
  const alone = (singles) => singles.map((i) => [i]);
  return [
    ...each("together", locks.together),
    ...each("apart", locks.apart),
    ...each("alone", alone(locks.alone)),
    ...each("existing", locks.kept),
    ...each("seat", alone(locks.seat)),
    ...each("joined", alone(locks.joined)),
    ...each("added", locks.added),
    ...each("removed", locks.removed),
  ];
}

/**
 * What tells a lock from others.
 * @param {Lock} lock
 * @returns {string}
 */
export const lockKey = ({ lock, municipalities, level }) => `${level} ${lock} ${[...municipalities].sort((a, b) => a - b).join()}`;

/**
 * The actions that make a lock.
 * @param {LockKind} lock
 * @param {string[]} codes
 * @param {Level} level
 * @returns {Action[]}
 */
export function making(lock, codes, level) {
  if (lock === "joined") return codes.map((municipality) => ({ kind: "join", municipality, joined: true, level }));
  if (lock === "added" || lock === "removed") return [{ kind: "border", change: lock === "added" ? "add" : "remove", pair: codes, level }];
  return [{ kind: "lock", lock: lock === "existing" ? "keep" : lock, municipalities: codes, level }];
}

/**
 * The action that removes a lock.
 * @param {LockKind} lock
 * @param {string[]} codes
 * @param {Level} level
 * @returns {Action}
 */
export function removing(lock, codes, level) {
  if (lock === "joined") return { kind: "join", municipality: codes[0], joined: false, level };
  if (lock === "added" || lock === "removed") return { kind: "border", change: "restore", pair: codes, level };
  return { kind: "unlock", lock: lock === "existing" ? "keep" : lock, municipalities: codes, level };
}
