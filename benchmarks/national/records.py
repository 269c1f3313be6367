"""The records of the benchmark: each is written with a defect or without, and says what must then be found."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SHAPE = "https://example.org/hyte/shape/"
DATA = "https://example.org/hyte/data/"
SHACL = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROBABILITY = 0.10
YEARS = range(2018, 2026)
THEMES = ("sleep", "exercise", "food", "safety", "mind", "school", "work", "culture")

Expected = tuple[str, str, str, str]  # focus node, shape, component, value
Change = tuple[str, str, Expected | None]  # what stands in the record, what replaces it, and what must be found


@dataclass
class Sink:
    """Where triples and expectations go, with the chance that decides."""

    chance: random.Random
    triples: Callable[[str], object]
    expected: list[Expected] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)

    def happens(self) -> bool:
        """Return whether there is a defect here."""
        return self.chance.random() < PROBABILITY

    def finds(self, focus: str, shape: str, component: str, value: str = "", *, sparql: bool = False) -> None:
        """Remember what must be found; a constraint in SPARQL has a node shape, others a property shape."""
        self.expected.append((DATA + focus, SHAPE + shape, f"{SHACL}{component}ConstraintComponent", value))
        self.kinds["sparql" if sparql else "core"] = self.kinds.get("sparql" if sparql else "core", 0) + 1

    def record(self, name: str, text: str, *defects: tuple[str, str, str, str, str]) -> str:
        """Return the shape that a record breaks, after it is written; with a defect by chance, each of which is text, replacement, shape, component and value."""
        shape = ""
        if defects and self.happens():
            old, new, shape, component, value = self.chance.choice(defects)
            assert old in text, (old, text)
            text = text.replace(old, new, 1)
            self.finds(name, shape, component, value)
        self.triples(f"d:{name} {text} .\n")
        return shape


def law(sink: Sink, acts: int = 12, sections: int = 480, duties: int = 160, concepts: int = 800) -> None:
    """Write the law part: acts, sections, obligations and concepts."""
    years = ", ".join(f'"{year}"^^xsd:gYear' for year in YEARS)
    sink.triples(f"d:calendar a hyte:ScopeRule ; hyte:covers {years} .\n")
    for sub in ("Municipality", "WellbeingServicesCounty"):
        sink.triples(f"hyte:{sub} rdfs:subClassOf hyte:Actor .\n")
    for at in range(acts):
        sink.triples(
            f'd:act{at} a hyte:Act ; skos:prefLabel "laki {at}"@fi , "lag {at}"@sv ; hyte:hasActNumber "{at}" .\n'
        )
    for at in range(sections):
        text = (
            f'a hyte:Section ; hyte:sectionMark "{at} §" ; hyte:isFoundIn d:act{at % acts} ; '
            f'skos:prefLabel "{at} pykälä"@fi , "{at} paragraf"@sv ; hyte:startsOn "2018-01-01"^^xsd:date'
        )
        bad = f'"{at} §"@fi'
        sink.record(f"section{at}", text, (f'"{at} §"', bad, "section-mark", "And", f"{at} §"))
    for at in range(duties):
        sink.triples(
            f'd:duty{at} a hyte:Obligation ; hyte:isFoundIn d:section{at * 3} ; skos:prefLabel "velvoite {at}"@fi , '
            f'"skyldighet {at}"@sv ; hyte:appliesFrom "2018-01-01"^^xsd:date ; hyte:concerns d:concept{at} .\n'
        )
    for at in range(concepts):
        broader = f" ; skos:broader d:concept{at // 3}" if at else ""
        text = f'a skos:Concept ; skos:prefLabel "käsite {at}"@fi , "begrepp {at}"@sv ; skos:notation "{at}"{broader}'
        if at > concepts // 3 and sink.happens():
            text += f' ; skos:broader "{at}"'
            sink.finds(f"concept{at}", "concept-top", "NodeKind", str(at))
        sink.triples(f"d:concept{at} {text} .\n")


def actor(sink: Sink, name: str, kind: str, county: str | None) -> None:
    """Write an organisation with its bodies and coordinators."""
    number = f"{sink.chance.randrange(10**7):07d}-{sink.chance.randrange(10)}"
    people = str(sink.chance.randrange(1000, 900000))
    part = f" ; hyte:isPartOfCounty d:{county}" if county else ""
    text = (
        f'a hyte:{kind} ; hyte:hasBusinessId "{number}" ; hyte:hasPopulation {people} ; hyte:hasOfficialLanguage "fi" ; '
        f'skos:prefLabel "alue {name}"@fi , "område {name}"@sv ; hyte:hasWebsite <https://example.org/{name}>{part}'
    )
    defects = [
        (f'"{number}"', f'"{number[:-2]}"', "business-id", "Pattern", number[:-2]),
        (f'hyte:hasBusinessId "{number}" ; ', "", "business-id", "MinCount", ""),
        (f"hyte:hasPopulation {people}", "hyte:hasPopulation 0", "population", "MinInclusive", "0"),
        (f"hyte:hasPopulation {people}", "hyte:hasPopulation 9000000", "population", "MaxInclusive", "9000000"),
        (
            f"hyte:hasPopulation {people}",
            f'hyte:hasPopulation "{people}"^^xsd:decimal',
            "population",
            "Datatype",
            people,
        ),
        ('hasOfficialLanguage "fi"', 'hasOfficialLanguage "ru"', "language", "In", "ru"),
        (f'"område {name}"@sv', f'"område {name}"@fi', "label", "UniqueLang", ""),
        (f'"område {name}"@sv', f'"område {name}"@de', "label", "LanguageIn", f"område {name}"),
    ]
    if county:
        defects.append((part, f"{part} , d:act1", "county", "Class", DATA + "act1"))
    if sink.record(name, text, *defects) == "county":
        for year in YEARS:  # what is given as a second county gets no reports
            sink.finds(f"{name}-{year}-report", "report-delivered", "SPARQL", DATA + "act1", sparql=True)
    _bodies(sink, name)


def _bodies(sink: Sink, name: str) -> None:
    for body, kind in (("council", "Council"), ("board", "ExecutiveBoard"), ("committee", "Committee")):
        title = f"{kind} of {name}"
        text = (
            f'a hyte:{kind} ; hyte:isOrganOf d:{name} ; hyte:hasName "{title}" ; hyte:isSetUpOn "2017-06-01"^^xsd:date'
        )
        sink.record(f"{name}-{body}", text, (f'"{title}"', '"B"', "body-name", "MinLength", "B"),
                    (f'"{title}"', f'"{"B" * 61}"', "body-name", "MaxLength", "B" * 61))  # fmt: skip
    if sink.happens():
        sink.triples(f'd:{name}-second a hyte:Council ; hyte:isOrganOf d:{name} ; hyte:hasName "Second" .\n')
        sink.finds(name, "council", "QualifiedMaxCount")
        for year in YEARS:
            sink.finds(f"{name}-second", "report-to-council", "SPARQL", str(year), sparql=True)
    for at, what in enumerate(("coordination", "planning", "reporting")):
        text = f'a hyte:WellbeingCoordinator ; hyte:hasFunction "{what}" ; hyte:isNamedBy d:{name}-board ; hyte:hasUnitName "{at}"'
        sink.record(f"{name}-coordinator{at}", text, (f'"{what}"', '"rest"', "function", "In", "rest"),
                    (f"hyte:isNamedBy d:{name}-board", "hyte:isNamedBy d:act2", "named-by", "Node", DATA + "act2"),
                    (f"hyte:isNamedBy d:{name}-board ; ", "", "named-by", "MinCount", ""))  # fmt: skip


def year_of(sink: Sink, name: str, county: str | None, year: int) -> None:
    """Write what an organisation did in one year."""
    key = f"{name}-{year}"
    evidence(sink, f"{key}-source0", year)
    evidence(sink, f"{key}-source1", year)
    report(sink, key, name, year)
    deliveries(sink, key, name, county, year)
    plan(sink, key, name, year)
    for at in range(5):
        meeting(sink, key, name, year, at)


def evidence(sink: Sink, name: str, year: int) -> None:
    """Write a record of a source."""
    digest = f"{sink.chance.getrandbits(64):016x}"
    url, day = f"https://example.org/{name}", f"{year}-12-30T12:00:00+00:00"
    text = f'a hyte:SourceRecord ; hyte:hasDigest "{digest}" ; hyte:hasUrl "{url}"^^xsd:anyURI ; hyte:wasReadAt "{day}"^^xsd:dateTime'
    sink.record(name, text, (f'"{digest}"', f'"{digest[:9]}"', "evidence-digest", "MinLength", digest[:9]),
                (f'"{digest}"', f'"{digest}0"', "evidence-digest", "MaxLength", digest + "0"),
                ("^^xsd:anyURI", "", "evidence-address", "Datatype", url),
                (f'"{day}"', '"2009-01-01T00:00:00+00:00"', "evidence-read", "MinExclusive", "2009-01-01T00:00:00+00:00"),
                ("a hyte:SourceRecord", 'a hyte:SourceRecord ; hyte:hasShortName "x"', "Evidence", "Closed", "x"))  # fmt: skip


def report(sink: Sink, key: str, name: str, year: int) -> None:
    """Write the yearly report."""
    title, day = f"Kertomus {year} {name}", f"{year + 1}-04-01"
    text = (
        f'a hyte:AnnualWellbeingReport ; hyte:describes d:{name} ; hyte:hasTitle "{title}"@fi , "{title}"@sv ; '
        f'hyte:forYear "{year}"^^xsd:gYear ; hyte:isPublishedAt <https://example.org/{key}/report> ; '
        f"hyte:isEvidencedBy d:{key}-source0 , d:{key}-source1 ; hyte:isPreparedBy d:{name}-board ; "
        f'hyte:isApprovedBy d:{name}-council ; hyte:isSetUpOn "{year + 1}-02-01"^^xsd:date ; '
        f'hyte:isApprovedOn "{day}"^^xsd:date'
    )
    proof = f"hyte:isEvidencedBy d:{key}-source0 , d:{key}-source1"
    sink.record(f"{key}-report", text, (f'"{title}"@sv', f'"{title}"@en', "report-title", "LanguageIn", title),
                (f'"{title}"@sv', '"Toinen"@fi', "report-title", "UniqueLang", ""),
                (f'"{title}"@fi , "{title}"@sv', '"Utan språk"', "report-title", "LanguageIn", "Utan språk"),
                (f'forYear "{year}"^^xsd:gYear', f'forYear "{year}"^^xsd:gYear , "1999"^^xsd:gYear', "report-year", "MaxCount", ""),
                (f"<https://example.org/{key}/report>", f"<http://example.org/{key}>", "report-address", "Pattern", f"http://example.org/{key}"),
                (proof, "hyte:isEvidencedBy d:act1", "report-evidence", "Class", DATA + "act1"),
                (f"{proof} ; ", "", "report-evidence", "MinCount", ""),
                (f"isPreparedBy d:{name}-board", f"isPreparedBy d:{name}-council", "report-bodies", "Disjoint", f"{DATA}{name}-council"),
                (f'isSetUpOn "{year + 1}-02-01"', f'isSetUpOn "{year + 1}-05-01"', "report-days", "LessThanOrEquals", f"{year + 1}-05-01"))  # fmt: skip


def deliveries(sink: Sink, key: str, name: str, county: str | None, year: int) -> None:
    """Write how the report went to the own council and, from a municipality, to the county."""
    if sink.happens():
        sink.finds(f"{name}-council", "report-to-council", "SPARQL", str(year), sparql=True)
    else:
        _delivery(sink, f"{key}-delivery0", key, f"{name}-council", year)
    if county and sink.happens():
        sink.finds(f"{key}-report", "report-delivered", "SPARQL", DATA + county, sparql=True)
    elif county:
        _delivery(sink, f"{key}-delivery1", key, f"{county}-board", year)


def _delivery(sink: Sink, name: str, key: str, to: str, year: int) -> None:
    day = f"{year + 1}-05-15"
    text = (
        f'a hyte:Delivery ; hyte:concerns d:{key}-report ; hyte:isDeliveredTo d:{to} ; hyte:hasDate "{day}"^^xsd:date'
    )
    sink.record(name, text, (f' ; hyte:hasDate "{day}"^^xsd:date', "", "delivery-day", "MinCount", ""),
                (f'"{day}"^^xsd:date', f'"{day}"^^xsd:date , "{year + 1}-05-16"^^xsd:date', "delivery-day", "MaxCount", ""),
                (f'"{day}"^^xsd:date', '"2020-02-30"^^xsd:date', "delivery-day", "Datatype", "2020-02-30"),
                (f"isDeliveredTo d:{to}", f"isDeliveredTo d:{to} , d:act1", "delivery-to", "Or", DATA + "act1"))  # fmt: skip


def plan(sink: Sink, key: str, name: str, year: int) -> None:
    """Write the plan with its decision and the assessment before it."""
    start, late, unassessed = f"{year}-03-01", sink.happens(), sink.happens()
    themes = sorted(sink.chance.sample(THEMES, 2))
    text = (
        f'a hyte:WellbeingPlan ; hyte:describes d:{name} ; hyte:startsOn "{start}"^^xsd:date ; hyte:endsOn "{year + 1}-02-28"^^xsd:date ; '
        f'hyte:setsTheme "{themes[0]}" , "{themes[1]}" ; hyte:isPublishedVia "web" ; hyte:isPreparedWith d:{name}-committee ; '
        f'hyte:hasPartner d:{name}-committee ; hyte:hasForm "written"'
    )
    sink.record(f"{key}-plan", text, (f'endsOn "{year + 1}-02-28"', f'endsOn "{start}"', "plan-period", "LessThan", start),
                (f'"{themes[0]}" , "{themes[1]}"', '"a" , "b" , "c" , "d"', "plan-themes", "MaxCount", ""),
                (' ; hyte:isPublishedVia "web"', "", "plan-seen", "MinCount", ""),
                (f"isPreparedWith d:{name}-committee", f"isPreparedWith d:{name}-committee , d:{name}-board", "plan-partners", "Equals", f"{DATA}{name}-board"),
                ('"written"', '"spoken"', "plan-form", "HasValue", ""))  # fmt: skip
    day = f"{year}-03-15" if late else f"{year}-02-15"
    if late:
        sink.finds(f"{key}-plan", "plan-in-time", "SPARQL", start, sparql=True)
    text = (
        f'a hyte:Decision ; hyte:concerns d:{key}-plan ; hyte:hasDate "{day}"^^xsd:date ; hyte:isApprovedBy d:{name}-council ; '
        'hyte:hasDecisionType "approval"'
    )
    sink.record(f"{key}-decision", text, ('"approval"', '"unknown"', "decision-kind", "Not", "unknown"),
                (f"isApprovedBy d:{name}-council", "isApprovedBy d:act3", "decision-of", "MinCount", ""))  # fmt: skip
    before = f"{year}-03-20" if unassessed else f"{year}-01-20"
    if unassessed:
        sink.finds(f"{key}-decision", "prior-assessment", "SPARQL", day, sparql=True)
    sink.triples(
        f'd:{key}-assessment a hyte:ImpactAssessment ; hyte:concerns d:{key}-decision ; hyte:isAssessedOn "{before}"^^xsd:date .\n'
    )


def meeting(sink: Sink, key: str, name: str, year: int, at: int) -> None:
    """Write a meeting of several bodies."""
    text = (
        f'a hyte:JointWork ; hyte:isPreparedBy d:{name}-committee ; hyte:hasDate "{year}-{at + 4:02d}-10"^^xsd:date ; '
        f"hyte:countsIndicators {sink.chance.randrange(1, 90)} ; hyte:concerns d:{key}-plan ; "
        f'hyte:hasTitle "kokous {at + 1} {year}"@fi'
    )
    wrong = (
        f"isPreparedBy d:{name}-committee",
        f"isPreparedBy d:{name}-council",
        "meeting-held-by",
        "Xone",
        f"{DATA}{name}-council",
    )
    sink.record(f"{key}-meeting{at}", text, wrong)


def negotiations(sink: Sink, county: str, members: list[str]) -> None:
    """Write the yearly negotiation of a county with its municipalities."""
    for year in YEARS:
        if sink.happens():
            sink.finds(county, "yearly-negotiation", "SPARQL", str(year), sparql=True)
            continue
        there = list(_there(sink, f"{county}-{year}-negotiation", members))
        partners = f" ; hyte:hasPartner {' , '.join(there)}" if there else ""
        sink.triples(
            f'd:{county}-{year}-negotiation a hyte:Negotiation ; hyte:ofCounty d:{county} ; hyte:forYear "{year}"^^xsd:gYear ; '
            f'hyte:hasDate "{year}-09-01"^^xsd:date{partners} .\n'
        )


def _there(sink: Sink, name: str, members: list[str]) -> Iterator[str]:
    for member in members:
        if sink.happens():
            sink.finds(name, "everybody-there", "SPARQL", DATA + member, sparql=True)
        else:
            yield f"d:{member}"
