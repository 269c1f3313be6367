"""What the results of many checks come to: what is told of each on stderr, and one exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from hyte_graph.cli.failures import tell
from hyte_graph.cli.filings import announce
from hyte_graph.cli.jobs import Checked
from hyte_graph.messages import say


@dataclass
class Tally:
    """The exit code so far."""

    language: str
    level: frozenset[str]  # outcomes that give 1
    worst: int = 0  # of the errors
    is_found: bool = False
    is_silent: bool = False

    @property
    def code(self) -> int:
        """Return the exit code of the command."""
        return self.worst or (1 if self.is_found else (4 if self.is_silent else 0))

    def begin(self, result: Checked) -> None:
        """Tell on stderr what a reader should know before the result, and why there is none."""
        announce(result.notices, self.language)
        if result.error:
            tell(result.error, self.language)
            self.worst = max(self.worst, result.error.exit_code)

    def end(self, result: Checked) -> None:
        """Tell that a description states nothing, and count what was found."""
        if result.is_silent:
            print(say("nothing-stated", name=result.title).within(self.language), file=sys.stderr)
        self.is_found = self.is_found or bool(result.found & self.level)
        self.is_silent = self.is_silent or result.is_silent
