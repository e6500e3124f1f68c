"""How Sphinx makes the manual: of the repository's pages where they lie, so that their links work there too."""

import posixpath
import re
from pathlib import Path

from pygments.lexers.special import TextLexer

ROOT = Path(__file__).parents[1]

project = "qls-precheck"
release = re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text("utf-8"), re.MULTILINE)[1]

extensions = ["myst_parser", "breathe"]
root_doc = "docs/index"
# Each of them has to be in docs/index.md.
include_patterns = [
    "*.md",
    "*/README.md",
    "integrations/*/README.md",
    "integrations/ifw/tried.md",
    "benches/RESULTS.md",
    "docs/*.md",
    "docs/*.rst",
]
exclude_patterns = ["target", "fuzz", "python/.venv", ".pytest_cache"]
nitpicky = True
# Quotes are C's and JSON's too.
smartquotes = False

# As many levels of headings have anchors as the pages link to.
myst_heading_anchors = 4
# The README has a picture of a width of its own.
myst_enable_extensions = ["html_image"]

# Where Doxygen writes.
breathe_projects = {"qls": str(ROOT / "target/doxygen/xml")}
breathe_default_project = "qls"
breathe_domain_by_extension = {"h": "c", "hpp": "cpp"}
breathe_show_include = False
# C's own types, and what the C++ header keeps to itself or takes from C.
nitpick_ignore_regex = [("c:identifier", "u?int32_t|size_t"), ("cpp:identifier", "detail.*|qls_.*")]

html_theme = "furo"
html_title = f"qls-precheck {release}"
html_copy_source = False
html_show_copyright = False
html_static_path = ["manual.css"]
html_css_files = ["manual.css"]


def list_pages(app, docname, source):
    """What docs/index.md links to is the manual's order, and its headings are those of the list of pages."""
    if docname != root_doc:
        return
    for section in source[0].split("\n## ")[1:]:
        caption, _, text = section.partition("\n")
        pages = [posixpath.normpath(f"/docs/{page}") for page in re.findall(r"\]\(([^)#:]+)\.(?:md|rst)\)", text)]
        if pages:
            lines = "\n".join(pages)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n"


def setup(app):
    app.connect("source-read", list_pages)
    # Those of Pygments do not know these dialects.
    for dialect in ("qmake", "nsis", "pascal"):
        app.add_lexer(dialect, TextLexer)
