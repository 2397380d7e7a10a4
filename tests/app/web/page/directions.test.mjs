import assert from "node:assert/strict";
import { test } from "node:test";
import { towards } from "../../../../app/web/page/js/pure/directions.js";

/** Numbered in rows: 0 1 2 / 3 4 5 / 6 7 8. */
const grid = Array.from({ length: 9 }, (_, i) => ({ x: 10 * (i % 3), y: 10 * Math.floor(i / 3) }));

test("arrows lead to the next one in the row or the column", () => {
  assert.equal(towards(grid, 4, "left"), 3);
  assert.equal(towards(grid, 4, "right"), 5);
  assert.equal(towards(grid, 4, "up"), 1);
  assert.equal(towards(grid, 4, "down"), 7);
});

test("at the edge one stays", () => {
  assert.equal(towards(grid, 2, "right"), 2);
  assert.equal(towards(grid, 2, "up"), 2);
});

test("what is straight ahead comes before what is nearer and aside", () => {
  const points = [{ x: 0, y: 0 }, { x: 8, y: 7 }, { x: 12, y: 0 }];
  assert.equal(towards(points, 0, "right"), 2);
});

test("a neighbour comes before a place that is nearer", () => {
  const points = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 20, y: 2 }];
  assert.equal(towards(points, 0, "right", new Set([2])), 2);
  assert.equal(towards(points, 0, "left", new Set([2])), 0);
});

test("from every place every other one can be reached", () => {
  const points = Array.from({ length: 60 }, (_, i) => ({ x: (i * 37) % 101, y: (i * 53) % 89 }));
  const reached = new Set([0]);
  for (const from of reached) {
    for (const direction of ["left", "right", "up", "down"]) reached.add(towards(points, from, direction));
  }
  assert.equal(reached.size, points.length);
});
