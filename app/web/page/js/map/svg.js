/** Making SVG elements. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Element} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * A group that assistive technology passes over: it repeats what the municipalities say.
 * @param {string} name its class
 */
export function layer(name) {
  return svg("g", { class: name, "aria-hidden": "true" });
}

/**
 * Give an element the classes that it should have; nothing happens where it has them already.
 * @param {Element} element
 * @param {string} classes
 */
export function setClass(element, classes) {
  if (element.getAttribute("class") !== classes) element.setAttribute("class", classes);
}
