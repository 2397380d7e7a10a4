import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../../../app/web/page/js/pure/format.js";
import { moved, placed, planOf } from "../../../../app/web/page/js/pure/plan.js";

test("numbers as Flanders and as England write them", () => {
  assert.equal(format.number("nl", 130000), "130.000");
  assert.equal(format.number("en", 130000), "130,000");
  assert.equal(format.number("nl", 3.318, 2), "3,32");
  assert.equal(format.number("en", -0.5, 1), "\u22120.5");
  assert.equal(format.number("nl", -0, 1), "0,0");
});

test("differences have a sign, and none has none", () => {
  assert.equal(format.signed("nl", 1500), "+1.500");
  assert.equal(format.signed("en", -0.25, 2), "\u22120.25");
  assert.equal(format.signed("en", -0.001, 2), "0.00");
});

test("shares, points and lists", () => {
  assert.equal(format.percent("nl", 0.0321), "3,2\u00a0%");
  assert.equal(format.points("nl", 3427312292), "3,43");
  assert.equal(format.list("nl", ["Aalst", "Lede", "Ninove"]), "Aalst, Lede en Ninove");
  assert.equal(format.list("en", ["Aalst", "Lede"]), "Aalst and Lede");
  assert.deepEqual(["Zele", "Élewijt", "Aalst"].sort(format.byName("nl")), ["Aalst", "Élewijt", "Zele"]);
});

const merger = (...members) => ({ members, seat: members[0], standalone: "", inhabitants: 1, score_nano: 0, values: {} });

test("a plan is put together from regions, by first member", () => {
  const plan = planOf([{ mergers: [merger(3, 4), merger(2)], zones: [] }, { mergers: [merger(0, 1)], zones: [] }], 6);
  assert.deepEqual(plan.mergers.map((one) => one.members), [[0, 1], [2], [3, 4]]);
  assert.deepEqual([...plan.mergerOf], [0, 0, 1, 2, 2, -1]);
});

test("who moves has other partners, whatever the mergers are called", () => {
  const before = placed([[0, 1], [2, 3], [4]], 5);
  assert.deepEqual([...moved(before, placed([[4], [2, 3], [0, 1]], 5))], []);
  assert.deepEqual([...moved(before, placed([[0], [1, 2, 3], [4]], 5))].sort(), [0, 1, 2, 3]);
});

test("a small price keeps two digits; zero is written for zero alone", () => {
  assert.equal(format.price("en", 0), "0");
  assert.equal(format.price("nl", 45_678_832), "0,046");
  assert.equal(format.price("en", 1_234_000_000), "1.23");
  assert.equal(format.price("en", 4_321_000), "0.0043");
  assert.equal(format.price("en", 7), "0.000000007");
});
