import { layer, svg } from "./svg.js";

/**
 * The layers of the map, from below to above. Only `land`, the municipalities, is there for assistive technology.
 * @param {import("./patterns.js").Patterns} patterns
 */
export function makeLayers(patterns) {
  const hidden = { "aria-hidden": "true" };
  const layers = {
    outside: svg("path", { class: "map-outside", ...hidden }),
    land: svg("g", { class: "map-land", role: "listbox", "aria-multiselectable": "true" }),
    hatched: svg("path", { class: "map-hatched", fill: patterns.url("hatch"), ...hidden }),
    borders: layer("map-borders"),
    overlay: layer("map-overlay"),
    hovered: svg("path", { class: "map-hover", ...hidden }),
    selected: layer("map-selection"),
    seats: layer("map-seats"),
    locks: layer("map-locks"),
    focusCasing: svg("path", { class: "map-focus-casing", ...hidden }),
    focused: svg("path", { class: "map-focus", ...hidden }),
    names: layer("map-names"),
  };
  const content = svg("g", { class: "map-content" }, ...Object.values(layers));
  const box = svg("rect", { class: "map-box", ...hidden });
  const picture = svg("svg", { class: "map-picture" }, patterns.defs, content, box);
  return { ...layers, content, box, picture };
}
