// @ts-check
/** Rows of the table of mergers: made, sorted, filtered, written as a file. */

/** @typedef {import("./plan.js").Merger} Merger */
/** @typedef {{ name: string, region: number, inhabitants: number, functions: string[], zones: Record<string, string> }} Municipality */
/** @typedef {{ en: string, nl: string | null }} Text */
/** @typedef {{ status: string, price_nano: number | null, words: Text | null }} Decision */

/**
 * @typedef {object} Row
 * @property {string} key of the merger: the indices of its members
 * @property {number} seat
 * @property {string} name of the seat
 * @property {number[]} members the seat first, then by inhabitants
 * @property {string[]} names of the members
 * @property {string} region
 * @property {number} inhabitants
 * @property {number} score_nano
 * @property {string} standalone
 * @property {Decision | null} decision
 * @property {Text[]} broken rules that it breaks, where it is drawn by hand
 */

/** @typedef {"name" | "inhabitants" | "members" | "score" | "decided"} Column */

/**
 * Make a row of each merger.
 * @param {Merger[]} parts
 * @param {{ municipalities: Municipality[], regions: string[] }} given
 * @param {(key: string) => Decision | undefined} decisionOf
 * @param {{ merger: number[], text: Text }[]} [broken] rules that mergers break
 * @returns {Row[]}
 */
export function rowsOf(parts, { municipalities, regions }, decisionOf, broken = []) {
  return parts.map((part) => {
    const others = part.members.filter((i) => i !== part.seat);
    others.sort((a, b) => municipalities[b].inhabitants - municipalities[a].inhabitants || a - b);
    const members = [part.seat, ...others];
    const key = part.members.join();
    return {
      key,
      seat: part.seat,
      name: municipalities[part.seat].name,
      members,
      names: members.map((i) => municipalities[i].name),
      region: regions[municipalities[part.seat].region],
      inhabitants: part.inhabitants,
      score_nano: part.score_nano,
      standalone: part.standalone,
      decision: decisionOf(key) ?? null,
      broken: broken.filter((one) => one.merger.join() === key).map((one) => one.text),
    };
  });
}

/**
 * How decided a merger is, as a number: nothing is as decided as a rule, then as what leaves no plan otherwise.
 * @param {Row} row
 */
function decidedness({ decision }) {
  if (!decision || decision.status === "not known") return -1;
  if (decision.status === "rule") return Infinity;
  return decision.status === "no plan" ? Number.MAX_VALUE : (decision.price_nano ?? 0);
}

/** @type {Record<Exclude<Column, "name">, (row: Row) => number>} */
const NUMBERS = {
  inhabitants: (row) => row.inhabitants,
  members: (row) => row.members.length,
  score: (row) => row.score_nano,
  decided: decidedness,
};

/**
 * Sort rows; equal ones by name.
 * @param {Row[]} rows
 * @param {Column} column
 * @param {boolean} descending
 * @param {(a: string, b: string) => number} byName
 * @returns {Row[]}
 */
export function sortedRows(rows, column, descending, byName) {
  const sign = descending ? -1 : 1;
  if (column === "name") return [...rows].sort((a, b) => sign * byName(a.name, b.name));
  const value = NUMBERS[column];
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? byName(a.name, b.name) : x < y ? -sign : sign;
  });
}

/** Write a text without accents and capitals, so that "Ypres" is found by "ypres".
 * @param {string} text
 */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/**
 * Choose the rows with a member whose name holds a text.
 * @param {Row[]} rows
 * @param {string} text
 * @param {string} region empty for all
 * @returns {Row[]}
 */
export function filteredRows(rows, text, region) {
  const sought = plain(text);
  return rows.filter((row) => (!region || row.region === region) && (!sought || row.names.some((name) => plain(name).includes(sought))));
}

/**
 * Choose the zones of a layer that a merger cuts: of which it holds some municipalities, but not all.
 * @param {number[]} members
 * @param {Municipality[]} municipalities
 * @param {string} layer
 * @returns {{ zone: string, inside: number, all: number }[]}
 */
export function zonesCut(members, municipalities, layer) {
  /** @type {Map<string, number>} */
  const inside = new Map();
  for (const i of members) {
    const zone = municipalities[i].zones[layer];
    if (zone) inside.set(zone, (inside.get(zone) ?? 0) + 1);
  }
  return [...inside]
    .map(([zone, count]) => ({ zone, inside: count, all: municipalities.filter((one) => one.zones[layer] === zone).length }))
    .filter((one) => one.inside < one.all);
}

/**
 * Write a table as text, with what a spreadsheet needs around cells.
 * @param {(string | number)[][]} lines
 * @param {string} separator
 * @returns {string}
 */
export function separated(lines, separator) {
  const quoted = (/** @type {string | number} */ cell) => {
    const text = String(cell);
    return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return lines.map((cells) => cells.map(quoted).join(separator)).join("\n") + "\n";
}
