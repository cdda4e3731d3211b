# One vocabulary for people and CI. Needs Python 3.11, make and the package registries, nothing else.
PYTHON ?= $(or $(shell command -v python3.11),python3)
export BILAN_CHROMIUM ?= $(firstword $(shell command -v chromium chromium-browser google-chrome 2>/dev/null))
# Python compiles what it imports once, not in each command
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=
UV := .uv/bin/uv
BIN := .venv/bin
SQL := $(shell find dbt_project/models dbt_project/tests bilan/dashboards/views -name '*.sql')
SQL_RULES := pyproject.toml requirements/dev.txt $(wildcard dbt_project/macros/*.sql)
MANIFEST := dbt_project/target/manifest.json
# generated/ is written with the manifest, from the contracts
DBT_SOURCES := $(shell find dbt_project \( -name target -o -name generated \) -prune -o \
    \( -name '*.sql' -o -name '*.yml' -o -name '*.py' -o -name '*.md' \) -print) \
    bilan/warehouse/staging.py $(wildcard bilan/contracts/*.py)

.PHONY: help setup manifest lock demo check lint lint-python lint-types lint-sql test fast format boards benchmarks audit clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready .superset/.ready $(MANIFEST) ## both locked environments and dbt's manifest

demo: setup ## sample logs, pipeline, Superset and Dagster on loopback
	$(BIN)/bilan demo

check: ## before each commit: format, lint, types, import directions, SQL that changed, fast unit tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint fast

lint: lint-types lint-python lint-sql ## the same without tests: two at once with -j2

lint-python: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

lint-types: .venv/.ready
	$(BIN)/mypy

lint-sql: $(MANIFEST) .sqlfluff_cache/sound

# Only the files changed since all were sound: all of them take minutes. A changed rule makes all of them new.
.sqlfluff_cache/sound: $(SQL) $(SQL_RULES) | .venv/.ready
	@$(BIN)/sqlfluff lint $(if $(filter $(SQL_RULES),$?),--processes 2 $(SQL),$(filter $(SQL),$?))
	@mkdir -p $(@D) && touch $@

fast: .venv/.ready ## the unit tests that take no seconds, laws on few examples
	POLARS_MAX_THREADS=1 $(BIN)/pytest tests/unit -m "not integration" -n 2 --no-loadscope-reorder --hypothesis-profile=few

test: setup .audit/.ready $(if $(BILAN_CHROMIUM),,.venv/.browser) ## every test: slow ones too, with the real dbt, Dagster, GX, Superset, Chromium
	$(BIN)/pytest -n 2 --no-loadscope-reorder

format: .venv/.ready ## rewrite what a machine can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

boards: .venv/.ready ## what each board shows, part by part: compare it before and after a change
	PYTHONPATH=superset_config $(BIN)/python -m bundle

benchmarks: setup ## the table of docs/mesures.md, measured afresh
	$(BIN)/python -m benchmarks

audit: setup .audit/.ready ## SBOMs in sbom/, and known weaknesses: ADVISORIES=FILE, [IGNORE="ID ..."]
	.audit/bin/python -m audit pipeline=.venv superset=.superset/venv --out sbom --advisories "$(ADVISORIES)" --ignore $(IGNORE)

manifest: $(MANIFEST)

$(MANIFEST): .venv/.ready $(DBT_SOURCES)
	$(BIN)/python -m orchestration.manifest
	@touch $@

$(UV): requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Bilan needs Python 3.11: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.ready: $(UV) requirements/pipeline.txt requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements/pipeline.txt requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.superset/.ready: $(UV) requirements/superset.txt
	test -x .superset/venv/bin/python || $(UV) venv --quiet --python $(PYTHON) .superset/venv
	$(UV) pip sync --quiet --python .superset/venv/bin/python --require-hashes requirements/superset.txt
	@touch $@

.audit/.ready: $(UV) requirements/audit.txt
	test -x .audit/bin/python || $(UV) venv --quiet --python $(PYTHON) .audit
	$(UV) pip sync --quiet --python .audit/bin/python --require-hashes requirements/audit.txt
	@touch $@

.venv/.browser: .venv/.ready
	$(BIN)/playwright install chromium
	@touch $@

# No address may enter a lock: requirement files with hashes, never uv.lock.
LOCK := $(UV) pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: $(UV) ## resolve the locks again after a change of requirements/*.in
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) requirements/pipeline.in -o requirements/pipeline.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/audit.in -o requirements/audit.txt
	$(LOCK) requirements/superset.in -c requirements/superset-constraints.txt -o requirements/superset.txt

clean: ## remove what setup and the tests made, not $$BILAN_HOME
	rm -rf .venv .uv .superset .audit sbom dbt_project/target dbt_project/logs dbt_project/generated .mypy_cache .ruff_cache .pytest_cache .sqlfluff_cache .hypothesis
