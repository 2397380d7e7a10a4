// @ts-check
/** How somebody likes the page: kept by the browser, from one time to the next. */

const PLACE = "refzones";

/**
 * @typedef {object} Preferences
 * @property {"en" | "nl"} language
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} patterns
 * @property {string} overlay
 * @property {number} mapShare share of the height that the map has where the answer stands below it
 * @property {boolean} several every click adds to the selection
 */

/** @returns {Preferences} */
export function preferences() {
  /** @type {Preferences} */
  const usual = {
    language: navigator.language.startsWith("nl") ? "nl" : "en",
    theme: "auto",
    patterns: false,
    overlay: "",
    several: false,
    mapShare: 0.55,
  };
  try {
    return { ...usual, ...JSON.parse(window.localStorage.getItem(PLACE) ?? "{}") };
  } catch {
    return usual;
  }
}

/** @param {Preferences} chosen */
export function remember(chosen) {
  try {
    window.localStorage.setItem(PLACE, JSON.stringify(chosen));
  } catch {
    // kept for this tab alone
  }
}
