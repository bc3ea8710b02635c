from builder import __version__

project = "proceedings-builder"
author = "The proceedings-builder maintainers"
copyright = "2026, the proceedings-builder maintainers"
release = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "proceedings-builder"
exclude_patterns = ["_build"]
html_copy_source = False
