import assert from "node:assert/strict";
import { test } from "node:test";
import { termLines, unitTexts, weighedAlike } from "../../../../app/web/page/js/pure/terms.js";

const term = (name, value, more = {}) => ({ name, value, unit: "share of inhabitants", better: "more", weight: 2, points: 2 * value, divided_by: "inhabitants", ...more });

test("a change is better or worse by the sense of its term", () => {
  const lines = termLines(
    [term("a", 0.5), term("b", 4, { better: "less", unit: "km to the seat" }), term("c", 0.1)],
    [term("a", 0.25), term("b", 3, { better: "less", unit: "km to the seat" }), term("c", 0.1)],
  );
  assert.deepEqual(lines.map((one) => one.verdict), ["better", "worse", "same"]);
  assert.deepEqual(lines.map((one) => one.change), [0.25, 1, 0]);
  assert.deepEqual(lines.map((one) => one.kind), ["share", "km", "share"]);
});

test("points are held against points of the same weight only", () => {
  const [alike] = termLines([term("a", 0.5)], [term("a", 0.25)]);
  assert.equal(alike.gain, 0.5);
  const [other] = termLines([term("a", 0.5, { weight: 3 })], [term("a", 0.25)]);
  assert.deepEqual([other.gain, other.change], [null, 0.25]);
  const [fresh] = termLines([term("a", 0.5)], []);
  assert.deepEqual([fresh.change, fresh.gain, fresh.verdict], [null, null, ""]);
});

test("terms of zones are told apart from those of mergers", () => {
  const [mergers, zones] = termLines([term("touched(police)", 3, { divided_by: "nothing", unit: "zones" }), term("zones.touched(police)", 2)], []);
  assert.deepEqual([mergers.level, mergers.kind], ["mergers", "count"]);
  assert.deepEqual([zones.level, zones.name], ["zones", "touched(police)"]);
});

test("scores compare where the same terms have the same weights", () => {
  assert.ok(weighedAlike([term("a", 1), term("b", 1)], [term("b", 3), term("a", 2)]));
  assert.ok(!weighedAlike([term("a", 1)], [term("a", 1, { weight: 5 })]));
  assert.ok(!weighedAlike([term("a", 1)], [term("a", 1), term("b", 1)]));
});

test("units of zones speak of zones in Dutch too", () => {
  const known = { en: "outside the main zone of their merger", nl: "buiten de hoofdzone van hun fusie" };
  assert.deepEqual(unitTexts(known.en, known), known);
  assert.equal(unitTexts("outside the main zone of their reference zone", known).nl, "buiten de hoofdzone van hun referentiezone");
  assert.deepEqual(unitTexts("of its own", undefined), { en: "of its own", nl: null });
});
