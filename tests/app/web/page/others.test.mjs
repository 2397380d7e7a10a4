import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "../../../../app/web/page/js/pure/plan.js";
import { replaced } from "../../../../app/web/page/js/pure/replaced.js";
import { openPairs } from "../../../../app/web/page/js/pure/settled.js";

const merger = (...members) => ({ members, seat: members[0], standalone: "", inhabitants: 1, score_nano: 0, values: {} });

test("the mergers of a region are replaced, the others stay", () => {
  const plan = planOf([{ mergers: [merger(0, 1), merger(2, 3), merger(4)], zones: [] }], 5);
  const other = replaced(plan, [merger(0), merger(1, 2, 3)]);
  assert.deepEqual(other.mergers.map((one) => one.members), [[0], [1, 2, 3], [4]]);
  assert.deepEqual([...other.mergerOf], [0, 1, 1, 1, 2]);
  assert.deepEqual([...plan.mergerOf], [0, 0, 1, 1, 2]);
});

test("pairs are settled together, open, or settled apart", () => {
  const pairs = [[0, 1, 1], [1, 2, 0.5], [2, 3, 0], [3, 4, 0.01]];
  assert.deepEqual(openPairs({ region: "R", plans: 100, is_exact: true, loss_nano: 1, pairs }), { together: 1, open: 2 });
});
