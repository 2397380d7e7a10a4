# The two commands of the README. They need Python 3.11 to 3.13 with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := instances models solver app

.PHONY: run test notebooks bench bench-all bench-smoke clean

run: $(VENV)/.run
	$(BIN)/refzones solve

test: $(VENV)/.test .typing/refzones
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	MYPYPATH=.typing $(BIN)/mypy $(ROOMS:%=-p refzones.%)
	$(BIN)/pytest --numprocesses logical --dist loadfile

# runs the notebooks of docs/notebooks again and stores what comes out
notebooks: $(VENV)/.test
	$(BIN)/python docs/notebooks/run.py

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/flanders.py

# everything in benchmarks/README.md: about an hour
bench-all: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --all
	$(BIN)/python benchmarks/report.py

bench-smoke: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py --smoke

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[geo]'
	touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(VENV)/.bench: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

# the packages stand at the top of the repository; for the type checker they stand under their import name
.typing/refzones:
	mkdir -p .typing
	ln -sfn .. $@

clean:
	rm -rf $(VENV) .typing build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
