"""The settings of the web: their names, what they mean by default, and how they are read from the environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from limits import parse_many

from hyte_graph.errors import UsageError
from hyte_web.sentences import said

PREFIX: Final = "HYTE_WEB_"
_FOREIGN = (f"{PREFIX}SERVICE_", f"{PREFIX}PORT")  # what Kubernetes sets for a service that is called hyte-web
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the application and, after `HYTE_WEB_`, in the environment."""

    name: str
    default: Any
    read: Callable[[str], Any] = str
    served: Any = None  # the default of a server for the public, where it differs


def _flag(text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise ValueError(text)
    return text.lower() in _YES


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _rate(text: str) -> str:
    parse_many(text)
    return text


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


SETTINGS: Final = (
    Setting("TRUSTED_HOSTS", ["localhost", "127.0.0.1"], _names),
    Setting("PUBLIC_BASE", ""),
    Setting("PROXIES", 0, _count),
    Setting("MAX_CONTENT_LENGTH", 64 * 1024, _count),
    Setting("HSTS_SECONDS", 31_536_000, _count),
    Setting("KEPT_MEMORY", 64, _count),
    Setting("LOG_REQUESTS", False, _flag, True),
    Setting("METRICS", False, _flag),
    Setting("RATE_LIMITS", False, _flag, True),
    Setting("RATE_PAGES", "600 per minute", _rate),
    Setting("RATE_DATA", "600 per minute", _rate),
    Setting("RATE_SPARQL", "120 per minute", _rate),
    Setting("RATE_CHECK", "30 per minute", _rate),
    Setting("RATE_STORAGE", "memory://"),
    Setting("STORE", ""),
    Setting("STORE_FOLDER", ""),
    Setting("SPARQL_SECONDS", 30, _count),
    Setting("SPARQL_ROWS", 100_000, _count),
    Setting("SPARQL_LONGEST", 65_536, _count),
    Setting("SPARQL_MOST", 5_000_000, _count),
    Setting("SPARQL_MEMORY", 2_048, _count),
    Setting("SPARQL_WORKERS", 4, _count),
    Setting("SPARQL_SLOW_WORKERS", 4, _count),
    Setting("RUNS_FOLDER", ""),
    Setting("RUNS_HOURS", 24, _count),
    Setting("CHECK_WORKERS", 2, _count),
    Setting("CHECK_SECONDS", 60, _count),
    Setting("CHECK_MEMORY", 2_048, _count),
    Setting("OPERATOR", ""),
    Setting("CONTACT", ""),
    Setting("LEGISLATION", [], _names),
    Setting("SUPERVISOR", ""),
    Setting("STATEMENT_DATE", ""),
    Setting("SECURITY_CONTACT", ""),
)
"""Every setting; the page docs/deploy.md tells what each does."""


def defaults() -> dict[str, Any]:
    """Return the settings of an application that nobody has configured: for this machine alone."""
    return {setting.name: setting.default for setting in SETTINGS}


def from_environment(environment: Mapping[str, str], *, is_public: bool = True) -> dict[str, Any]:
    """Return what the environment says, with the defaults of a server for the public if it is one.

    Raises:
        UsageError: a variable cannot be read, or has a name that no setting has.
    """
    known = {PREFIX + setting.name: setting for setting in SETTINGS}
    for name in environment:
        if name.startswith(PREFIX) and not name.startswith(_FOREIGN) and name not in known:
            raise UsageError(said("setting-unknown", name=name, known=", ".join(known)))
    found = {setting.name: setting.served for setting in SETTINGS if is_public and setting.served is not None}
    told = {known[name].name: _read(name, known[name], environment[name]) for name in known if name in environment}
    if "TRUSTED_HOSTS" in told:
        told["TRUSTED_HOSTS"].append("127.0.0.1")  # the machine itself asks whether the site is well
    return found | told


def shown(environment: Mapping[str, str]) -> dict[str, object]:
    """Return every setting of a server for the public by its variable; passwords in addresses are left out."""
    found = defaults() | from_environment(environment)
    return {PREFIX + setting.name: _hidden(found[setting.name]) for setting in SETTINGS}


def _hidden(value: object) -> object:
    """Return a value; what a store's address holds before the host can be a password."""
    return re.sub(r"//[^/@]*@", "//…@", value) if isinstance(value, str) else value


def _read(name: str, setting: Setting, text: str) -> Any:
    try:
        return setting.read(text)
    except ValueError as error:
        raise UsageError(said(f"setting-{setting.read.__name__.strip('_')}", name=name, value=text)) from error
