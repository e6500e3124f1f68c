"""Stops a release if our own account may not install everything that the installer will offer.

    python gate_release.py CONSUMERS.json [SERVER]

The release job runs it before the installer is built. The token comes from the environment variable QLS_TOKEN, which
the job sets from its secrets; if it is not set, the token of the signed-in Qt account is used. If the server cannot be
reached, this tries three times. If there is still no answer, or the list is empty, there is no release.

Exit codes: 0 release, 1 no release: not everything is allowed, 2 no answer: trying again later may help, 3 refused: the
list, the token or a setting cannot be used, the server says no, or there is no library; 64 wrong arguments,
130 interrupted by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

try:
    import qls_precheck
except ImportError as error:
    print(f"no release: {error}", file=sys.stderr)
    sys.exit(3)

TRIES = 3


def ask(consumers: str, server: str | None, pause: float) -> qls_precheck.CheckResult:
    """Asks for the verdicts, and tries again where that may help, after a pause in seconds."""
    token = os.environ.get("QLS_TOKEN")
    with qls_precheck.Client(server, timeout=60, user_agent="ExampleRelease/1.0") as client:
        for turn in range(1, TRIES):
            try:
                return client.check(consumers, token)
            except qls_precheck.QlsError as error:
                if not error.may_pass:
                    raise
                print(f"try {turn} of {TRIES}: {error}", file=sys.stderr)
                time.sleep(pause)
        return client.check(consumers, token)


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 64
    try:
        pause = float(os.environ.get("QLS_PAUSE", "30"))
        server = arguments[1] if len(arguments) == 2 else None
        result = ask(Path(arguments[0]).read_text(encoding="utf-8-sig"), server, max(pause, 0))
    except qls_precheck.QlsError as error:
        print(f"no release, there is no answer: {error.status.text}\n{error}", file=sys.stderr)
        return 2 if error.may_pass else 3
    except (OSError, ValueError) as error:
        print(f"no release, {arguments[0]} or QLS_PAUSE cannot be read: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("no release: interrupted", file=sys.stderr)
        return 130
    if not result.components:
        print(f"no release: {arguments[0]} asks for nothing")
        return 3
    missing = [component for component in result.components if not component.verdict]
    for component in missing:
        print(f"{component.component_id}: {component.verdict.value} ({component.consumer_id})")
    print(f"no release: {len(missing)} of {len(result.components)} not allowed" if missing else "release")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
