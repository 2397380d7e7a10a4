"""Names that planners give to the columns of their tables: in Dutch, English and French, some in others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..common.text import fold

CODE = (
    "nis",
    "nis_code",
    "niscode",
    "nis-code",
    "nisnummer",
    "nis-nummer",
    "refnis",
    "cd_refnis",
    "cd_munty_refnis",
    "nis2025",
    "nis2024",
    "nis2019",
    "nis6",
    "ins",
    "code_ins",
    "codeins",
    "code-ins",
    "insee_code",
    "lau",
    "lau_code",
    "lau2",
    "gemeentecode",
    "gemeente_nis",
    "municipality_code",
    "ehak",
    "ehak_kood",
    "kood",
    "kommunekode",
    "kommunenr",
    "kommunenummer",
    "kommunkod",
    "kuntakoodi",
    "gemeindeschlüssel",
    "ags",
    "geoid",
    "geoid20",
    "geoid10",
    "blockid",
    "blockid20",
    "code",
)
"""Columns with the code of a municipality, in Belgium its NIS code; a postcode is none."""

NAME = (
    "municipality",
    "gemeente",
    "gemeentenaam",
    "naam_gemeente",
    "name",
    "naam",
    "tx_descr_nl",
    "tx_munty_descr_nl",
    "commune",
    "nom_commune",
    "nom",
    "municipality_name",
    "town",
    "kommune",
    "kommunenavn",
    "kommun",
    "omavalitsus",
    "nimi",
    "kunta",
    "gemeinde",
    "gemeindename",
)
"""Columns with the name of a municipality."""

MERGER = (
    "merger",
    "fusie",
    "fusiegemeente",
    "nieuwe_gemeente",
    "nieuwe_fusiegemeente",
    "fusiegroep",
    "fusienaam",
    "fusievoorstel",
    "voorstel",
    "new_municipality",
    "new_name",
    "fusion",
    "nouvelle_commune",
    "commune_fusionnée",
)
ZONE = (
    "zone",
    "referentiezone",
    "reference_zone",
    "refzone",
    "zone_de_référence",
    "zone_de_reference",
)
GROUP = (
    "group",
    "groep",
    "groepsnummer",
    "cluster",
    "groupe",
    "district",
    "cdfp",
)
"""Columns with the merger, zone or group of a municipality."""

SEAT_CODES = {
    "merger": ("merger_nis", "nis_code_of_the_seat_of_the_merger"),
    "fusie": ("nis-code_van_de_zetel_van_de_fusie",),
    "zone": ("zone_nis",),
    "reference zone": ("nis_code_of_the_seat_of_the_reference_zone",),
    "referentiezone": ("nis-code_van_de_zetel_van_de_referentiezone",),
}
"""Columns with the code of a seat, which tells mergers or zones of one name apart, by the column beside which
this program writes them."""

MEMBERS = (
    "member_nis",
    "nis_codes_of_the_municipalities",
    "nis-codes_van_de_gemeenten",
    "members",
)
"""Columns of this program that list all members of a merger or zone."""

ORIGIN = (
    "origin",
    "herkomst",
    "woonplaats",
    "woongemeente",
    "nis_woonplaats",
    "nis_res",
    "nis2025_res",
    "nis2019_res",
    "van",
    "from",
    "residence",
    "home",
    "home_nis",
    "domicile",
    "origine",
    "commune_de_résidence",
)
DESTINATION = (
    "destination",
    "bestemming",
    "werkplaats",
    "werkgemeente",
    "nis_werkplaats",
    "nis_work",
    "nis2025_work",
    "nis2019_work",
    "naar",
    "to",
    "work",
    "workplace",
    "work_nis",
    "lieu_de_travail",
    "commune_de_travail",
)
PEOPLE = (
    "people",
    "pendelaars",
    "personen",
    "aantal",
    "aantal_pendelaars",
    "werkenden",
    "workers",
    "commuters",
    "persons",
    "count",
    "navetteurs",
    "personnes",
    "nombre",
    "travailleurs",
)

LONGITUDE = ("lon", "longitude", "lng", "long", "lengtegraad")
LATITUDE = ("lat", "latitude", "breedtegraad")
"""Columns with the place of a point in degrees."""

X = (
    "x",
    "x_coord",
    "xcoord",
    "x_coordinate",
    "coord_x",
    "x_coordinaat",
    "x_lambert",
    "lambert_x",
    "x31370",
    "easting",
)
Y = (
    "y",
    "y_coord",
    "ycoord",
    "y_coordinate",
    "coord_y",
    "y_coordinaat",
    "y_lambert",
    "lambert_y",
    "y31370",
    "northing",
)
"""Columns with the place of a point in metres."""

OLD_CODE = (
    "old_nis",
    "source_nis",
    "old_code",
    "oude_nis",
    "oude_niscode",
    "nis_old",
    "nis_oud",
    "ancien_ins",
)
OLD_NAME = ("old_name", "source_name", "oude_naam", "oude_gemeente", "old_municipality", "ancienne_commune")
"""Columns of a crosswalk with the municipality that was."""

NEW_CODE = (
    "new_nis",
    "target_nis",
    "new_code",
    "nieuwe_nis",
    "nieuwe_niscode",
    "nis_new",
    "nis_nieuw",
    "nouveau_ins",
)
NEW_NAME = (
    "new_name",
    "target_name",
    "nieuwe_naam",
    "nieuwe_gemeente",
    "nieuwe_gemeenten",
    "nieuwe_fusiegemeente",
    "naam_nieuwe_gemeente",
    "new_municipality",
    "nouveau_nom",
    "nouvelle_commune",
)
"""Columns with the municipality that comes out of a merger."""

NEW_CLASS = ("new_class", "nieuwe_klasse", "nieuwe_uitrustingsgraad", "nouvelle_classe")
"""Columns with the degree of equipment of what comes out of a merger."""

MOMENT = ("year", "jaar", "année", "effective_date", "ingangsdatum", "date_d_effet")
"""Columns with the year, or the day, from which on a merger is there."""

ALONE = frozenset(
    {"0", "0.0", "0,0", "00", "geen", "none", "no", "aucun", "aucune", "niet", "nee", "non"}
    | {
        "alleen",
        "zelfstandig",
        "alone",
        "stand-alone",
        "standalone",
        "seul",
        "seule",
        "geen fusie",
        "no merger",
    }
    | {"blijft alleen", "blijft zelfstandig", "geen voorstel", "niet gefuseerd", "ongewijzigd", "unchanged"}
    | {"pas de fusion", "sans fusion", "reste seule", "inchangée", "ø", "∅"}
)
"""Texts for a municipality without a group; a blank cell says the same."""

POSTCODES = frozenset(
    {"postcode", "post code", "postal code", "postnummer", "code postal", "zip", "zip code"}
)


def words_of(column: str) -> str:
    """Normalise the name of a column: dashes and underscores count as blanks."""
    return fold(column).replace("_", " ").replace("-", " ").strip(" :*")


def columns_called(columns: Iterable[str], words: Sequence[str]) -> list[str]:
    """List the columns that have one of the names, in the order of the names."""
    by_words: dict[str, str] = {}
    for column in columns:
        if column:
            by_words.setdefault(words_of(column), column)
    named = [by_words[words_of(word)] for word in words if words_of(word) in by_words]
    return list(dict.fromkeys(named))
