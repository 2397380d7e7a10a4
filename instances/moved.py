"""Old paths of modules that moved; see `note_moved`."""

MOVED = {
    "": "parts=entities translation=crosswalk",
    "common": "activity arrays atomic extras=optional json_text kinds=field_types"
    " leftovers=temporary limits ordinary=regular_files path_names problems text toml validation",
    "importing": "importing.misfits=gaps_overlaps importing.seams=shared_borders importing.survey=coverage",
    "tables": "cells decoding delimited formulas header_words importing.sheets importing.workbooks numerals"
    " table_form=form table_header=header",
    "vectors": "crs features polygons shapefile_text",
}
