import { sizes } from "./land.js";
import { svg } from "./svg.js";

/** The dots of seats of mergers. */
export class Seats {
  /**
   * @param {SVGGElement} group
   * @param {import("./pinned.js").Pinned} pinned
   */
  constructor(group, pinned) {
    this.group = group;
    this.pinned = pinned;
    /** Seats of mergers of several municipalities. @type {Set<number>} */
    this.joint = new Set();
    /** Municipalities that are a merger by themselves. @type {Set<number>} */
    this.single = new Set();
  }

  /**
   * @param {import("../pure/types.js").Plan} plan
   * @param {import("../pure/types.js").Point[]} points
   */
  set(plan, points) {
    const counts = sizes(plan);
    this.single = new Set(plan.seats.filter((_, m) => counts[m] === 1));
    const seats = plan.seats.filter((_, m) => (counts[m] ?? 0) > 1);
    if (seats.length === this.joint.size && seats.every((i) => this.joint.has(i))) return;
    this.clear();
    this.joint = new Set(seats);
    for (const i of seats) {
      const place = points[i];
      if (!place) continue;
      const dot = svg("circle", { class: "map-seat" });
      this.group.append(dot);
      this.pinned.add(dot, place);
    }
  }

  clear() {
    this.pinned.clear(this.group);
    this.group.replaceChildren();
    this.joint = new Set();
  }
}
