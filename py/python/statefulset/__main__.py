"""`python -m statefulset`: the command-line tool.

`simulate STORY` runs a story of kubectl's words on a cluster in memory; `explain` says why StatefulSets are stuck. It
is the same program as `sts`; `--help` tells the rest.
"""

import signal
import sys

from ._statefulset import tool


def main() -> int:
    """Runs the tool; gives its exit status."""
    # What runs is not Python, and would not hear of it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return tool(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
