"""The site under load, under attack and over time, on this machine alone; every answer is compared with a reference.

    python -m benchmarks.load [--server gunicorn|waitress] [--seconds N] [--soak MINUTES] [--only PART …]

The server runs as docs/deploy.md has it, in processes of its own; those who ask run in others, on the same machine.
Changed is only what is named in the results: no limit of rates, since all requests come from one address, and in the
attack the time and memory of a query. The results go to results/load.json and load.md.
"""

from __future__ import annotations

import argparse

from benchmarks.load.client import Driver
from benchmarks.load.parts import PARTS, Bench
from benchmarks.load.references import References
from benchmarks.load.results import keep
from benchmarks.load.site import SERVERS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", choices=SERVERS, default=SERVERS[0])
    parser.add_argument(
        "--seconds", type=float, default=15.0, help="of each plain load; an attack takes four times that"
    )
    parser.add_argument("--soak", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    options = parser.parse_args()
    driver = Driver()
    try:
        bench = Bench(options.server, options.seconds, driver, References(), options.soak)
        for name in options.only:
            keep(bench, name, PARTS[name])
    finally:
        driver.close()


if __name__ == "__main__":
    main()
