# Two commands do everything: `make build` and `make test`. They need Python 3.11 or newer, make
# and a package index, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := $(shell find builder -type f -not -name '*.pyc')

.PHONY: build test lint docs bench clean help
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

build: $(VENV)/.installed ## TerraBytes 2025: booklet, site, packages
	$(BIN)/proceedings build --final
	@echo
	@echo "Open: build/booklet.pdf, build/site/index.html, build/export/"

test: $(VENV)/.tests ## all tests, against the installed wheel
	$(BIN)/pytest -n auto
	@echo
	@echo "All tests passed against the installed wheel. Next: make build, then open build/booklet.pdf"

lint: $(VENV)/.lint ## ruff, ruff format, mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.installed ## the manual, in docs/_build/
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html
	@echo "Open: docs/_build/html/index.html"

bench: $(VENV)/.tests ## measurements, in benchmarks/
	$(BIN)/python benchmarks/run.py

clean: ## everything that was made
	rm -rf build dist docs/_build $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The wheel is built and installed, never the source tree: what is tested is what users get.
$(VENV)/.installed: pyproject.toml constraints.txt $(SOURCES) | $(VENV)/pyvenv.cfg
	$(PIP) install --constraint constraints.txt .
	$(PIP) install --constraint constraints.txt --force-reinstall --no-deps .
	@touch $@

$(VENV)/.tests: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt '.[test]'
	@touch $@

$(VENV)/.lint: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt '.[lint]'
	@touch $@

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip
