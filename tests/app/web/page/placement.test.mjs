import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, place } from "../../../../app/web/page/js/pure/placement.js";

const wish = (x, y, shifts = [[0, 0]]) => ({ x, y, width: 40, height: 10, shifts });

test("the first has its place, the next one moves or is left out", () => {
  assert.deepEqual(place([wish(50, 50), wish(60, 52)]), [[0, 0], null]);
  assert.deepEqual(place([wish(50, 50), wish(60, 52, [[0, 0], [0, 14]])]), [[0, 0], [0, 14]]);
  assert.deepEqual(place([wish(50, 50), wish(95, 50)]), [[0, 0], [0, 0]]);
});

test("what is taken stays free, and nothing leaves the sheet", () => {
  const taken = [{ left: 48, top: 48, right: 52, bottom: 52 }];
  assert.deepEqual(place([wish(50, 50, [[0, 0], [0, -10]])], taken), [[0, -10]]);
  const sheet = { left: 0, top: 0, right: 100, bottom: 100 };
  assert.deepEqual(place([wish(90, 50, [[0, 0], [-20, 0]])], [], sheet), [[-20, 0]]);
});

test("no two of many overlap", () => {
  const wishes = Array.from({ length: 300 }, (_, i) => wish((i * 97) % 700, (i * 61) % 300, [[0, 0], [0, 8], [9, -8]]));
  const boxes = place(wishes).flatMap((shift, i) => (shift ? [{ x: wishes[i].x + shift[0], y: wishes[i].y + shift[1] }] : []));
  assert.ok(boxes.length > 100);
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 10);
  }
});

test("long names have two lines, cut near the middle", () => {
  assert.deepEqual(linesOf("Gent"), ["Gent"]);
  assert.deepEqual(linesOf("Merelbeke-Melle"), ["Merelbeke-Melle"]);
  assert.deepEqual(linesOf("Beveren-Kruibeke-Zwijndrecht"), ["Beveren-Kruibeke-", "Zwijndrecht"]);
  assert.deepEqual(linesOf("Heist op den Berg aan Zee"), ["Heist op den", "Berg aan Zee"]);
  assert.deepEqual(linesOf("Onafgebrokenlangenaam"), ["Onafgebrokenlangenaam"]);
});
