PORT ?= 8000
PYTHON ?= python3
KILLS ?= 200
REQUESTS ?= 10000
SEED ?= 1
CASES ?= 10000
BIN := .venv/bin
READY := .venv/.ready
UV := VIRTUAL_ENV=.venv $(BIN)/uv
PEER := .venv/peer
AS_LONG_AS_IT_TAKES := -o faulthandler_timeout=0
PDFJS := tests/services/pdfjs
PINNED := deploy/govuk-frontend $(PDFJS)
# Where this is set, each process compiles every module anew: seconds each, and the tests start hundreds
export PYTHONDONTWRITEBYTECODE =

run: install
	@$(BIN)/jcr run --port $(PORT)

install: $(READY) $(PDFJS)/node_modules/.package-lock.json

test: suite journeys

suite: services
	$(BIN)/pytest -n auto --ignore tests/journeys

journeys: services
	$(BIN)/pytest tests/journeys

services: install
	@deploy/system-packages

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/jcr migrations
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive jcr forms mail_intake deploy wsgi.py
	$(BIN)/python deploy/audit_packages.py

bench: services $(PEER)/.ready
	CASES=$(CASES) $(BIN)/python -m tests.bench

soak: services
	KILLS=$(KILLS) $(BIN)/pytest $(AS_LONG_AS_IT_TAKES) tests/crash -k "random or every_step" -s

fuzz: install
	REQUESTS=$(REQUESTS) SEED=$(SEED) $(BIN)/pytest $(AS_LONG_AS_IT_TAKES) tests/access/test_anything_typed.py -s

lock: install
	$(UV) pip compile --quiet pyproject.toml --group build --group dev --universal --generate-hashes \
	  --no-header --no-annotate --python-version 3.11 -o requirements.lock
	$(UV) pip compile --quiet tests/bench/mail/peer.in --universal --generate-hashes \
	  --no-header --no-annotate --python-version 3.11 -o tests/bench/mail/peer.lock
	for folder in $(PINNED); do (cd $$folder && npm install --package-lock-only --omit-lockfile-registry-resolved \
	  --ignore-scripts) || exit 1; done

$(READY): pyproject.toml requirements.lock deploy/build_assets.py deploy/govuk-frontend/package-lock.json
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --require-hashes -r requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(PDFJS)/node_modules/.package-lock.json: $(PDFJS)/package-lock.json $(READY)
	$(BIN)/python -c "from pathlib import Path; from deploy.build_assets import npm_ci; npm_ci(Path('$(PDFJS)'))"
	@touch $@

$(PEER)/.ready: tests/bench/mail/peer.lock $(READY)
	$(PYTHON) -m venv $(PEER)
	VIRTUAL_ENV=$(PEER) $(BIN)/uv pip install --quiet --require-hashes -r tests/bench/mail/peer.lock
	@touch $@

.PHONY: run install test suite journeys services check bench soak fuzz lock
