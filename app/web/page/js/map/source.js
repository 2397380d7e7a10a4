/** The line that says where the boundaries come from. */
export class Source {
  /** @param {HTMLElement} container */
  constructor(container) {
    this.element = document.createElement("p");
    this.element.className = "map-source";
    container.append(this.element);
  }

  /**
   * @param {import("../pure/types.js").Geometry} geometry
   * @param {import("../pure/types.js").Texts} t
   */
  write({ generalised, source }, t) {
    const file = source.replace(/^boundaries: /, "");
    this.element.textContent = generalised ? t("map.generalised") : t("map.official", { source: file });
  }
}
