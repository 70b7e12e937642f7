# Everything a newcomer runs. Needs make and Python 3.11 or newer; each target sets up what it lacks.

PORT ?= 8501
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.installed
TESTS := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: run test lint bench refresh screenshot help

run: $(RUNS)  ## Serve the dashboard on http://localhost:8501 (PORT=9000 changes it); builds the warehouse at first start
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(TESTS)  ## Run every test: unit, page and browser
	$(BIN)/python -m pytest -m "not bench and not live"

lint: $(TESTS)  ## Check style (ruff) and types (mypy)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(TESTS)  ## Measure against the budgets: one table of what, figure, budget
	$(BIN)/python -m tests.bench

refresh: $(RUNS)  ## Fetch what the providers have that is new, check it, and move the site to it
	$(BIN)/python -m etl refresh

screenshot: $(TESTS)  ## Take the picture of the README again: docs/accueil.png
	$(BIN)/python -m tests.browser.screenshot

help:  ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found. PYTHON=/path/to/python make … names one."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNS): requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTS): requirements-dev.txt $(RUNS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
