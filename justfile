# Commands for those who work on HYTE Graph. `just` alone lists them.

python := "python3"

default:
    @just --list

# install what tests need into .venv
setup:
    {{python}} -m venv .venv
    .venv/bin/pip install --quiet --upgrade pip
    .venv/bin/pip install --quiet --editable '.[dev]'

# the same, with every package at the version and hash of requirements.lock (Python 3.11)
setup-locked:
    {{python}} -m venv .venv
    .venv/bin/pip install --quiet --upgrade pip
    .venv/bin/pip install --quiet --require-hashes --requirement requirements.lock
    .venv/bin/pip install --quiet --no-deps --editable .

# requirements.lock anew, from what pyproject.toml declares
lock:
    mkdir -p build
    .venv/bin/pip install --dry-run --ignore-installed --quiet --report build/report.json '.[dev,web,reports,reasoning]'
    .venv/bin/python .ci/lock.py build/report.json > requirements.lock

# what is installed, as a CycloneDX bill of materials in build/sbom.json, to be matched against a list of advisories
sbom:
    .venv/bin/pip install --quiet cyclonedx-bom
    mkdir -p build
    .venv/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml --output-file build/sbom.json .venv

# everything that CI runs
ci:
    bash .ci/run

# tests
test *words:
    .venv/bin/python -m pytest {{words}}

# style, types, layers, dependencies, spelling, canonical Turtle
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/lint-imports
    .venv/bin/deptry .
    .venv/bin/codespell
    .venv/bin/hyte format --check

# what the long tests need beside Python packages of the project: a fuzzer, and a checker of HTML with a Node of its own
tools:
    .venv/bin/pip install --quiet atheris
    npm install --silent --no-save --prefix build/tools node@22 html-validate@11.18.0

# the whole mutation test and all else that takes long
hard: tools
    PATH="$PWD/build/tools/node_modules/.bin:$PATH" HYTE_HARD=1 .venv/bin/python -m pytest -o faulthandler_timeout=2400

# one county, timed against bare pySHACL in the same run
bench:
    .venv/bin/python benchmarks/one_county.py

# the site under load, under attack and over time, every answer compared with a reference
load *words:
    .venv/bin/python -m benchmarks.load {{words}}

# check of the ontology, the rules, the cases and the examples in one go
selftest:
    .venv/bin/hyte selftest

# machine-made requests to the JSON interface of a running `hyte serve`, with tools of their own in build/fuzz
fuzz address="http://127.0.0.1:8000":
    {{python}} -m venv build/fuzz
    build/fuzz/bin/pip install --quiet schemathesis
    build/fuzz/bin/schemathesis --config-file tests/schemathesis.toml run {{address}}/api/v1/openapi.json --max-examples 15
