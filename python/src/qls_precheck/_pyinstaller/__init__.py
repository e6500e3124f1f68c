"""Tells PyInstaller, by an entry point, where the hook for this package lies. Nothing else imports this."""

from __future__ import annotations

import os


def hook_directories() -> list[str]:
    """The folder of the hook."""
    return [os.path.dirname(__file__)]
