// @ts-check
/** What a plan does: values before and after, line by line. */

/** @typedef {{ en: string, nl: string | null }} Text */
/** @typedef {{ name: string, family: string, label: Text, unit: Text | null, digits: number, better: number, sources: Text[] }} Indicator */
/** @typedef {{ kind: "superfluous" | "simplified" | "divided", layer: string, body: string, outside: number[], before: number, after: number }} Body */
/** @typedef {{ level: string, name: string, members: number[], before: (number | null)[], after: (number | null)[], bodies: Body[] }} Group */
/** @typedef {{ families: Record<string, Text>, indicators: Indicator[], groups: Group[], missing: { labels: Text[], faults: { text: Text }[] }[] }} Effects */
/** @typedef {{ indicator: Indicator, before: number | null, after: number | null, change: number | null, verdict: "same" | "better" | "worse" | "other" }} Line */

/**
 * Name a group of mergers: "all", "region Midwest", "merger 3,14".
 * @param {Group} group
 * @returns {string}
 */
export const groupKey = (group) => [group.level, group.level === "merger" ? group.members.join() : group.name].filter(Boolean).join(" ");

/**
 * Find the merger that a municipality is in; nothing where it stays alone.
 * @param {Group[]} groups
 * @param {number} municipality
 * @returns {Group | undefined}
 */
export const mergerWith = (groups, municipality) => groups.find((one) => one.level === "merger" && one.members.includes(municipality));

/**
 * Give the lines of a group by family; families without an indicator are left out.
 * @param {Effects} effects
 * @param {Group} group
 * @returns {{ family: string, lines: Line[] }[]}
 */
export function linesOf(effects, group) {
  const lines = effects.indicators.map((indicator, at) => line(indicator, group.before[at] ?? null, group.after[at] ?? null));
  return Object.keys(effects.families)
    .map((family) => ({ family, lines: lines.filter((one) => one.indicator.family === family) }))
    .filter((one) => one.lines.length > 0);
}

/**
 * @param {Indicator} indicator
 * @param {number | null} before
 * @param {number | null} after
 * @returns {Line}
 */
function line(indicator, before, after) {
  const change = before === null || after === null ? null : after - before;
  return { indicator, before, after, change, verdict: verdictOf(indicator, change) };
}

/**
 * Say whether a change is for the better; what rounds to nothing is none.
 * @param {Indicator} indicator
 * @param {number | null} change
 * @returns {Line["verdict"]}
 */
function verdictOf({ digits, better }, change) {
  if (change === null || Math.round(Math.abs(change) * 10 ** digits) === 0) return "same";
  if (!better) return "other";
  return change * better > 0 ? "better" : "worse";
}

/**
 * Give each source once, in the order of the indicators.
 * @param {Effects} effects
 * @returns {Text[]}
 */
export const sourcesOf = ({ indicators }) => [...new Map(indicators.flatMap((one) => one.sources).map((one) => [one.en, one])).values()];
