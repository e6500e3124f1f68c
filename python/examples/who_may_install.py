"""Prints who may install what: a row for each component, a column for each user.

    python who_may_install.py CONSUMERS.json TOKENS [SERVER]

TOKENS is a folder with one file for each user: its name is the user's, it holds the user's token, and only you should
be able to read it. All users are checked at the same time, with one client.

A user without an answer has a column of "?", and the reason goes to standard error.
Exit codes: 0 there is an answer for everybody, 2 not for everybody.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import qls_precheck


def main(consumers_file: str, token_folder: str, server: str | None = None) -> int:
    consumers = Path(consumers_file).read_text(encoding="utf-8")
    tokens = {path.name: path.read_text(encoding="utf-8").strip() for path in sorted(Path(token_folder).iterdir())}
    reasons: dict[str, str] = {}
    verdicts: dict[str, dict[str, str]] = {}

    # The client leaves first: Ctrl-C cancels its calls, which the pool then does not have to wait for.
    with ThreadPoolExecutor(8) as pool, qls_precheck.Client(server) as client:
        calls = {user: pool.submit(client.check, consumers, token) for user, token in tokens.items()}
        for user, call in calls.items():
            try:
                result = call.result()
                for component in result.components:
                    # If several consumers have one component_id, the verdict on the component is the worst of theirs.
                    verdict = result.verdict(component.component_id)
                    verdicts.setdefault(component.component_id, {})[user] = verdict.value
            except qls_precheck.QlsError as error:
                reasons[user] = str(error)

    rows = [["COMPONENT", *tokens]]
    rows += [[component, *(by_user.get(user, "?") for user in tokens)] for component, by_user in verdicts.items()]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for user, reason in reasons.items():
        print(f"{user}: {reason}", file=sys.stderr)
    return 2 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
