# What a person may want to do here. `make` alone lists it.
# Needed: Python 3.11 or newer, make, git. All else is installed into $(VENV), from lock files with hashes.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# How many tests run at once, and what else pytest is told: make test PYTEST_ARGS="-k dates"
JOBS ?= 2
PYTEST_ARGS ?=
# What a change is compared with, in `make report`.
BASE ?= origin/main
# What `make bench` and `make bench-preview` are told: make bench BENCH_ARGS="--help"
BENCH_ARGS ?=
# How long `make fuzz` tries new examples, in minutes.
FUZZ_MINUTES ?= 10
# Where `make serve` listens.
ADDRESS ?= 127.0.0.1:8000

# The environment for building the site, and the one for working on the generator: one folder, the second has more in it.
SITE_READY := $(VENV)/.installed-site
DEV_READY := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## list what can be done
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

site: $(SITE_READY) ## check the content and build the site into site/
	$(BIN)/nutgraf build

serve: $(SITE_READY) ## look at the site in a browser, with every change in content/ shown at once
	$(BIN)/nutgraf serve

test: $(DEV_READY) ## run all tests, those in a browser too
	@# Without a browser the other tests run all the same, and those that need one fail.
	@CHROMIUM="$$($(BIN)/python tools/chromium.py --install)" $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(PYTEST_ARGS)

fuzz: $(DEV_READY) ## try the property tests with new examples, until one fails: make fuzz FUZZ_MINUTES=60
	$(BIN)/python -m tools.fuzz --minutes $(FUZZ_MINUTES) $(PYTEST_ARGS)

lint: $(DEV_READY) ## check style, types and layers of the code, and the workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github/workflows

format: $(DEV_READY) ## set the code in its style and mend what can be mended without thought
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

audit: site $(DEV_READY) ## check every page of the built site for HTML errors and barriers, and rate a page of each kind
	$(BIN)/python tools/audit/audit.py site
	$(BIN)/python -m tools.audit.workflows
	$(BIN)/python -m tools.audit.yaml_editor
	@CHROMIUM="$$($(BIN)/python tools/chromium.py --install)" $(BIN)/python -m tools.audit.axe site
	@CHROMIUM="$$($(BIN)/python tools/chromium.py --install)" $(BIN)/python -m tools.audit.lighthouse site

report: $(SITE_READY) ## say what a change means for readers, as a pull request is told: make report BASE=origin/main
	$(BIN)/python -m tools.forge.report "$(BASE)" build/report

comment: ## (in a workflow) write the report REPORT below its pull request; nothing is installed for it
	$(PYTHON) -m tools.forge.comment "$(REPORT)"

proposal: $(SITE_READY) ## (in a workflow) turn the answers of a form into YAML, and write it below the issue
	$(BIN)/python -m tools.forge.proposal $(PROPOSAL_ARGS)

screenshots: site $(DEV_READY) ## take pictures of a page of each kind, to be looked at, into build/screenshots/
	@CHROMIUM="$$($(BIN)/python tools/chromium.py --install)" $(BIN)/python -m tools.screenshots site build/screenshots

snapshots: $(DEV_READY) ## rewrite the expected files of the tests; read the difference before you commit it
	NUTGRAF_SNAPSHOTS=1 $(BIN)/python -m pytest --ignore=tests/browser $(PYTEST_ARGS)

bench: $(DEV_READY) ## measure us, and Hugo, Material and Zensical on the same facts: make bench BENCH_ARGS="--pages 1000"
	$(BIN)/python bench/bench.py $(BENCH_ARGS)

bench-preview: $(DEV_READY) ## measure how long it takes from saving a file to seeing the change in a browser
	@CHROMIUM="$$($(BIN)/python tools/chromium.py --install)" $(BIN)/python -m bench.preview $(BENCH_ARGS)

docs: $(DEV_READY) ## write the reference of every field from the models
	$(BIN)/python tools/reference.py

lock: $(DEV_READY) ## write the lock files anew, with the newest versions that pyproject.toml allows
	VENV=$(VENV) tools/lock.sh

clean: ## take away all that was made, the environment included
	rm -rf site build dist .nutgraf tools/audit/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf $(VENV)

# Installing again is needed when what is wanted has changed, and only then.
$(SITE_READY): requirements/site.txt pyproject.toml
	$(PYTHON) tools/install.py $(VENV) site
	@touch $@

$(DEV_READY): requirements/dev.txt requirements/site.txt pyproject.toml
	$(PYTHON) tools/install.py $(VENV) dev
	@touch $(SITE_READY) $@

.PHONY: help site serve test fuzz lint format audit report comment proposal screenshots snapshots bench bench-preview docs lock clean
