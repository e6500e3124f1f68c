"""Tells the tests where cargo has built the library and the stand-in, unless the environment names other files."""

import os
from pathlib import Path

_TARGET = Path(__file__).resolve().parents[2] / "target"

os.environ.setdefault("QLS_PRECHECK_LIBRARY", str(_TARGET / "release/libqls_precheck.so"))
os.environ.setdefault("QLS_STANDIN", str(_TARGET / "debug/qls-standin"))
for _name in ("QLS_PRECHECK_LIBRARY", "QLS_STANDIN"):
    if not Path(os.environ[_name]).is_file():
        raise SystemExit(f"{_name}: no {os.environ[_name]}: cargo build --release; cargo build --package qls-standin")
