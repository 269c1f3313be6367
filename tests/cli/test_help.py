"""The help of every command is there in Finnish and Swedish too."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from hyte_graph.cli.main import COMMANDS, _parser, main
from hyte_graph.cli.spoken_help import translations


def helps(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield from (action.help for action in parser._actions if action.help and action.help != argparse.SUPPRESS)


def command(name: str) -> argparse.ArgumentParser:
    parser = _parser([name])
    return next(item for item in parser._actions if isinstance(item, argparse._SubParsersAction)).choices[name]


ENGLISH = {text for name in COMMANDS for text in helps(command(name))} | set(COMMANDS.values())


def test_every_help_has_its_translation_and_no_translation_is_left_over():
    parser = _parser([])
    titles = {group.title for group in parser._action_groups}
    own = {parser.description, "exit codes", *helps(parser)} | titles
    assert set(translations()) == ENGLISH | own
    assert all(told["fi"] and told["sv"] and told["fi"] != told["sv"] for told in translations().values())


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_help_of_a_command_speaks_the_language(capsys, name, language):
    with pytest.raises(SystemExit):
        main([name, "--help", "--lang", language])
    out = " ".join(capsys.readouterr().out.split())
    told = translations()[COMMANDS[name]][language]
    assert told[1:] in out.replace("- ", "-")
    assert {"fi": "näytä tämä ohje", "sv": "visa denna hjälp"}[language] in out
    assert not [text for text in helps(command(name)) if len(text) > 12 and text in out]


@pytest.mark.parametrize(("language", "word"), [("fi", "paluukoodit"), ("sv", "returkoder"), ("en", "exit codes")])
def test_the_first_help_follows_the_language_of_the_user(capsys, monkeypatch, language, word):
    monkeypatch.setenv("HYTE_LANG", language)
    assert main([]) == 2
    assert word in capsys.readouterr().out
