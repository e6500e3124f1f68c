"""Stops a release if our own account may not install everything that the installer will offer.

    python gate_release.py CONSUMERS.json [SERVER]

The release job runs it before the installer is built. The token comes from the environment variable QLS_TOKEN, which
the job sets from its secrets; if it is not set, the token of the signed-in Qt account is used. If the server cannot be
reached, this tries three times. If there is still no answer, or the list is empty, there is no release.

Exit codes: 0 release, 1 no release, 2 no answer.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import qls_precheck
from qls_precheck import Status

TRIES = 3
PAUSE = float(os.environ.get("QLS_PAUSE", "30"))  # seconds between tries


def may_pass(error: qls_precheck.QlsError) -> bool:
    """Whether trying again may help."""
    if isinstance(error, qls_precheck.NetworkError):
        return error.status != Status.TLS_UNTRUSTED
    return error.status in (Status.SERVER_ERROR, Status.RATE_LIMITED)


def ask(consumers: str, server: str | None) -> qls_precheck.CheckResult:
    """Asks for the verdicts, and tries again where that may help."""
    token = os.environ.get("QLS_TOKEN")
    with qls_precheck.Client(server, timeout=60, user_agent="ExampleRelease/1.0") as client:
        for turn in range(1, TRIES):
            try:
                return client.check(consumers, token)
            except qls_precheck.QlsError as error:
                if not may_pass(error):
                    raise
                print(f"try {turn} of {TRIES}: {error}", file=sys.stderr)
                time.sleep(PAUSE)
        return client.check(consumers, token)


def main(consumers_file: str, server: str | None = None) -> int:
    try:
        result = ask(Path(consumers_file).read_text(encoding="utf-8-sig"), server)
    except (OSError, UnicodeError) as error:
        print(f"no release, {consumers_file} cannot be read: {error}", file=sys.stderr)
        return 2
    except qls_precheck.QlsError as error:
        print(f"no release, there is no answer: {error.status.text}\n{error}", file=sys.stderr)
        return 2
    if not result.components:
        print(f"no release: {consumers_file} asks for nothing")
        return 1
    missing = [component for component in result.components if not component.verdict]
    for component in missing:
        print(f"{component.component_id}: {component.verdict.value} ({component.consumer_id})")
    print(f"no release: {len(missing)} of {len(result.components)} not allowed" if missing else "release")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
