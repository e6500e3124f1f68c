"""The loops that hosts write over a result in Python.

It is called as loops.cpp is, with the package on PYTHONPATH and the library in QLS_PRECHECK_LIBRARY.
"""

import gc
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
    # Python's garbage collector visits all objects again and again while json.loads() makes them, so that this alone
    # takes 28 times as long for ten times the licenses. What is left without it is the time of the package.
    gc.disable()
    url, operation, consumers = sys.argv[1:]
    token = os.environ["BENCH_TOKEN"]
    with qls_precheck.Client(url, timeout=600) as client:
        if operation == "list":
            measure(
                "Python, a member of each license",
                lambda: client.list(token),
                lambda licenses: sum(len(license["license_info"]["license_id"]) for license in licenses),
            )
            measure(
                "Python, each consumer of a license",
                lambda: client.list(token),
                lambda licenses: sum(len(each["consumer_id"]) for each in licenses.licenses[0]["consumers"]),
            )
        else:
            text = Path(consumers).read_text()
            measure(
                "Python, `components`, then `is_allowed`",
                lambda: client.check(text, token),
                lambda result: sum(result.is_allowed(each.component_id) + 1 for each in result.components),
            )


main()
