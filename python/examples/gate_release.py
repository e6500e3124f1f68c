"""Gates a release on entitlements: may everything that the installer will offer be installed by our own account?

    python gate_release.py CONSUMERS.json [SERVER]

To be run by the release job, before the installer is built. The token comes from the environment variable
QLS_TOKEN, where the job's secrets are; without it the signed-in Qt account is asked for. A server that cannot be
reached is no reason to stop a release for ever: it gets three tries. No answer is never a yes.

Exit codes: 0 release, 1 do not, 2 could not ask.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import qls_precheck

TRIES = 3
PAUSE = float(os.environ.get("QLS_PAUSE", "30"))  # seconds between tries


def ask(consumers: str, server: str | None) -> qls_precheck.CheckResult:
    """The verdicts; tried again where nobody answered."""
    token = os.environ.get("QLS_TOKEN")
    with qls_precheck.Client(server, timeout=60, user_agent="ExampleRelease/1.0") as client:
        for turn in range(1, TRIES):
            try:
                return client.check(consumers, token)
            except qls_precheck.NetworkError as error:
                print(f"try {turn} of {TRIES}: {error}", file=sys.stderr)
                time.sleep(PAUSE)
        return client.check(consumers, token)


def main(consumers_file: str, server: str | None = None) -> int:
    try:
        result = ask(Path(consumers_file).read_text(encoding="utf-8"), server)
    except qls_precheck.QlsError as error:
        print(f"no release, nobody could be asked: {error.status.text}\n{error}", file=sys.stderr)
        return 2
    missing = [component for component in result.components if not component.verdict]
    for component in missing:
        print(f"{component.component_id}: {component.verdict.value} ({component.consumer_id})")
    print(f"no release: {len(missing)} of {len(result.components)} not allowed" if missing else "release")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
