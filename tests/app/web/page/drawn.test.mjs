import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenMergers, calledAfter, verdictOf } from "../../../../app/web/page/js/pure/drawn.js";

const text = { en: "x", nl: null };
const region = (unassigned) => ({ name: "A", unassigned, loss_nano: 0, gap: 0, is_complete: !unassigned.length, is_sound: true });
const rule = (merger, is_open = false) => ({ kind: "too_small", text, merger, municipalities: merger, is_open });
const drawn = (more) => ({ broken: [], regions: [region([])], loss_nano: 0, gap: 0, ...more });

test("a plan is unfinished while somebody has no place, whatever it breaks", () => {
  const verdict = verdictOf(drawn({ regions: [region([7, 3]), region([5])], broken: [rule([1]), rule([2], true)] }));
  assert.equal(verdict.kind, "unfinished");
  assert.deepEqual(verdict.unassigned, [3, 5, 7]);
  assert.deepEqual(verdict.final.map((one) => one.merger), [[1]]);
  assert.deepEqual(verdict.open.map((one) => one.merger), [[2]]);
});

test("a finished plan breaks rules, is the best, is as good as is known, or is less good", () => {
  assert.equal(verdictOf(drawn({ broken: [rule([1])] })).kind, "broken");
  assert.equal(verdictOf(drawn({ loss_nano: null })).kind, "waiting");
  assert.equal(verdictOf(drawn({})).kind, "best");
  assert.equal(verdictOf(drawn({ gap: 0.01 })).kind, "known");
  assert.equal(verdictOf(drawn({ loss_nano: 4 })).kind, "less");
});

test("a merger that breaks several rules is marked once, and rules of no merger mark none", () => {
  assert.deepEqual(brokenMergers(drawn({ broken: [rule([1, 2]), rule([1, 2]), rule([]), rule([4])] })), [[1, 2], [4]]);
  assert.deepEqual(brokenMergers(null), []);
});

test("a merger is called after its most populous member", () => {
  const municipalities = [{ name: "Lede", inhabitants: 19 }, { name: "Aalst", inhabitants: 90 }, { name: "Ninove", inhabitants: 40 }];
  assert.deepEqual(calledAfter([0, 1, 2], municipalities), { name: "Aalst", others: 2, inhabitants: 149 });
  assert.deepEqual(calledAfter([2], municipalities), { name: "Ninove", others: 0, inhabitants: 40 });
});
