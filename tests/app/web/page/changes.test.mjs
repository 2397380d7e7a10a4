import assert from "node:assert/strict";
import { test } from "node:test";
import { differing } from "../../../../app/web/page/js/pure/differing.js";
import { speak } from "../../../../app/web/page/js/texts.js";
import { moveText, seatTexts, summaryText } from "../../../../app/web/page/js/words/changes.js";

const given = {
  municipalities: ["Leuven", "Lubbeek", "Aarschot", "Diest"].map((name, k) => ({ name, inhabitants: 100 - k })),
};
const move = (more) => ({ municipalities: [1], kind: "moves", before: [0, 1], after: [1, 2], from_seat: 0, to_seat: 2, inhabitants: 99, ...more });
const merger = (seat, ...members) => ({ members, seat, standalone: "", inhabitants: 1, score_nano: 0, values: {} });
const region = (...mergers) => ({ name: "R", status: "optimal", mergers, zones: [], score_nano: 0, bound_nano: 0, gap: 0, reason: null, seconds: 0 });

test("a move in both languages", () => {
  speak("en");
  assert.equal(moveText(move({}), given), "Lubbeek goes from Leuven to Aarschot");
  speak("nl");
  assert.equal(moveText(move({}), given), "Lubbeek gaat van Leuven naar Aarschot");
  assert.equal(moveText(move({ municipalities: [0, 1], after: [0, 1, 2] }), given), "Leuven en Lubbeek sluiten aan bij Aarschot");
});

test("a merger without its seat is called after its largest other member", () => {
  speak("en");
  assert.equal(moveText(move({ municipalities: [0], before: [0, 1, 3], after: [0, 2], to_seat: 0 }), given), "Leuven goes from Lubbeek to Aarschot");
});

test("leaving, founding, and a merger of one's own", () => {
  speak("en");
  assert.equal(moveText(move({ kind: "leaves", after: [1], to_seat: 1 }), given), "Lubbeek leaves Leuven and stands alone");
  assert.equal(moveText(move({ kind: "founds" }), given), "Lubbeek goes from Leuven to a new merger with Aarschot");
  assert.equal(moveText(move({ kind: "founds", municipalities: [0, 1], before: [0, 1, 2], after: [0, 1], from_seat: 2 }), given), "Leuven and Lubbeek go from Aarschot to a merger of their own");
});

test("how much changes", () => {
  speak("en");
  const none = { moves: [], municipalities: 0, inhabitants: 0, partners: 0, mergers: 0, seats: [] };
  assert.equal(summaryText(none), "The plan is the same as before.");
  assert.equal(summaryText({ ...none, seats: [[0, 1]] }), "The mergers are the same as before, with another seat.");
  assert.deepEqual(seatTexts({ ...none, seats: [[0, 1]] }, given), ["Lubbeek is the seat instead of Leuven"]);
  assert.match(summaryText({ ...none, moves: [move({})], municipalities: 1, inhabitants: 1234, partners: 5 }), /^1 municipality \(1,234 inhabitants\) moves; 5 /);
});

test("only regions with another plan are asked about", () => {
  const before = new Map([["A", region(merger(0, 0, 1))], ["B", region(merger(2, 2), merger(3, 3))], ["C", region()], ["D", region(merger(5, 5))]]);
  const after = new Map([["A", region(merger(0, 0, 1))], ["B", region(merger(2, 2, 3))], ["C", region(merger(4, 4))], ["D", region()]]);
  const found = differing(before, after, "mergers");
  assert.deepEqual(found.after, [{ members: [2, 3], seat: 2 }]);
  assert.deepEqual([found.before.length, found.lost, found.won], [2, ["D"], ["C"]]);
  assert.equal(differing(before, new Map([["A", region(merger(1, 0, 1))]]), "mergers").after.length, 1);
});
