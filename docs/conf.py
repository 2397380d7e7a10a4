"""How the site is built: `make docs`, or `sphinx-build --fail-on-warning --keep-going docs build/docs`."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

project = "refzones"
release = version = installed("refzones")
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "commands",
    "offline",
    "reference",
]
# `api` holds what the extensions write; `commands.md` of it is a part of a page
exclude_patterns = ["extensions", "notebooks/run.py", "api/commands.md"]
default_role = "code"
# names like `count` and `regions` are attributes of many classes: a mention links to none of them
suppress_warnings = ["ref.python"]

myst_heading_anchors = 4
nb_execution_mode = "off"  # notebooks are stored with what they gave, and a test runs them
nb_merge_streams = True

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
autosummary_generate = False
toc_object_entries = False
add_module_names = False

highlight_language = "text"
html_theme = "furo"
html_title = "refzones"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
html_css_files = ["refzones.css"]
html_static_path = ["static"]
