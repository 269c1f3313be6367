"""The site under load, under attack and over time, on this machine alone; every answer is compared with a reference.

    python -m benchmarks.load [--server gunicorn|waitress …] [--seconds N] [--soak MINUTES] [--only PART …]

Each server runs as docs/deploy.md has it, gunicorn for the public and waitress as `hyte serve`, in processes of its
own; those who ask run in others, on the same machine. Unless told otherwise, every part is done with both.
Changed is only what is named in the results: no limit of rates, since all requests come from one address, and in the
attack the time and memory of a query. The results go to results/load.json and load.md.
"""

from __future__ import annotations

import argparse
from itertools import product

from benchmarks.load.client import Driver
from benchmarks.load.parts import PARTS, Bench
from benchmarks.load.references import References
from benchmarks.load.results import keep
from benchmarks.load.site import SERVERS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", nargs="+", choices=SERVERS, default=list(SERVERS), metavar="SERVER")
    parser.add_argument(
        "--seconds", type=float, default=15.0, help="of each plain load; an attack takes four times that"
    )
    parser.add_argument("--soak", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    options = parser.parse_args()
    driver = Driver()
    try:
        right = References()
        for name, server in product(options.only, options.server):
            keep(Bench(server, options.seconds, driver, right, options.soak), name, PARTS[name])
    finally:
        driver.close()


if __name__ == "__main__":
    main()
