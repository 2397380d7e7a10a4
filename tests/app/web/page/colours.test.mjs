import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { colourMergers, colourPlan, contrast, DARK, formerColours, LIGHT } from "../../../../app/web/page/js/pure/colours.js";

const style = readFileSync(new URL("../../../../app/web/page/style/map.css", import.meta.url), "utf8");

/** The light and the dark value of a variable of the style sheet. */
function pair(name) {
  const [, light, dark] = style.match(new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\);`)) ?? [];
  assert.ok(light && dark, name);
  return { light, dark };
}

/** Squares of a grid, and which touch. */
function grid(width, height) {
  const edges = [];
  for (let i = 0; i < width * height; i++) {
    if ((i + 1) % width) edges.push([i, i + 1]);
    if (i + width < width * height) edges.push([i, i + width]);
    if ((i + 1) % width && i + width < width * height) edges.push([i, i + width + 1]);
  }
  return edges;
}

/** Numbers that look random and are the same every time. */
function* numbers(seed) {
  for (let x = seed; ; ) {
    x = (x * 1103515245 + 12345) % 2147483648;
    yield x / 2147483648;
  }
}

test("the style sheet and the script have the same colours", () => {
  LIGHT.forEach((light, k) => assert.deepEqual(pair(`map-colour-${k}`), { light, dark: DARK[k] }));
  assert.equal(LIGHT.length, DARK.length);
  assert.ok(!style.includes(`--map-colour-${LIGHT.length}`));
});

test("names can be read on every fill, light and dark", () => {
  const ink = pair("map-ink");
  for (const name of [...LIGHT.map((_, k) => `map-colour-${k}`), ...Array.from({ length: 9 }, (_, k) => `map-scale-${k}`),
    "map-standalone", "map-open", "map-paper"]) {
    const fill = pair(name);
    assert.ok(contrast(ink.light, fill.light) >= 4.5, `${name} light ${contrast(ink.light, fill.light)}`);
    assert.ok(contrast(ink.dark, fill.dark) >= 4.5, `${name} dark ${contrast(ink.dark, fill.dark)}`);
  }
});

test("borders stand out from every fill, and what has a halo from its halo", () => {
  const fills = [...LIGHT.map((_, k) => `map-colour-${k}`), "map-standalone", "map-open"];
  for (const theme of ["light", "dark"]) {
    for (const line of ["map-merger-line", "map-region-line"]) {
      for (const name of fills) {
        const ratio = contrast(pair(line)[theme], pair(name)[theme]);
        assert.ok(ratio >= 3, `${line} on ${name}, ${theme}: ${ratio.toFixed(2)}`);
      }
    }
    for (const line of ["map-accent", "map-warm", "map-ink"]) {
      assert.ok(contrast(pair(line)[theme], pair("map-halo")[theme]) >= 4.5, `${line}, ${theme}`);
    }
  }
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("neighbours differ, with six colours where that is enough", () => {
  const edges = grid(12, 9);
  const colours = colourMergers(108, edges);
  for (const [a, b] of edges) assert.notEqual(colours[a], colours[b]);
  assert.ok(Math.max(...colours) < 6);
  assert.equal(new Set(colours).size, 6); // evenly used, for contrast
  assert.deepEqual(colours, colourMergers(108, edges));
});

test("no merger, one merger, pairs that are none", () => {
  assert.deepEqual(colourMergers(0, []), []);
  assert.deepEqual(colourMergers(1, [[0, 0], [-1, 0]]), [0]);
});

test("many mutual neighbours still differ", () => {
  const edges = [];
  for (let i = 0; i < 13; i++) for (let j = 0; j < i; j++) edges.push([j, i]);
  assert.equal(new Set(colourMergers(13, edges)).size, 13);
});

test("wishes are granted unless a neighbour has the colour", () => {
  const edges = [[0, 1], [1, 2]];
  assert.deepEqual(colourMergers(3, edges, [4, 3, 4]), [4, 3, 4]);
  const colours = colourMergers(3, edges, [4, 4, undefined]);
  assert.equal(colours[0], 4);
  assert.notEqual(colours[1], 4);
  assert.notEqual(colours[2], colours[1]);
});

test("a merger keeps the colour of its seat, however the others change", () => {
  const previous = { merger: [0, 0, 1, 1, 2, 2], seats: [0, 2, 4], colours: [5, 1, 3] };
  // 2 leaves for the first merger; the second has another seat; the third is the first now
  const next = { merger: [1, 1, 1, 2, 0, 0], seats: [4, 0, 3] };
  assert.deepEqual(formerColours(next, previous), [3, 5, 1]);
  assert.deepEqual(formerColours(next, null), [undefined, undefined, undefined]);
});

test("answers in a row: most mergers keep their colour, neighbours always differ", () => {
  const random = numbers(7);
  const [width, height] = [12, 9];
  const edges = grid(width, height);
  let previous = null;
  let kept = 0;
  let all = 0;
  for (let answer = 0; answer < 30; answer++) {
    const merger = [];
    const seats = [];
    for (let i = 0; i < width * height; i++) {
      const join = i % width && random.next().value < 0.5;
      merger.push(join ? merger[i - 1] : seats.length);
      if (!join) seats.push(i);
    }
    const plan = { merger, seats };
    const pairs = edges.map(([i, j]) => [merger[i], merger[j]]);
    const colours = colourMergers(seats.length, pairs, formerColours(plan, previous));
    for (const [a, b] of pairs) if (a !== b) assert.notEqual(colours[a], colours[b]);
    assert.ok(Math.max(...colours) < LIGHT.length);
    if (previous) {
      const old = new Map(previous.seats.map((seat, m) => [seat, previous.colours[m]]));
      seats.forEach((seat, m) => {
        if (!old.has(seat)) return;
        all += 1;
        if (old.get(seat) === colours[m]) kept += 1;
      });
    }
    previous = { ...plan, colours };
  }
  assert.ok(kept > 0.9 * all, `${kept} of ${all}`);
});

test("the same plan again has the same colours", () => {
  const edges = grid(6, 5);
  const plan = { merger: Array.from({ length: 30 }, (_, i) => i), seats: Array.from({ length: 30 }, (_, i) => i) };
  const colours = colourMergers(30, edges);
  assert.deepEqual(colourMergers(30, edges, formerColours(plan, { ...plan, colours })), colours);
});

test("a plan is coloured by the municipalities that touch", () => {
  const plan = { merger: [0, 0, 1, -1], seats: [0, 2] };
  const colours = colourPlan(plan, [[0, 1], [1, 2], [2, 3]], null);
  assert.equal(colours.length, 2);
  assert.notEqual(colours[0], colours[1]);
  assert.deepEqual(colourPlan(plan, [[1, 2]], { ...plan, colours: [4, 2] }), [4, 2]);
});

test("a seat that was away for an answer has its colour again", () => {
  const worn = new Map([[0, 4], [2, 1]]);
  const before = { merger: [0, 0, -1, -1], seats: [0], colours: [3] };
  const plan = { merger: [0, 0, 1, 1], seats: [0, 2] };
  assert.deepEqual(colourPlan(plan, [[1, 2]], before, worn), [3, 1]); // the plan before comes first
  assert.deepEqual(colourPlan(plan, [[1, 2]], null, worn), [4, 1]);
});
