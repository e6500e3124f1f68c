"""Prints who may install what: a row for each component, a column for each user.

    python who_may_install.py CONSUMERS.json TOKENS [SERVER]

TOKENS is a folder with one file for each user: its name is the user's, it holds the user's token, and only you should
be able to read it. All users are checked at the same time, with one client.

A user without an answer has a column of "?", and the reason goes to standard error.
Exit codes: 0 there is an answer for everybody, 2 not for everybody: trying again later may help, 3 refused: the list, a
token or a setting cannot be used, the server says no, nothing or nobody is asked for, or there is no library; 64 wrong
arguments, 130 interrupted by Ctrl-C.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import qls_precheck
except ImportError as error:
    print(f"cannot ask: {error}", file=sys.stderr)
    sys.exit(3)


def answer(client: qls_precheck.Client, consumers: str, token_file: Path) -> qls_precheck.CheckResult:
    return client.check(consumers, token_file.read_text(encoding="utf-8-sig").strip())


def ask(consumers: str, users: dict[str, Path], server: str | None) -> int:
    """Asks for all users and prints the table; returns the exit code."""
    code = 0
    reasons: dict[str, str] = {}
    verdicts: dict[str, dict[str, str]] = {}

    # The client leaves first: Ctrl-C cancels its calls, which the pool then does not have to wait for.
    with ThreadPoolExecutor(8) as pool, qls_precheck.Client(server) as client:
        calls = {user: pool.submit(answer, client, consumers, path) for user, path in users.items()}
        for user, call in calls.items():
            try:
                result = call.result()
            except (qls_precheck.QlsError, OSError, UnicodeError) as error:
                reasons[user] = str(error)
                code = max(code, 2 if getattr(error, "may_pass", False) else 3)
                continue
            if not result.components:
                print("the list asks for nothing", file=sys.stderr)
                return 3
            for component in result.components:
                # If several consumers have one component_id, the verdict on the component is the worst of theirs.
                verdict = result.verdict(component.component_id)
                verdicts.setdefault(component.component_id, {})[user] = verdict.value

    rows = [["COMPONENT", *users]]
    rows += [[component, *(by_user.get(user, "?") for user in users)] for component, by_user in verdicts.items()]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for user, reason in reasons.items():
        print(f"{user}: {reason}", file=sys.stderr)
    return code


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 64
    try:
        users = {path.name: path for path in sorted(Path(arguments[1]).iterdir())}
        if not users:
            print(f"{arguments[1]} has no tokens: nobody is asked for", file=sys.stderr)
            return 3
        server = arguments[2] if len(arguments) == 3 else None
        return ask(Path(arguments[0]).read_text(encoding="utf-8-sig"), users, server)
    except (qls_precheck.QlsError, OSError, UnicodeError) as error:
        print(f"cannot ask: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
