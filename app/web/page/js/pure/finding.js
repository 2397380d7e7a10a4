// @ts-check
/** Finding municipalities by a few letters of their names. */

/**
 * Letters alone, without accents and case.
 * @param {string} text
 * @returns {string}
 */
export const bare = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/**
 * Find names that begin with a text, then those in which a word does, then those that hold it.
 * @param {string[]} names
 * @param {string} text
 * @param {number} most
 * @returns {number[]} indices, the best first
 */
export function findNames(names, text, most) {
  const wanted = bare(text);
  if (!wanted) return [];
  /** @type {[number, number][]} */
  const found = [];
  names.forEach((name, index) => {
    const own = bare(name);
    const rank = own === wanted ? 0 : own.startsWith(wanted) ? 1 : ` ${own}`.includes(` ${wanted}`) ? 2 : own.includes(wanted) ? 3 : -1;
    if (rank >= 0) found.push([rank, index]);
  });
  found.sort(([a, i], [b, j]) => a - b || bare(names[i] ?? "").localeCompare(bare(names[j] ?? "")));
  return found.slice(0, most).map(([, index]) => index);
}
