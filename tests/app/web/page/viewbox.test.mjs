import assert from "node:assert/strict";
import { test } from "node:test";
import {
  around, boxOf, CLOSEST, fit, inside, kept, middleOf, shared, toMap, toWindow, unshared, zoomed,
} from "../../../../app/web/page/js/pure/viewbox.js";

const content = { width: 1000, height: 400 };
const whole = { left: 0, top: 0, right: 1000, bottom: 400 };
const size = { width: 520, height: 600 };
const home = fit(whole, size, 10);

test("a box fills the window, with its middle in the middle", () => {
  assert.deepEqual(home, { k: 0.5, x: 10, y: 200 });
  assert.deepEqual(toWindow(home, { x: 500, y: 200 }), { x: 260, y: 300 });
});

test("a window without room is no reason for a scale of nothing", () => {
  assert.ok(fit(whole, { width: 4, height: 4 }, 16).k > 0);
  assert.ok(Number.isFinite(fit({ left: 3, top: 3, right: 3, bottom: 3 }, size).k));
});

test("what is under the pointer stays there", () => {
  const at = { x: 123, y: 321 };
  const closer = zoomed(home, 3, at, home);
  assert.equal(closer.k, 1.5);
  const before = toMap(home, at);
  const after = toMap(closer, at);
  assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-9);
});

test("zoom ends at the whole map and at the closest", () => {
  assert.equal(zoomed(home, 0.01, { x: 0, y: 0 }, home).k, home.k);
  assert.equal(zoomed(home, 1e6, { x: 0, y: 0 }, home).k, CLOSEST * home.k);
});

test("the map cannot be pushed out of its window", () => {
  assert.deepEqual(kept({ ...home, x: 5000, y: -5000 }, content, size, home), home);
  const closer = zoomed(home, 8, { x: 260, y: 300 }, home);
  for (const [x, y] of [[1e5, 1e5], [-1e5, -1e5]]) {
    const view = kept({ ...closer, x, y }, content, size, home);
    const [start, end] = [toWindow(view, { x: 0, y: 0 }), toWindow(view, { x: 1000, y: 400 })];
    assert.ok(start.x <= size.width / 2 && end.x >= size.width / 2);
    assert.ok(start.y <= size.height / 2 && end.y >= size.height / 2);
  }
  const inside = { ...closer, x: -1000, y: -300 };
  assert.deepEqual(kept(inside, content, size, home), inside);
});

test("window and map are each other's opposite", () => {
  const view = { x: -31, y: 17, k: 2.5 };
  assert.deepEqual(toMap(view, toWindow(view, { x: 40, y: 60 })), { x: 40, y: 60 });
});

test("two windows of different size share a view", () => {
  const other = { width: 900, height: 300 };
  const otherHome = fit(whole, other, 10);
  const view = zoomed(home, 4, { x: 100, y: 280 }, home);
  const at = shared(view, size, home);
  const there = unshared(at, other, otherHome);
  assert.equal(there.k / otherHome.k, 4);
  const again = shared(there, other, otherHome);
  for (const key of ["x", "y", "zoom"]) assert.ok(Math.abs(again[key] - at[key]) < 1e-9);
});

test("boxes of paths as the server writes them", () => {
  assert.deepEqual(boxOf("M10 20l5-3 1.5.5-2 7z"), { left: 10, top: 17, right: 16.5, bottom: 24.5 });
  assert.deepEqual(boxOf("M10 20l5 0 0 5zM-1-2l.5 0 0 .5z"), { left: -1, top: -2, right: 15, bottom: 25 });
  assert.deepEqual(around([boxOf("M0 0l1 1z"), boxOf("M5 5l1-9z")]), { left: 0, top: -4, right: 6, bottom: 5 });
});

test("the middle of a line is half way along it", () => {
  assert.deepEqual(middleOf("M0 0l10 0 0 30"), { x: 10, y: 10 });
  assert.deepEqual(middleOf("M3 4l0 0"), { x: 3, y: 4 });
});

test("points in a box, its sides included", () => {
  const points = [{ x: 0, y: 0 }, { x: 5, y: 5 }, { x: 5, y: 11 }];
  assert.deepEqual(inside(points, { left: 0, top: 0, right: 5, bottom: 10 }), [0, 1]);
});
