import assert from "node:assert/strict";
import { test } from "node:test";
import { filteredRows, rowsOf, separated, sortedRows, zonesCut } from "../../../../app/web/page/js/pure/rows.js";

const municipality = (name, inhabitants, region = 0, zone = "") => ({ name, inhabitants, region, functions: [], zones: zone ? { police: zone } : {} });
const given = {
  regions: ["North", "South"],
  municipalities: [municipality("Éde", 5, 0, "P"), municipality("Bree", 9, 0, "P"), municipality("As", 7, 1, "P"), municipality("Zelem", 1, 0, "Q")],
};
const parts = [
  { members: [0, 1, 3], seat: 1, standalone: "", inhabitants: 15, score_nano: -4, values: {} },
  { members: [2], seat: 2, standalone: "locked", inhabitants: 7, score_nano: 6, values: {} },
];
const decisions = new Map([
  ["0,1,3", { status: "proved", price_nano: 5, words: null }],
  ["2", { status: "rule", price_nano: null, words: null }],
]);
const rows = rowsOf(parts, given, (key) => decisions.get(key));
const byName = (a, b) => a.localeCompare(b);

test("rows name the seat first, then by inhabitants", () => {
  assert.deepEqual(rows[0].names, ["Bree", "Éde", "Zelem"]);
  assert.deepEqual([rows[1].region, rows[0].decision.price_nano], ["South", 5]);
});

test("rows are sorted both ways; a rule is more decided than any price", () => {
  const names = (column, descending) => sortedRows(rows, column, descending, byName).map((row) => row.name);
  assert.deepEqual(names("name", false), ["As", "Bree"]);
  assert.deepEqual(names("inhabitants", true), ["Bree", "As"]);
  assert.deepEqual(names("score", true), ["As", "Bree"]);
  assert.deepEqual(names("decided", true), ["As", "Bree"]);
  assert.deepEqual(names("decided", false), ["Bree", "As"]);
});

test("members are found without accents and capitals, regions exactly", () => {
  const found = (text, region) => filteredRows(rows, text, region).map((row) => row.name);
  assert.deepEqual(found("ede", ""), ["Bree"]);
  assert.deepEqual(found("", "South"), ["As"]);
  assert.deepEqual(found("ede", "South"), []);
});

test("a zone is cut that has municipalities inside and outside", () => {
  assert.deepEqual(zonesCut([0, 1, 3], given.municipalities, "police"), [{ zone: "P", inside: 2, all: 3 }]);
  assert.deepEqual(zonesCut([0, 1, 2], given.municipalities, "police"), []);
  assert.deepEqual(zonesCut([0, 1], given.municipalities, "fire"), []);
});

test("cells that hold what separates them are quoted", () => {
  assert.equal(separated([["a;b", 'say "x"', 3]], ";"), '"a;b";"say ""x""";3\n');
});

test("a merger that is drawn by hand says which rules it breaks", () => {
  const text = { en: "too few", nl: "te weinig" };
  const drawn = rowsOf(parts, given, () => undefined, [{ merger: [2], text }]);
  assert.deepEqual(drawn.map((row) => row.broken), [[], [text]]);
});
