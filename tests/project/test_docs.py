"""The documentation: its links lead somewhere, its commands parse or run, its tables say what the code does."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from hyte_graph.cli import main as command_line
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.outcomes import OUTCOMES, Circumstances, outcome
from hyte_graph.intake import read_description
from hyte_graph.intake.form import description_form
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri
from tests.conftest import ROOT, verdict

DOCS = ROOT / "docs"
PAGES = (*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted(DOCS.rglob("*.md")))
GUIDES = ("auditor", "legal-expert", "developer")
MARK = re.compile(r"<!-- test: (.+) -->")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:hyte_graph|ontology|rules|examples|tests|docs|web)/[\w./-]*)`")
SHELL_MARKS = {"|", "||", "&&", ">", ">>", ";"}


@dataclass(frozen=True)
class Block:
    """A block of code, with the mark that stands above it."""

    language: str
    mark: str
    text: str

    def commands(self) -> Iterator[list[str]]:
        """Yield the words of each call of `hyte`, without what the shell does with the result."""
        for line in self.text.replace("\\\n", " ").splitlines():
            words: list[str] = []
            for word in [*shlex.split(line, comments=True), ";"]:
                if word not in SHELL_MARKS:
                    words.append(word)
                    continue
                if words and Path(words[0]).name == "hyte":
                    yield words[1:]
                words = []


def blocks(page: Path) -> list[Block]:
    found, mark, above = [], "", ""
    lines = iter(page.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line.startswith("```"):
            inner = [*iter(lambda: next(lines), "```")]
            mark = MARK.fullmatch(above)[1] if MARK.fullmatch(above) else ""
            found.append(Block(line.removeprefix("```"), mark, "\n".join(inner)))
        above = line
    return found


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def table(page: Path, mark: str) -> list[list[str]]:
    """Return the rows of the table below a mark, without its head."""
    below = page.read_text(encoding="utf-8").partition(f"<!-- test: {mark} -->\n")[2]
    lines = below.partition("\n\n")[0].splitlines()
    assert len(lines) > 2, f"{page.name} has no table below {mark!r}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def guides(name: str) -> dict[str, Path]:
    return {language: DOCS / f"guide-{name}.{language}.md" for language in LANGUAGES}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def desk(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the examples, the law and the rules alone; the knowledge is read once for all commands."""
    for name in ("examples", "ontology", "rules"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Knowledge, "shipped", lambda: knowledge)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_inside_the_project_leads_somewhere(page):
    for target in LINK.findall(prose(page)):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            aim = (page.parent / path).resolve() if path else page
            assert aim.exists(), target
            assert not anchor or anchor in anchors(aim), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_is_named_exists(page):
    assert [path for path in PATH.findall(prose(page)) if not (ROOT / path).exists()] == []


def test_a_heading_gives_the_anchor_that_github_makes(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# På svenska: `a_b` & c\n", encoding="utf-8")
    assert anchors(page) == {"på-svenska-a_b--c"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_shown_is_understood(page):
    for block in blocks(page):
        for words in block.commands() if block.language == "sh" else ():
            options = command_line._parser(words).parse_args(words)
            assert options.command in command_line.COMMANDS


def test_the_pages_show_commands_of_every_kind_of_reader():
    shown = {
        words[0] for page in PAGES for block in blocks(page) if block.language == "sh" for words in block.commands()
    }
    assert {"check", "norms", "show"} <= shown


@pytest.mark.parametrize("page", [page for page in PAGES if any(item.mark for item in blocks(page))], ids=name_of)
def test_marked_commands_run_and_give_what_the_page_shows(page, desk, capsys):
    output: list[str] = []
    for block in blocks(page):
        if block.mark.startswith("run"):
            wanted = int(block.mark.partition("exit=")[2] or 0)
            assert [command_line.main(words) for words in block.commands()][-1] == wanted, block.text
            output = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        if block.mark == "in output":
            assert set(block.text.splitlines()) <= set(output)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(item.language == "python" for item in blocks(page))], ids=name_of
)
def test_the_python_of_a_page_runs_from_top_to_bottom(page, desk, capsys):
    known: dict[str, object] = {}
    for block in blocks(page):
        if block.language == "python":
            exec(compile(block.text, page.name, "exec"), known)  # noqa: S102
            assert capsys.readouterr().out.strip() or "print" not in block.text


@pytest.mark.parametrize("name", GUIDES)
def test_the_three_languages_of_a_guide_have_the_same_parts(name):
    shapes = []
    for language, page in guides(name).items():
        levels = re.findall(r"^(#+) ", prose(page), re.MULTILINE)
        rows = len(re.findall(r"^\|", prose(page), re.MULTILINE))
        code = [item.text for item in blocks(page) if item.language in ("sh", "python")]
        plain = [re.sub(rf'(--lang |"){language}\b', r"\1xx", text) for text in code]
        shapes.append((levels, rows, plain, [item.language for item in blocks(page)]))
    assert all(one == other for one, other in pairwise(shapes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_auditor_s_table_of_outcomes_is_that_of_the_scheme(language, knowledge):
    rows = table(guides("auditor")[language], "scheme")
    scheme = [iri("outcome", item) for item in OUTCOMES]
    wanted = {
        (
            knowledge.triples.value(address, "hasSymbol"),
            knowledge.label(address).within(language),
            knowledge.triples.text(address, "skos:definition").within(language),
        )
        for address in scheme
    }
    assert {tuple(row) for row in rows} == wanted
    assert len(rows) == len(OUTCOMES)


def test_the_table_of_findings_and_outcomes_is_what_the_code_does():
    for found, *cells in table(DOCS / "architecture.md", "outcomes"):
        kinds = frozenset(re.findall(r"`([\w-]+)`", found.partition("not")[0])) or frozenset({"untested"})
        given = [
            outcome(kinds, Circumstances(is_open, is_complete, "act"))
            for is_open, is_complete in ((True, False), (False, False), (False, True))
        ]
        assert given == cells[:3], found
        judged = outcome(kinds, Circumstances(is_open=False, is_complete=False, strength="act", judged="not-fulfilled"))
        assert (judged == "not-fulfilled" != given[1]) == (cells[3] == "as judged"), found


def test_the_table_of_findings_leaves_out_no_kind(knowledge):
    named = set(re.findall(r"^\| `([\w-]+)` \|", prose(DOCS / "architecture.md"), re.MULTILINE))
    finds = {
        str(node).rsplit("/", 1)[-1] for node in knowledge.shapes.objects(None, None) if "/finding-kind/" in str(node)
    }
    assert finds <= named


def test_the_page_on_the_description_format_is_up_to_date(knowledge, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    page = (DOCS / "description-format.md").read_text(encoding="utf-8")
    assert import_module("build_description_format").build(page, knowledge) == page


def test_every_key_of_the_form_stands_on_its_page():
    page = (DOCS / "description-format.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    sections = set(re.findall(r"^### `([\w.]+)`$", page, re.MULTILINE))

    def keys(form, path=""):
        for key in form.keys.values():
            yield (path + key.name, key.part is not None)
            yield from keys(key.part, f"{path}{key.name}.") if key.part else ()

    for path, is_part in keys(description_form()):
        assert (path in sections) if is_part else (path.rsplit(".", 1)[-1] in rows), path


def test_the_first_description_of_the_format_gives_what_its_page_says(knowledge):
    text = next(block.text for block in blocks(DOCS / "description-format.md") if block.mark == "reads")
    description = read_description(text.encode(), "mallila.yaml", knowledge)
    made = assess(description, knowledge, on=date(2025, 12, 31), checker=engine("shacl"))
    for norm in ("cty-7-3-s3-term-report", "cty-7-3-s3-term-plan", "cty-7-3-s6-publish"):
        assert verdict(made, norm, "term-2022-2025").outcome == "fulfilled"
    years = {"2023": "not-fulfilled", "2024": "overdue", "2025": "evidence-missing"}
    assert {year: verdict(made, "cty-7-4-s4-annual-negotiation", year).outcome for year in years} == years


def test_citation_and_changelog_name_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_quotes_how_much_faster_the_engine_was_measured_to_be():
    """The quickest other engine is one whose report had all that was expected and nothing else."""
    told = json.loads((ROOT / "benchmarks" / "results" / "peers-national-natural.json").read_text(encoding="utf-8"))
    engines = {name: one for name, one in told["engines"].items() if one["results"]}
    ours = [engines.pop(name) for name in ("hyte cold", "hyte warm")]
    right = [one for one in engines.values() if not one["results"]["missing"] + one["results"]["extra"]]
    quickest = min(one["elapsed"] for one in right)
    cold, warm = (int(quickest / one["elapsed"]) for one in ours)
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"it is {cold} times as fast as the quickest other engine, and {warm} times where" in said
