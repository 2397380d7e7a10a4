# The commands of the README. They need Python 3.11 to 3.14 with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := instances models solver app
# exact versions that the tests passed with; `make test CONSTRAINTS=` takes whatever is newest
CONSTRAINTS := .ci/constraints.txt
# `make test TESTS=tests/models` runs these alone
TESTS ?=
BENCH_CONSTRAINTS := .ci/constraints-bench.txt
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
# what builds the package is pinned too, so it is installed beforehand and used as it is
INSTALL := PYTHONWARNINGS='ignore:Editable installation' $(PIP) --no-build-isolation
# what is installed from elsewhere comes compiled, and so should this: where Python is told to write no bytecode, each
# command would spend a fifth of its time on that
COMPILE := $(BIN)/python -m compileall -q $(ROOMS)

.PHONY: run page test test-latest docs notebooks bench bench-all bench-smoke constraints clean

run: $(VENV)/.run
	$(BIN)/refzones solve

# the planner's page in a browser; Ctrl-C ends it
page: $(VENV)/.page
	$(BIN)/refzones page

test: $(VENV)/.test .typing/refzones
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	MYPYPATH=.typing $(BIN)/mypy $(ROOMS:%=-p refzones.%)
	MYPYPATH=.typing $(BIN)/mypy --platform win32 $(ROOMS:%=-p refzones.%)
	$(BIN)/pytest --numprocesses logical --dist loadfile $(TESTS)

# the same with the newest release of everything
test-latest:
	rm -rf .venv-latest
	$(MAKE) test VENV=.venv-latest CONSTRAINTS=

# the site of documentation, with the API reference; every warning (a dead link, a docstring that cannot be read) is an error
docs: $(VENV)/.test
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs build/docs

# runs the notebooks of docs/notebooks again and stores what comes out
notebooks: $(VENV)/.test
	$(BIN)/python docs/notebooks/run.py

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/flanders.py

# everything in benchmarks/README.md: more than two hours
bench-all: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --all --quiet
	$(BIN)/python benchmarks/report.py

bench-smoke: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --smoke

# the newest versions that go together, for every Python and system; commit them once both commands pass
constraints:
	.ci/constraints

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade $(CONSTRAINTS:%=-c %) pip setuptools

$(VENV)/.run: $(BIN)/python pyproject.toml $(CONSTRAINTS)
	$(INSTALL) $(CONSTRAINTS:%=-c %) --editable '.[geo]'
	$(COMPILE)
	touch $@

$(VENV)/.page: $(BIN)/python pyproject.toml $(CONSTRAINTS)
	$(INSTALL) $(CONSTRAINTS:%=-c %) --editable '.[dossier,geo,page]'
	$(COMPILE)
	touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml $(CONSTRAINTS)
	$(INSTALL) $(CONSTRAINTS:%=-c %) --editable '.[dev]'
	$(COMPILE)
	rm -f $(VENV)/.bench
	touch $@

# spopt wants an older PuLP than the rest, so measuring has versions of its own; who has one set asks for the other again
$(VENV)/.bench: $(BIN)/python pyproject.toml $(BENCH_CONSTRAINTS)
	$(INSTALL) $(BENCH_CONSTRAINTS:%=-c %) --editable '.[bench]'
	$(COMPILE)
	rm -f $(VENV)/.test
	touch $@

# the packages stand at the top of the repository; for the type checker they stand under their import name
.typing/refzones:
	mkdir -p .typing
	ln -sfn .. $@

clean:
	rm -rf .venv .venv-latest .typing build docs/api *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
