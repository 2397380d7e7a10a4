import assert from "node:assert/strict";
import { test } from "node:test";
import { groupKey, linesOf, mergerWith, sourcesOf } from "../../../../app/web/page/js/pure/effects.js";

const indicator = (name, family, digits, better, ...sources) => ({
  name,
  family,
  digits,
  better,
  label: { en: name, nl: name },
  unit: null,
  sources: sources.map((en) => ({ en, nl: en })),
});
const group = (level, name, members, before, after) => ({ level, name, members, before, after, bodies: [] });
const effects = {
  families: { capacity: { en: "Capacity", nl: "Bestuurskracht" }, identity: { en: "Identity", nl: "Identiteit" }, finance: { en: "Finance", nl: "Financiën" } },
  indicators: [indicator("bodies", "capacity", 1, -1, "a", "b"), indicator("bonus", "finance", 0, 1, "b"), indicator("rate", "finance", 0, 0)],
  groups: [group("all", "", [], [7, 0, 1], [7.04, 5, null]), group("region", "Midwest", [], [7, 0, 1], [8, 5, 2]), group("merger", "", [3, 14], [7, 0, 1], [6, -5, 2])],
  missing: [],
};

test("groups are known by level, and by name or members", () => {
  assert.deepEqual(effects.groups.map(groupKey), ["all", "region Midwest", "merger 3,14"]);
  assert.equal(mergerWith(effects.groups, 14), effects.groups[2]);
  assert.equal(mergerWith(effects.groups, 4), undefined);
});

test("lines come by family, and an empty family not at all", () => {
  const told = linesOf(effects, effects.groups[1]);
  assert.deepEqual(told.map(({ family, lines }) => [family, lines.map((one) => one.indicator.name)]), [["capacity", ["bodies"]], ["finance", ["bonus", "rate"]]]);
  assert.deepEqual(told.flatMap(({ lines }) => lines.map((one) => one.change)), [1, 5, 1]);
});

test("a change is for the better or not, or a matter of opinion, or too little to be told", () => {
  const verdicts = effects.groups.map((one) => linesOf(effects, one).flatMap(({ lines }) => lines.map((line) => line.verdict)));
  assert.deepEqual(verdicts, [["same", "better", "same"], ["worse", "better", "other"], ["better", "worse", "other"]]);
});

test("what is not known has no change", () => {
  const [, finance] = linesOf(effects, effects.groups[0]);
  assert.deepEqual([finance.lines[1].after, finance.lines[1].change], [null, null]);
});

test("each source is named once", () => {
  assert.deepEqual(sourcesOf(effects).map((one) => one.en), ["a", "b"]);
});
