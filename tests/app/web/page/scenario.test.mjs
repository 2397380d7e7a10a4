import assert from "node:assert/strict";
import { test } from "node:test";

import { differing, pathOf, presetOf, same, valueAt } from "../../../../app/web/page/js/pure/scenario.js";

test("keys are divided at dots, names in brackets are not", () => {
  assert.deepEqual(pathOf("population.min"), ["population", "min"]);
  assert.deepEqual(pathOf("zones.weights.touched(my.layer)"), ["zones", "weights", "touched(my.layer)"]);
  assert.deepEqual(pathOf("level"), ["level"]);
});

test("keys are looked up", () => {
  const scenario = { weights: { "touched(police)": 0.2 }, population: { min: 1, floor: null }, zones: null };
  assert.equal(valueAt(scenario, "weights.touched(police)"), 0.2);
  assert.equal(valueAt(scenario, "population.floor"), null);
  assert.equal(valueAt(scenario, "zones.population.min"), undefined);
});

test("values are compared through and through; nothing said is nothing", () => {
  assert.ok(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }));
  assert.ok(!same({ a: [1, 2] }, { a: [1, 3] }));
  assert.ok(!same([1], [1, 2]));
  assert.ok(same({ a: null }, {}));
  assert.ok(!same({ a: 0 }, {}));
});

test("the preset of a scenario is that of its name, else of its level", () => {
  const presets = { mergers: { level: "mergers" }, zones: { level: "zones" } };
  assert.equal(presetOf({ name: "zones", level: "zones" }, presets), "zones");
  assert.equal(presetOf({ name: "my own", level: "zones" }, presets), "zones");
  assert.equal(presetOf({ name: "my own", level: "other" }, presets), "mergers");
  assert.equal(presetOf({ name: "mergers", level: "zones", zones: null }, presets), "mergers");
  const nested = { ...presets, both: { level: "nested", zones: {} } };
  assert.equal(presetOf({ name: "mergers", level: "nested", zones: {} }, nested), "both");
});

test("what differs is told key by key; locks and names are no differences", () => {
  const preset = { name: "a", weights: { x: 1, y: 2 }, locks: {}, rules: { facility: "alone", joined: [] }, zones: null };
  const scenario = { name: "b", weights: { x: 1, z: 2 }, locks: { alone: ["p"] }, rules: { facility: "free", joined: ["q"] }, zones: null };
  assert.deepEqual(differing(scenario, preset), ["weights.z", "weights.y", "rules.facility"]);
  assert.deepEqual(differing({ zones: { locks: { alone: ["p"] }, count: { min: 1 } } }, { zones: { locks: {}, count: { min: 0 } } }), ["zones.count.min"]);
  assert.deepEqual(differing(preset, preset), []);
});
