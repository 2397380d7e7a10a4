/** The map. */
export default {
  "map.label": "Map of the municipalities",
  "map.controls": "View of the map",
  "map.zoomIn": "Closer (+)",
  "map.zoomOut": "Further away (−)",
  "map.zoomAll": "The whole map (0)",
  "map.box": "Select by drawing a box (or drag with Shift)",
  "map.patterns": "Patterns beside colours",
  "map.inMerger": "{name}, in the merger of {seat} ({count} municipalities)",
  "map.standalone": "{name}, stands alone by rule",
  "map.onItsOwn": "{name}, on its own",
  "map.unassigned": "{name}, in no merger yet",
  "map.generalised": "Generalised boundaries, drawn from village points",
  "map.official": "Boundaries: {source}",
  "keys.ends": "to the first or the last municipality by name",
  "keys.pan": "move the map",
  "keys.menu": "what can be done with this municipality",
};
