import assert from "node:assert/strict";
import { test } from "node:test";

import { KINDS, listLocks, lockKey, making, removing } from "../../../../app/web/page/js/pure/agreed.js";

const locks = { together: [[3, 1]], apart: [[1, 2]], alone: [4, 5], kept: [[6]], seat: [7], joined: [8], added: [[9, 10]], removed: [] };

test("locks are listed one by one", () => {
  const listed = listLocks({ locks, zone_locks: null });
  assert.deepEqual(
    listed.map(({ lock, municipalities }) => `${lock} ${municipalities}`),
    ["together 3,1", "apart 1,2", "alone 4", "alone 5", "existing 6", "seat 7", "joined 8", "added 9,10"],
  );
  assert.equal(new Set(listed.map(lockKey)).size, listed.length);
  assert.equal(lockKey({ lock: "together", municipalities: [10, 9], level: "" }), lockKey({ lock: "together", municipalities: [9, 10], level: "" }));
});

test("the same lock of zones is another one", () => {
  const listed = listLocks({ locks: { ...locks }, zone_locks: { ...locks } });
  assert.equal(listed.length, 16);
  assert.equal(new Set(listed.map(lockKey)).size, 16);
  assert.deepEqual(listed.map((one) => one.level), [...Array(8).fill(""), ...Array(8).fill("zones")]);
});

test("each kind is made and removed by an action that the server knows", () => {
  const known = new Set(["lock", "unlock", "join", "border"]);
  for (const kind of KINDS) {
    const [made] = making(kind, ["a", "b"], "zones");
    assert.ok(known.has(made.kind));
    assert.ok(known.has(removing(kind, ["a", "b"], "").kind));
  }
  assert.deepEqual(making("existing", ["a", "b"], "zones"), [{ kind: "lock", lock: "keep", municipalities: ["a", "b"], level: "zones" }]);
  assert.deepEqual(removing("existing", ["a"], ""), { kind: "unlock", lock: "keep", municipalities: ["a"], level: "" });
  assert.deepEqual(making("joined", ["a", "b"], "").map((one) => one.municipality), ["a", "b"]);
  assert.deepEqual(making("removed", ["a", "b"], ""), [{ kind: "border", change: "remove", pair: ["a", "b"], level: "" }]);
  assert.deepEqual(removing("added", ["a", "b"], "zones"), { kind: "border", change: "restore", pair: ["a", "b"], level: "zones" });
});
