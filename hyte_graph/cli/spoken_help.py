"""The help of the command line in Finnish and Swedish; the English words stand where the arguments are declared."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise

from hyte_graph.languages import LANGUAGES
from hyte_graph.resources import package_file
from hyte_graph.settings import language

_CODES = "exit codes"


def wanted_language(words: Sequence[str]) -> str:
    """Return the language of `--lang` among the words of a call, else that of the user."""
    told = [value for word, value in pairwise(words) if word == "--lang"]
    told += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    return next((value for value in told if value in LANGUAGES), language())


def speak(parser: argparse.ArgumentParser, spoken: str) -> None:
    """Put the help of a parser and of its commands into a language."""
    if spoken != "en":
        _translate(parser, {english: told[spoken] for english, told in translations().items()})


def translations() -> Mapping[str, Mapping[str, str]]:
    """Return the Finnish and Swedish words by the English ones."""
    return tomllib.loads(package_file("cli/help.toml").read_text(encoding="utf-8"))


def _translate(parser: argparse.ArgumentParser, words: Mapping[str, str]) -> None:
    parser.description = _sentence(parser.description or "", words)
    if parser.epilog:
        parser.epilog = words[_CODES]
    for group in parser._action_groups:
        group.title = words.get(group.title or "", group.title)
    for action in parser._actions:
        action.help = words.get(action.help or "", action.help)
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = words.get(choice.help or "", choice.help)
            for command in action.choices.values():
                _translate(command, words)


def _sentence(text: str, words: Mapping[str, str]) -> str:
    """Return a description in other words: as it stands, or made of the short help of a command."""
    if text in words:
        return words[text]
    short = words.get(text[:1].lower() + text[1:].rstrip("."), "")
    return short[:1].upper() + short[1:] + "." if short else text
