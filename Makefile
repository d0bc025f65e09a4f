# make run: the dashboard on http://127.0.0.1:8050. make test: everything that is checked. Both do all their own set-up.
# Another Python: make PYTHON=python3.13 run. Another port: PORT=8060 make run. Another database: DATABASE_URL=… make run.
# PORT and DATABASE_URL are never expanded here: make and a shell would run what they hold. Python reads and checks them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# On every core, where pip takes one; a few files are templates that no Python can read
COMPILE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true

# The tests start a hundred processes, and each would compile the modules again
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install run test lint format types quick browser chromium lock font bench docs pictures migration clean

help:
	@echo "make run      installe, prépare la base et sert le tableau de bord sur http://127.0.0.1:8050 (ou PORT=…)"
	@echo "make test     installe ce qu’il faut et vérifie tout (style, types, architecture, tests, navigateur)"
	@echo "make install  installe seulement"
	@echo "make lint | format | lock | font | bench | docs | migration | clean : voir CONTRIBUTING.md"

# --- set-up: each stamp stands for a step done, and is redone when what it depends on changes

$(VENV)/.created:
	@$(PYTHON) .ci/python_version.py
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || .ci/debian_packages python3-venv
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.txt
	@echo "Installation des paquets (une à deux minutes la première fois)…"
	@$(PIP) install --no-compile --require-hashes -r requirements.txt
	@$(COMPILE)
	@touch $@

# requirements-dev.txt holds everything of requirements.txt, at the same versions
$(VENV)/.installed-dev: $(VENV)/.created requirements-dev.txt
	@echo "Installation des paquets et des outils (deux minutes la première fois)…"
	@$(PIP) install --no-compile --require-hashes -r requirements-dev.txt
	@$(COMPILE)
	@touch $@

$(VENV)/.bundle: $(VENV)/.installed dashboard/web/bundle.lock
	@$(BIN)/python -m dashboard.web.bundle
	@touch $@

$(VENV)/.static: $(VENV)/.bundle dashboard/web/precompress.py $(wildcard dashboard/assets/*.css dashboard/assets/*.js)
	@$(BIN)/python -m dashboard.web.precompress
	@touch $@

install: $(VENV)/.static

# --- the application

run: install
	@port=$$($(BIN)/python .ci/port_free.py) && $(BIN)/python -m etl init \
	&& echo "Tableau de bord : http://127.0.0.1:$$port (Ctrl+C pour arrêter)" \
	&& exec env MALLOC_ARENA_MAX=1 $(BIN)/gunicorn app:server --bind 127.0.0.1:"$$port" --workers 2 --threads 24 \
	  --log-level warning --no-control-socket

# --- the checks, in the order in which they are quick to fail

test: lint types quick browser

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# Each process goes through half of the files, and takes over half of what the other still has when it is done: the few
# long files would leave one core idle. Coverage costs half as much again: what adds no line to it runs apart.
quick: $(VENV)/.installed-dev
	$(BIN)/pytest -q -n auto --dist worksteal --ignore=tests/browser -m "not postgres and not without_coverage" \
	  --cov --cov-report=term-missing:skip-covered
	$(BIN)/pytest -q -n auto --dist worksteal --ignore=tests/browser -m "postgres or without_coverage"

browser: $(VENV)/.installed-dev $(VENV)/.static chromium
	$(BIN)/pytest -q -n auto tests/browser

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || .ci/debian_packages chromium fonts-liberation

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# --- what is generated and kept in the repository

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-header --no-annotate --no-strip-extras

# make lock UPGRADE=--upgrade takes the newest versions; without it only what pyproject.toml asks for changes
lock: $(VENV)/.created
	@echo "uv, dans un environnement à part"
	@$(PYTHON) -m venv build/uv
	@build/uv/bin/python -m pip install --quiet uv
	build/uv/bin/uv pip compile $(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt
	build/uv/bin/uv pip compile $(LOCK) $(UPGRADE) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(BIN)/python -m dashboard.web.bundle --lock

# the committed font files of dashboard/drawing/fonts and dashboard/assets, from an npm package
font: $(VENV)/.installed-dev
	$(BIN)/python .ci/make_font.py

docs: $(VENV)/.installed
	@mkdir -p build
	$(BIN)/python -m data.indicators.document > build/indicators.md
	@mv build/indicators.md docs/indicators.md
	$(BIN)/python -m dashboard.web.frozen_names docs/names.json

# docs/pictures: one export of each format, as LibreOffice and pdftoppm of the machine show it
pictures: $(VENV)/.installed
	$(BIN)/python .ci/make_pictures.py

# make migration NAME="Seats of each tiers-lieu": what the tables declared in data/schema have and the database lacks.
migration: $(VENV)/.installed-dev
	$(BIN)/python -m data.migrations.generate "$$NAME"
	$(BIN)/ruff check --quiet --fix-only data/migrations/versions
	$(BIN)/ruff format --quiet data/migrations/versions

bench: $(VENV)/.installed-dev $(VENV)/.static chromium
	$(BIN)/python -m bench

# the database under var/ is data: it stays
clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* htmlcov
	rm -f dashboard/assets/plotly-*.min.js
	find dashboard -name '*.br' -delete -o -name '*.gz' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
