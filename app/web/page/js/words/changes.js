// @ts-check
/** Who moves between two plans, in sentences. */

import { list, number } from "../pure/format.js";
import { language, t, tn } from "../texts.js";

/** @typedef {{ municipalities: number[], kind: "moves" | "joins" | "leaves" | "founds", before: number[], after: number[], from_seat: number, to_seat: number, inhabitants: number }} Move */
/** @typedef {{ moves: Move[], municipalities: number, inhabitants: number, partners: number, mergers: number, seats: [number, number][] }} Changes */
/** @typedef {{ municipalities: { name: string, inhabitants: number }[] }} Given */

/**
 * Say where some municipalities go: "Lubbeek goes from Leuven to Aarschot".
 * @param {Move} move
 * @param {Given} given
 * @returns {string}
 */
export function moveText(move, given) {
  const { municipalities } = given;
  const who = list(language(), move.municipalities.map((i) => municipalities[i].name));
  const from = calledAfter(move.before, move.from_seat, move.municipalities, given);
  const to = calledAfter(move.after, move.to_seat, move.municipalities, given);
  const key = move.kind === "leaves" ? "leaves" : to === "" ? "own" : move.kind === "founds" ? "founds" : "moves";
  return tn(`move.${key}.${from === "" ? "to" : "from"}`, move.municipalities.length, { who, from, to });
}

/**
 * Name a merger without those who move: after its seat, else after its largest other member; empty where there is none.
 * @param {number[]} members
 * @param {number} seat
 * @param {number[]} without
 * @param {Given} given
 * @returns {string}
 */
function calledAfter(members, seat, without, { municipalities }) {
  const others = members.filter((i) => !without.includes(i));
  if (!others.length) return "";
  const named = others.includes(seat) ? seat : others.reduce((a, b) => (municipalities[b].inhabitants > municipalities[a].inhabitants ? b : a));
  return municipalities[named].name;
}

/**
 * Say how much changes.
 * @param {Changes} changes
 * @param {"changes" | "alternatives"} since the answer before, or the best plan
 * @returns {string}
 */
export function summaryText(changes, since = "changes") {
  const lang = language();
  if (!changes.moves.length) return changes.seats.length ? t("changes.seats.only") : t("changes.none");
  return tn(`${since}.summary`, changes.municipalities, {
    n: number(lang, changes.municipalities),
    inhabitants: number(lang, changes.inhabitants),
    partners: number(lang, changes.partners),
  });
}

/**
 * Say which mergers have another seat.
 * @param {Changes} changes
 * @param {Given} given
 * @returns {string[]}
 */
export const seatTexts = ({ seats }, { municipalities }) =>
  seats.map(([before, after]) => t("changes.seat", { before: municipalities[before].name, after: municipalities[after].name }));
