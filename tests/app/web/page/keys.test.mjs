import assert from "node:assert/strict";
import { test } from "node:test";
import { FACTOR, read } from "../../../../app/web/page/js/map/keys.js";

const map = {
  points: [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 10 }],
  neighbours: new Set(),
  names: ["Beersel", "Zwalm", "Aalst"],
};

const press = (key, held = {}) => read({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held }, 0, map);

test("arrows move the focus, with Shift the map", () => {
  assert.deepEqual(press("ArrowRight"), { do: "focus", index: 1 });
  assert.deepEqual(press("ArrowDown"), { do: "focus", index: 2 });
  assert.equal(press("ArrowLeft", { shiftKey: true }).do, "pan");
  assert.ok(press("ArrowLeft", { shiftKey: true }).x > 0);
});

test("Home and End go by name", () => {
  assert.deepEqual(press("Home"), { do: "focus", index: 2 });
  assert.deepEqual(press("End"), { do: "focus", index: 1 });
});

test("Enter and Space choose, with Shift or Control besides the others", () => {
  assert.deepEqual(press("Enter"), { do: "pick", additive: false });
  assert.deepEqual(press(" ", { shiftKey: true }), { do: "pick", additive: true });
  assert.deepEqual(press(" ", { ctrlKey: true }), { do: "pick", additive: true });
});

test("zoom and menu", () => {
  assert.deepEqual(press("+"), { do: "zoom", factor: FACTOR });
  assert.deepEqual(press("-"), { do: "zoom", factor: 1 / FACTOR });
  assert.deepEqual(press("0"), { do: "all" });
  assert.deepEqual(press("F10", { shiftKey: true }), { do: "menu" });
  assert.deepEqual(press("ContextMenu"), { do: "menu" });
});

test("keys of the browser and of the page are left to them", () => {
  for (const key of ["Tab", "a", "F5", "F10", "Escape"]) assert.equal(press(key), null);
  assert.equal(press("+", { ctrlKey: true }), null);
  assert.equal(press("ArrowLeft", { altKey: true }), null);
  assert.equal(press("z", { ctrlKey: true }), null);
});
