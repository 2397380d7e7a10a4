/**
 * Shapes of the data that the map is given. This module has no code; it is here for the types.
 *
 * @typedef {{x: number, y: number}} Point
 *
 * @typedef {object} Geometry what `GET /api/map` answers
 * @property {number} width
 * @property {number} height
 * @property {boolean} generalised
 * @property {string} source
 * @property {{path: string, x: number, y: number, room: number}[]} municipalities
 * @property {{path: string, left: number, right: number}[]} arcs
 * @property {string | null} outside
 *
 * @typedef {object} Municipality
 * @property {string} name
 * @property {number} region
 * @property {number} [population] the names of populous municipalities come first
 *
 * @typedef {object} Plan
 * @property {number[]} merger of each municipality: index of its merger, or -1
 * @property {number[]} [colours] of each merger; without them the map chooses them itself
 * @property {boolean[]} standalone for each municipality: it stands alone by rule
 * @property {number[]} seats of each merger
 *
 * @typedef {object} Locks
 * @property {number[][]} [together]
 * @property {number[][]} [apart]
 * @property {number[]} [alone]
 * @property {number[][]} [kept]
 * @property {number[]} [seat]
 * @property {{added?: number[][], removed?: number[][]}} [borders]
 *
 * @typedef {{kind: "layer", zoneOf: number[]}
 *   | {kind: "class", classes: number, values: number[]}
 *   | {kind: "agreement", pairs: [number, number, number][]}
 *   | {kind: "difference", moved: Set<number>, label?: string}} Overlay
 *
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Texts
 */
export {};
