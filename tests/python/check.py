"""Asks as examples-c/check.c does, through the Python package, with the same arguments and exit codes 0 and 1."""

import argparse
import pathlib
import sys

import qls_precheck


def main():
    parser = argparse.ArgumentParser()
    for name in ("--server", "--token-file", "--ca-file", "consumers"):
        parser.add_argument(name)
    given = parser.parse_args()
    token = pathlib.Path(given.token_file).read_text().strip()
    try:
        with qls_precheck.Client(given.server, ca_file=given.ca_file) as client:
            result = client.check(pathlib.Path(given.consumers).read_text(), token)
    except qls_precheck.QlsError as error:
        print(error, file=sys.stderr)
        return 3
    for component in result.components:
        print(component.component_id, component.verdict.name.lower())
    return 0 if all(component.verdict is qls_precheck.Verdict.ALLOWED for component in result.components) else 1


if __name__ == "__main__":
    sys.exit(main())
