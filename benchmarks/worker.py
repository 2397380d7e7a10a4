"""One measurement, in a process of its own: a case comes in as JSON, its outcome goes out as JSON.

Started by `measure.py`; not meant to be called by hand.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from registry import Case, Outcome, benchmark


def main() -> None:
    """Run the case and write what comes out; a missing package or memory is an outcome too."""
    order = json.loads(sys.argv[1])
    if order["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        outcome = benchmark(order["benchmark"]).run(Case(**order["case"]))
    except ModuleNotFoundError as error:
        outcome = Outcome("skipped", note=f"{error.name} is not installed; pip install 'refzones[bench]'")
    except MemoryError:
        outcome = Outcome("out of memory", note="the memory limit was reached")
    Path(sys.argv[2]).write_text(json.dumps(asdict(outcome)), encoding="utf-8")


if __name__ == "__main__":
    main()
