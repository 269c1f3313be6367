"""Frozen values whose classes cost next to nothing to make: a dataclass compiles its methods anew at every start."""

from __future__ import annotations

from inspect import get_annotations
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Kind = TypeVar("_Kind", bound=type)
_NAMES = "__value_names__"


@dataclass_transform(frozen_default=True)
def frozen_value(kind: _Kind) -> _Kind:
    """Return a class as a value of its annotated fields, as `dataclass(frozen=True)` would make it."""
    above = [getattr(one, _NAMES, ()) for one in kind.__bases__]
    names = tuple(dict.fromkeys([*(name for some in above for name in some), *get_annotations(kind)]))
    methods: dict[str, Any] = {_NAMES: names, "__init__": _init(names)}
    methods |= {"__eq__": _is_equal, "__hash__": _hash, "__repr__": _told}
    methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        setattr(kind, name, method)
    return kind


def _init(names: tuple[str, ...]) -> Any:
    size = len(names)

    def __init__(self: Any, *given: object, **named: object) -> None:  # noqa: N807
        if len(given) == size and not named:
            self.__dict__.update(zip(names, given, strict=True))
            return
        told = dict(zip(names, given, strict=False)) | named
        missing = [name for name in names if name not in told and not hasattr(type(self), name)]
        if missing or len(given) > size or len(told) < len(given) + len(named) or told.keys() - set(names):
            raise TypeError(f"{type(self).__name__}({', '.join(names)}): {given}, {named}")
        self.__dict__.update({name: told[name] if name in told else getattr(type(self), name) for name in names})

    return __init__


def _fields(self: Any) -> tuple[object, ...]:
    held = self.__dict__
    return tuple([held[name] for name in getattr(self, _NAMES)])


def _is_equal(self: object, other: object) -> bool:
    return _fields(self) == _fields(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(_fields(self))


def _told(self: object) -> str:
    told = zip(getattr(self, _NAMES), _fields(self), strict=True)
    return f"{type(self).__name__}({', '.join(f'{name}={item!r}' for name, item in told)})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")
