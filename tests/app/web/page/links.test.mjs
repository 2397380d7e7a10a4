import assert from "node:assert/strict";
import { test } from "node:test";
import { tree } from "../../../../app/web/page/js/pure/links.js";

const points = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 20, y: 0 }, { x: 11, y: 5 }];

test("the shortest tree", () => {
  assert.deepEqual(tree([0, 2, 1], points), [[0, 1], [1, 2]]);
  assert.deepEqual(tree([3], points), []);
  assert.deepEqual(tree([], points), []);
});

test("neighbours are joined before others", () => {
  const adjacent = (i, j) => Math.abs(i - j) === 2 || Math.abs(i - j) === 1;
  const links = tree([0, 3, 2], points, adjacent);
  assert.deepEqual(links, [[0, 2], [2, 3]]);
});
