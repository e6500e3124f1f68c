"""Asks as python/README.md shows it: ask SERVER TOKEN_FILE."""

import sys
from pathlib import Path

import qls_precheck

token = Path(sys.argv[2]).read_text(encoding="utf-8").strip()
with qls_precheck.Client(sys.argv[1]) as client:
    result = client.check([{"consumer_id": "qtcreator", "component_id": "qt.tools.qtcreator"}], token)
print(qls_precheck.library_path)
print(result.is_allowed("qt.tools.qtcreator"))
