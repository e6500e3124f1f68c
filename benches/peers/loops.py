"""The loops that hosts write over a result in Python.

It is called as loops.cpp is, with the package on PYTHONPATH and the library in QLS_PRECHECK_LIBRARY.
"""

import json
import os
import sys
import time
from pathlib import Path

import qls_precheck


def measure(name, ask, loop):
    result = ask()
    start = time.thread_time_ns()
    read = loop(result)
    end = time.thread_time_ns()
    if not read:
        raise SystemExit(name)
    print(f"{name}\t{end - start}")


def main():
    url, operation, consumers = sys.argv[1:]
    token = os.environ["BENCH_TOKEN"]
    with qls_precheck.Client(url, timeout=600) as client:
        text = Path(consumers).read_text()

        def ask():
            return client.list(token) if operation == "list" else client.check(text, token)

        # All loops read the result's JSON first. Python's garbage collector visits all objects again and again while
        # they are made, so that this takes far more than ten times as long for ten times as many.
        measure("Python, `json.loads()` alone", ask, lambda result: json.loads(result.json))
        if operation == "list":
            measure(
                "Python, a member of each license",
                ask,
                lambda licenses: sum(len(license["license_info"]["license_id"]) for license in licenses),
            )
            measure(
                "Python, each consumer of a license",
                ask,
                lambda licenses: sum(len(each["consumer_id"]) for each in licenses.licenses[0]["consumers"]),
            )
        else:
            measure(
                "Python, `components`, then `is_allowed`",
                ask,
                lambda result: sum(result.is_allowed(each.component_id) + 1 for each in result.components),
            )


main()
