"""Labels of what is given, in the words of planners and in both languages of the page."""

from __future__ import annotations

from ..contract.base import Text

_Pair = tuple[str, str]

LAYERS: dict[str, _Pair] = {
    "police": ("police zones", "politiezones"),
    "primary_care": ("primary-care zones", "eerstelijnszones"),
    "fire": ("fire zones", "hulpverleningszones"),
    "housing_company": ("housing companies", "woonmaatschappijen"),
    "housing_cooperation": ("housing cooperations", "woonsamenwerkingsverbanden"),
    "transport": ("transport regions", "vervoerregio’s"),
    "judicial": ("judicial districts", "gerechtelijke arrondissementen"),
}
ZONES: dict[str, _Pair] = {
    "police": ("police zone", "politiezone"),
    "primary_care": ("primary-care zone", "eerstelijnszone"),
    "fire": ("fire zone", "hulpverleningszone"),
    "housing_company": ("housing company", "woonmaatschappij"),
    "housing_cooperation": ("housing cooperation", "woonsamenwerking"),
    "transport": ("transport region", "vervoerregio"),
    "judicial": ("judicial district", "gerechtelijk arrondissement"),
}
"""One zone of a layer."""

FUNCTIONS: dict[str, _Pair] = {
    "regional_city": ("large or regional city", "grootstad of regionale stad"),
    "centre": ("centre", "centrum"),
    "well_equipped": ("well equipped", "goed uitgerust"),
    "hospital": ("general hospital with emergency care", "algemeen ziekenhuis met spoed"),
    "rail": ("railway station", "treinstation"),
}
CLASSES: dict[str, _Pair] = {
    "a0": ("a0: large and regional cities", "a0: grootsteden en regionale steden"),
    "a1": ("a1: very well equipped centres", "a1: zeer goed uitgeruste centra"),
    "a2": ("a2: well equipped centres", "a2: goed uitgeruste centra"),
    "b0": ("b0: (very) well equipped, near a city", "b0: (zeer) goed uitgerust, bij een stad"),
    "b1": (
        "b1: moderately or weakly equipped, near a city",
        "b1: matig of zwak uitgerust, bij een stad",
    ),
    "c0": ("c0: very well equipped, elsewhere", "c0: zeer goed uitgerust, elders"),
    "c1": ("c1: well equipped, elsewhere", "c1: goed uitgerust, elders"),
    "c2": ("c2: moderately equipped, elsewhere", "c2: matig uitgerust, elders"),
    "c3": ("c3: weakly equipped, elsewhere", "c3: zwak uitgerust, elders"),
}
PRESETS: dict[str, tuple[_Pair, _Pair]] = {
    "mergers": (
        ("Mergers", "Fusies"),
        (
            "Mergers of 30,000 to about 130,000 inhabitants inside the reference regions",
            "Fusies van 30.000 tot ongeveer 130.000 inwoners binnen de referentieregio’s",
        ),
    ),
    "zones": (
        ("Reference zones", "Referentiezones"),
        (
            "Reference zones of about 70,000 to 130,000 inhabitants inside the reference regions",
            "Referentiezones van ongeveer 70.000 tot 130.000 inwoners binnen de referentieregio’s",
        ),
    ),
    "nested": (
        ("Zones and mergers", "Zones en fusies"),
        (
            "Reference zones and the mergers inside them, decided together",
            "Referentiezones en de fusies daarbinnen, samen beslist",
        ),
    ),
}
TERMS: dict[str, _Pair] = {
    "orientation": ("Orientation on centre towns", "Gerichtheid op centra"),
    "distance": ("Distance to the seat", "Afstand tot de zetel"),
    "coverage": ("Reach of centre functions", "Bereik van centrumfuncties"),
    "cooperation": ("Existing cooperation", "Bestaande samenwerking"),
    "touched": ("Cuts of {layer}", "Geraakte {layer}"),
    "straddle": ("Inhabitants outside the main {zone}", "Inwoners buiten de hoofdzone ({layer})"),
    "stacking": ("Merging again after 2019 or 2025", "Fusie op fusie (na 2019 of 2025)"),
    "shortfall": ("Inhabitants too few or too many", "Inwoners te weinig of te veel"),
    "detached": ("Surroundings that detach from their centre", "Omgeving losgemaakt van het centrum"),
    "size": ("Distance from the size aimed at", "Afwijking van de nagestreefde schaal"),
    "commuting": ("Commuting inside the merger", "Pendel binnen de fusie"),
    "fiscal": ("Differences in income", "Verschillen in inkomen"),
    "cut_edges": ("Neighbours kept apart", "Buren die gescheiden blijven"),
    "moment": ("Compactness", "Compactheid"),
}
"""Terms in the order in which the page lists them; any others come behind."""


def label(known: dict[str, _Pair], key: str, usual: str = "") -> Text:
    """Label a thing that is given; what nobody knows here is called by its own name."""
    if key in known:
        english, dutch = known[key]
        return Text(en=english, nl=dutch)
    return Text(en=usual or key.replace("_", " "))


def term_label(key: str, layer: str) -> Text:
    """Label a term by its key and the layer that it is about."""
    said, about, one = label(TERMS, key), label(LAYERS, layer), label(ZONES, layer, layer)
    english = said.en.replace("{layer}", about.en).replace("{zone}", one.en)
    if said.nl is None:
        return Text(en=english)
    return Text(
        en=english, nl=said.nl.replace("{layer}", about.nl or layer).replace("{zone}", one.nl or layer)
    )
