"""How the documentation is built: Markdown pages, warnings as errors."""

from __future__ import annotations

project = "casecore"
author = "The casecore authors"
project_copyright = "2026, The casecore authors"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "casecore"
html_copy_source = False
html_show_sphinx = False
