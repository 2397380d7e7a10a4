import assert from "node:assert/strict";
import { test } from "node:test";
import { regionKind, standingOf } from "../../../../app/web/page/js/pure/standing.js";

const answer = (status, statuses, whole = null) => ({
  status,
  whole,
  regions: new Map(statuses.map((one, k) => [`R${k}`, { name: `R${k}`, status: one }])),
});

test("before and while regions are answered, nothing is proved of the whole", () => {
  assert.equal(standingOf(null, 3).kind, "waiting");
  const standing = standingOf(answer("asking", ["optimal", "optimal"]), 3);
  assert.deepEqual([standing.kind, standing.answered, standing.total], ["asking", 2, 3]);
  assert.equal(standingOf(answer("asking", ["infeasible"]), 3).kind, "asking");
});

test("optimal only where the server says so of the whole", () => {
  assert.equal(standingOf(answer("done", ["optimal"], { status: "optimal", gap: 0 }), 1).kind, "optimal");
  const open = standingOf(answer("done", ["optimal", "feasible"], { status: "feasible", gap: 0.032 }), 2);
  assert.deepEqual([open.kind, open.gap, open.proved], ["feasible", 0.032, 1]);
});

test("regions without a plan are named, those that are open only where none is proved to have none", () => {
  const none = standingOf(answer("done", ["optimal", "infeasible", "no plan within limit"], { status: "infeasible", gap: null }), 3);
  assert.deepEqual([none.kind, none.without, none.open], ["infeasible", ["R1"], ["R2"]]);
  assert.equal(standingOf(answer("done", ["optimal", "no plan within limit"], { status: "no plan within limit", gap: null }), 2).kind, "open");
});

test("what was cancelled before it was whole is cancelled; what was whole stays", () => {
  assert.equal(standingOf(answer("cancelled", ["optimal"]), 15).kind, "cancelled");
  assert.equal(standingOf(answer("cancelled", ["optimal"], { status: "optimal", gap: 0 }), 1).kind, "optimal");
  assert.equal(standingOf(answer("refused", []), 15).kind, "refused");
});

test("a region", () => {
  assert.equal(regionKind(undefined), "waiting");
  assert.equal(regionKind({ status: "no plan within limit" }), "open");
  assert.equal(regionKind({ status: "infeasible" }), "infeasible");
});
