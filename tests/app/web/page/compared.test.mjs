import assert from "node:assert/strict";
import { test } from "node:test";
import { movers, otherOf } from "../../../../app/web/page/js/pure/compared.js";

test("a choice of the list names a plan that the server knows, or one of the page's own", () => {
  assert.deepEqual(otherOf("known:mergers-2025", {}), { kind: "known", key: "mergers-2025" });
  assert.deepEqual(otherOf("step:12", {}), { kind: "step", step: 12 });
  assert.deepEqual(otherOf("work:0a1b", {}), { kind: "work", id: "0a1b" });
  assert.deepEqual(otherOf("file", { file: [[1, 2]] }), { kind: "groups", groups: [[1, 2]] });
  assert.equal(otherOf("", {}), null);
  assert.equal(otherOf("file", {}), null);
});

test("who moves is marked once", () => {
  assert.deepEqual([...movers({ moves: [{ municipalities: [3, 1] }, { municipalities: [1, 2] }] })], [3, 1, 2]);
  assert.equal(movers({ moves: [] }).size, 0);
});
