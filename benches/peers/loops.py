"""The loops that hosts write over a result in Python.

It is called as `loops.py OPERATION`, which lists the loops, or `loops.py OPERATION LOOP URL FILE`, which measures one, as
loops.cpp does, with the package on PYTHONPATH and the library in QLS_PRECHECK_LIBRARY. A loop has a process of its own:
after another one a short loop would find enough memory that Python has used before, and a long one would not.
"""

import os
import sys
import time
from pathlib import Path

import qls_precheck

LOOPS = {
    "list": {
        "Python, a member of each license": lambda licenses: sum(
            len(license["license_info"]["license_id"]) for license in licenses
        ),
        "Python, each license by its index": lambda licenses: sum(
            len(licenses[index]["license_info"]["license_id"]) for index in range(len(licenses))
        ),
        "Python, each consumer of a license": lambda licenses: sum(
            len(each["consumer_id"]) for license in licenses for each in license["consumers"]
        ),
    },
    "check": {
        "Python, `components`, then `is_allowed`": lambda result: sum(
            result.is_allowed(each.component_id) + 1 for each in result.components
        ),
    },
}


def main():
    operation, *arguments = sys.argv[1:]
    if not arguments:
        print(*LOOPS[operation], sep="\n")
        return
    name, url, consumers = arguments
    loop = LOOPS[operation][name]
    token = os.environ["BENCH_TOKEN"]
    with qls_precheck.Client(url, timeout=600) as client:
        text = Path(consumers).read_text()
        result = client.list(token) if operation == "list" else client.check(text, token)
    start = time.thread_time_ns()
    read = loop(result)
    end = time.thread_time_ns()
    if not read:
        raise SystemExit(name)
    print(f"{name}\t{end - start}")


main()
