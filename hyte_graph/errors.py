"""Everything that can go wrong, by what the user can do about it.

HyteError
├── UsageError        the command or the call was wrong: call again, corrected
│   └── ForbiddenError  it asked for what nobody may do here
├── FilingError       the description cannot be read or is not sound: mend the file
├── LimitError        a query took too long or gave too much: narrow it, or raise the limit
│   ├── TooSlowError  it took longer than it may
│   ├── BusyError     nobody was free to do it: try again
│   └── TooBigError   it needed more memory than it may take
├── UndecidedError    the checks could not be carried out: nothing is said of any duty
│   └── DiedError     the process that did the work ended in the middle of it
├── RemoteError       another server did not answer as it should: see to it, or ask again
├── MissingToolError  a tool outside the package is needed: install it
└── KnowledgeError    the ontology or the rules are broken: a defect of the project
"""

from __future__ import annotations

from hyte_graph.languages import Text


class HyteError(Exception):
    """An error with one clear sentence in three languages: what, where, how to mend."""

    exit_code = 70

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class UsageError(HyteError):
    """The command or the call was wrong."""

    exit_code = 2


class ForbiddenError(UsageError):
    """The call asked for what nobody may do here, such as changing the data."""


class FilingError(HyteError):
    """The description cannot be read or is not sound; `messages` holds one sentence per fault."""

    exit_code = 3

    def __init__(self, *messages: Text) -> None:
        super().__init__(messages[0])
        self.messages = messages


class UndecidedError(HyteError):
    """The checks could not be carried out."""

    exit_code = 4


class LimitError(HyteError):
    """A query took too long or gave too much; nothing of its answer is handed out."""

    exit_code = 5


class TooSlowError(LimitError):
    """It took longer than it may, and was stopped."""


class BusyError(LimitError):
    """Nobody was free to do it in time."""


class TooBigError(LimitError):
    """It needed more memory than it may take, and was stopped."""


class DiedError(UndecidedError):
    """The process that did the work ended by itself."""


class RemoteError(HyteError):
    """Another server, such as the store that holds the graph, did not answer as it should."""

    exit_code = 5


class MissingToolError(HyteError):
    """A tool outside the package is missing."""

    exit_code = 2


class KnowledgeError(HyteError):
    """The ontology or the rules are broken."""

    exit_code = 70
