"""Prints who may install what: a row for each component, a column for each user.

    python who_may_install.py CONSUMERS.json TOKENS [SERVER]

TOKENS is a folder with one file for each user, named after the user and holding the user's token: keep it readable
for yourself alone. Everybody is asked for at the same time, with one client.

Exit code 0 when everybody could be asked for; a column of "?" otherwise, with the reason below, and 2.
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

    # In this order Ctrl-C cancels the client, and with it the calls that the pool would wait for.
    with ThreadPoolExecutor(8) as pool, qls_precheck.Client(server) as client:
        calls = {user: pool.submit(client.check, consumers, token) for user, token in tokens.items()}
        for user, call in calls.items():
            try:
                result = call.result()
                for component in result.components:
                    # Several consumers may have one component: its own verdict is the worst of theirs.
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
