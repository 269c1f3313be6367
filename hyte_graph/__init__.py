"""Finnish law on promoting health and wellbeing as a graph, and checks of who fulfils it.

    from datetime import date
    from hyte_graph import Hyte

    hyte = Hyte.load()
    hyte.norms(actor="pohjanmaa", on=date(2026, 1, 1))

What is named here is the public face of the library; the rest may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyte_graph.api import Hyte
    from hyte_graph.compliance.assessment import Assessment, Evidence, Verdict
    from hyte_graph.compliance.comparison import Row
    from hyte_graph.errors import (
        FilingError,
        HyteError,
        KnowledgeError,
        LimitError,
        MissingToolError,
        UndecidedError,
        UsageError,
    )
    from hyte_graph.intake.description import Description
    from hyte_graph.languages import Text
    from hyte_graph.model import Actor, Norm, Period, Provision
    from hyte_graph.store.answers import Rows, Triples, Truth
    from hyte_graph.store.concepts import Concept
    from hyte_graph.store.questions import Question
    from hyte_graph.store.search import Hit

__all__ = [
    "Actor",
    "Assessment",
    "Concept",
    "Description",
    "Evidence",
    "FilingError",
    "Hit",
    "Hyte",
    "HyteError",
    "KnowledgeError",
    "LimitError",
    "MissingToolError",
    "Norm",
    "Period",
    "Provision",
    "Question",
    "Row",
    "Rows",
    "Text",
    "Triples",
    "Truth",
    "UndecidedError",
    "UsageError",
    "Verdict",
]

_PLACES = {
    "Hyte": "api",
    "Assessment": "compliance.assessment",
    "Evidence": "compliance.assessment",
    "Verdict": "compliance.assessment",
    "Row": "compliance.comparison",
    "Description": "intake.description",
    "Text": "languages",
    "Actor": "model",
    "Norm": "model",
    "Period": "model",
    "Provision": "model",
    "Concept": "store.concepts",
    "Rows": "store.answers",
    "Triples": "store.answers",
    "Truth": "store.answers",
    "Question": "store.questions",
    "Hit": "store.search",
}


def __getattr__(name: str) -> object:
    """Return a public name; its module is imported only when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return list(__all__)
