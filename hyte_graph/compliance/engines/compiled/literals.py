"""Literals by their values: whether they are well formed, and which of two is less (SPARQL 1.1, 17.3)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from hyte_graph.compliance.engines.compiled.terms import Term, is_literal, parts
from hyte_graph.vocabulary import FOREIGN

_XSD = FOREIGN["xsd"]
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_DAY = rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<end>24:00:00(?:\.0+)?))"
_REAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
_SPAN_DAY = r"(?:(?P<days>\d+)D)?"
_SPAN_TIME = r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
_FORMS = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": _REAL,
    "float": _REAL,
    "boolean": r"true|false|1|0",
    "dateTime": rf"{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": rf"{_DAY}T{_TIME}{_ZONE.removesuffix('?')}",
    "date": rf"{_DAY}{_ZONE}",
    "time": rf"{_TIME}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-(?P<month>0[1-9]|1[0-2]){_ZONE}",
    "gMonth": rf"--(?P<month>0[1-9]|1[0-2]){_ZONE}",
    "gDay": rf"---(?P<day>0[1-9]|[12]\d|3[01]){_ZONE}",
    "gMonthDay": rf"--(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01]){_ZONE}",
    "duration": rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?{_SPAN_DAY}{_SPAN_TIME}",
    "dayTimeDuration": rf"(?P<sign>-)?P(?=.){_SPAN_DAY}{_SPAN_TIME}",
    "yearMonthDuration": r"(?P<sign>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
}
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_POINTS = ("dateTime", "dateTimeStamp", "date", "time", "gYear", "gYearMonth")


class Value(NamedTuple):
    """What a literal stands for; only values of one kind can be compared."""

    kind: str
    value: Decimal | float | str | bool


@cache
def _pattern(datatype: str) -> re.Pattern[str] | None:
    """Return what a datatype looks like; it is compiled when the first literal of it comes."""
    local = datatype.removeprefix(_XSD)
    return re.compile(_FORMS[local], re.ASCII) if datatype == _XSD + local and local in _FORMS else None


@lru_cache(maxsize=65536)
def is_well_formed(term: Term) -> bool:
    """Return whether a literal is in the lexical space of its datatype; those of unknown datatypes are."""
    lexical, datatype, _ = parts(term)
    local = datatype.removeprefix(_XSD)
    if datatype.startswith(_XSD) and local in _INTEGERS:
        return _is_integer(lexical, *_INTEGERS[local])
    pattern = _pattern(datatype)
    if pattern is None:
        return True
    match = pattern.fullmatch(lexical)
    return match is not None and _is_day(match.groupdict())


def _is_integer(lexical: str, least: int | None, most: int | None) -> bool:
    pattern = _pattern(_XSD + "integer")
    if not pattern or not pattern.fullmatch(lexical):
        return False
    number = Decimal(lexical)
    return (least is None or number >= least) and (most is None or number <= most)


def _is_day(found: dict[str, str | None]) -> bool:
    """Return whether the day exists in its month; the 29th of February needs a leap year, where one is told."""
    month, day = found.get("month"), found.get("day")
    if not month or not day:
        return True
    year = int(found.get("year") or 4)
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return int(day) <= _LENGTHS[int(month) - 1] and (month != "02" or day != "29" or is_leap)


@lru_cache(maxsize=65536)
def value_of(term: Term) -> Value | None:
    """Return the value of a literal; None where it has none that can be compared."""
    if not is_literal(term) or not is_well_formed(term):
        return None
    lexical, datatype, language = parts(term)
    if language or not datatype.startswith(_XSD):
        return None
    local = datatype.removeprefix(_XSD)
    if local in _INTEGERS or local == "decimal":
        return Value("number", Decimal(lexical))
    if local in ("double", "float"):
        number = float(lexical.replace("INF", "inf"))
        return None if math.isnan(number) else Value("number", number)
    if local == "boolean":
        return Value(local, lexical in ("true", "1"))
    return Value(local, lexical) if local == "string" else _time_value(local, lexical)


def _time_value(local: str, lexical: str) -> Value | None:
    pattern = _pattern(_XSD + local)
    match = pattern.fullmatch(lexical) if pattern else None
    found = {key: value or "" for key, value in match.groupdict().items()} if match else {}
    if local in _POINTS:
        kind = "dateTime" if local == "dateTimeStamp" else local
        return Value(f"{kind} with a zone" if found["zone"] else kind, _seconds(found))
    if local == "yearMonthDuration":
        return Value(local, _signed(found, Decimal(12 * _number(found, "years") + _number(found, "months"))))
    if local == "dayTimeDuration":
        return Value(local, _signed(found, _span(found)))
    return None


def _signed(found: dict[str, str], size: Decimal) -> Decimal:
    return -size if found["sign"] else size


def _span(found: dict[str, str]) -> Decimal:
    whole = (_number(found, "days") * 24 + _number(found, "hours")) * 3600 + _number(found, "minutes") * 60
    return whole + Decimal(found["seconds"] or "0")


def _number(found: dict[str, str], name: str, missing: int = 0) -> int:
    return int(found.get(name) or missing)


def _seconds(found: dict[str, str]) -> Decimal:
    """Return a point in time as seconds, in Universal Time where its zone is told."""
    hour = 24 if found.get("end") else _number(found, "hour")
    days = _days(_number(found, "year", 1970), _number(found, "month", 1), _number(found, "day", 1))
    minutes = hour * 60 + _number(found, "minute") - _offset(found["zone"])
    return Decimal(days * 86400 + minutes * 60) + Decimal(found.get("second") or "0")


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the calendar that has no first year."""
    before = year - (month <= 2)  # noqa: PLR2004
    shifted = (month + 9) % 12
    return 365 * before + before // 4 - before // 100 + before // 400 + (153 * shifted + 2) // 5 + day


def _offset(zone: str) -> int:
    if zone in ("", "Z"):
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def compare(left: Term, right: Term) -> int | None:
    """Return -1, 0 or 1 as one literal is less than, equal to or more than another; None where that is not told."""
    one, other = value_of(left), value_of(right)
    if one is None or other is None or one.kind != other.kind:
        return None
    a, b = one.value, other.value
    if isinstance(a, float) != isinstance(b, float):
        a, b = float(a), float(b)
    return (a > b) - (a < b)  # type: ignore[operator]
