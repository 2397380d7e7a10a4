"""Old paths of modules that moved; see `note_moved`."""

MOVED = {
    "": "parts=entities",
    "common": "activity arrays atomic extras=optional json_text kinds leftovers limits ordinary path_names"
    " problems text toml validation",
    "tables": "cells decoding delimited formulas header_words importing.sheets importing.workbooks numerals"
    " table_form=form table_header=header",
    "vectors": "crs features polygons shapefile_text",
}
