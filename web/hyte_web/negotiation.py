"""Which of the offered media types or languages a request likes best (RFC 9110, 12.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from flask import request

from hyte_graph.languages import LANGUAGES

_Specificity = Callable[[str, str], int]


def best_type(offers: Sequence[str]) -> str | None:
    """Return the offered media type that the request likes best, the first of equals; None if it accepts none.

    Parameters such as `profile` do not count, so `application/ld+json;profile=…` is JSON-LD.
    """
    return best(offers, list(request.accept_mimetypes), _type_specificity)


def best_language() -> str:
    """Return the language of the project that the request likes best, Finnish where it likes none."""
    return best(LANGUAGES, list(request.accept_languages), _language_specificity) or LANGUAGES[0]


def best(offers: Sequence[str], ranges: Iterable[tuple[str, float]], specificity: _Specificity) -> str | None:
    """Return the offer of the highest quality, where the most specific range that fits an offer sets its quality.

    Args:
        offers: what there is, the most welcome first.
        ranges: the ranges of the request with their quality, 0 to 1; none means that anything will do.
        specificity: how closely a range fits an offer; 0 where it does not.
    """
    wanted = list(ranges) or [("*", 1.0)]
    rated = [(_quality(offer, wanted, specificity), -place) for place, offer in enumerate(offers)]
    quality, place = max(rated)
    return offers[-place] if quality > 0 else None


def _quality(offer: str, ranges: list[tuple[str, float]], specificity: _Specificity) -> float:
    fitting = [(specificity(offer, name), quality) for name, quality in ranges]
    closest, quality = max(fitting)
    return quality if closest else 0.0


def _type_specificity(offer: str, name: str) -> int:
    bare = name.partition(";")[0].strip().lower()
    if bare == offer:
        return 3
    if bare == f"{offer.partition('/')[0]}/*":
        return 2
    return int(bare in ("*/*", "*"))


def _language_specificity(offer: str, name: str) -> int:
    bare = name.lower()
    if bare == offer:
        return 3
    if bare.partition("-")[0] == offer:
        return 2
    return int(bare == "*")
