/** De kaart. */
export default {
  "map.label": "Kaart van de gemeenten",
  "map.controls": "Beeld van de kaart",
  "map.zoomIn": "Dichterbij (+)",
  "map.zoomOut": "Verder weg (−)",
  "map.zoomAll": "De hele kaart (0)",
  "map.box": "Selecteren met een kader (of slepen met Shift)",
  "map.patterns": "Patronen naast kleuren",
  "map.inMerger": "{name}, in de fusie van {seat} ({count} gemeenten)",
  "map.standalone": "{name}, staat volgens de regels alleen",
  "map.onItsOwn": "{name}, op zichzelf",
  "map.unassigned": "{name}, nog in geen fusie",
  "map.generalised": "Veralgemeende grenzen, getekend uit punten van dorpen",
  "map.official": "Grenzen: {source}",
  "keys.ends": "naar de eerste of de laatste gemeente op naam",
  "keys.pan": "de kaart verschuiven",
  "keys.menu": "wat er met deze gemeente kan",
};
