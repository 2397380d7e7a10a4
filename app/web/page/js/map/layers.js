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
    thin: layer("map-borders"),
    overlay: layer("map-overlay"),
    borders: layer("map-borders"),
    hovered: svg("path", { class: "map-hover", ...hidden }),
    broken: svg("path", { class: "map-line map-broken", ...hidden }),
    highlighted: svg("path", { class: "map-line map-highlight", ...hidden }),
    selectedCasing: svg("path", { class: "map-selected-casing", ...hidden }),
    selected: svg("path", { class: "map-selected", ...hidden }),
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
