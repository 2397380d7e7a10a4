// @ts-check
/** Building elements; text is always text, never markup. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Make an element.
 *
 * Keys of `given` that begin with "on" are listeners, `class` and `aria-*` and the like are attributes, others
 * properties where the element has them; false, null and undefined leave a key out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [given]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-") && key !== "list" && key !== "form") {
      // @ts-ignore: a property of this element
      element[key] = value;
    } else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
export function nodes(children) {
  return children
    .flat()
    .filter((one) => one !== null && one !== undefined && one !== false)
    .map((one) => (typeof one === "number" ? String(one) : /** @type {Node | string} */ (one)));
}

/**
 * Replace what an element holds, unless it is the same already.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/**
 * Find an element that the page has.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Call a function once, a moment after the last of several calls.
 * @template {any[]} A
 * @param {(...given: A) => void} call
 * @param {number} wait milliseconds
 * @returns {(...given: A) => void}
 */
export function later(call, wait) {
  /** @type {number | undefined} */
  let timer;
  return (...given) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => call(...given), wait);
  };
}
