# Two commands, on a fresh machine with Python 3.11 or newer and make: `make odds` and `make test`.
# Each installs what it needs into $(VENV) from a hashed lock file, once; `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
# Of the lessons. Set here, so that make does not take what a desktop means by this name.
LANGUAGE = en
PAGES = lessons/pages$(if $(filter-out en,$(LANGUAGE)),/$(LANGUAGE))
# Measured over the whole suite only: a part of it would miss the floor that pyproject.toml sets.
COVER ?=
# What `make newest` runs: the command, a watched run, the two drivers' parity, the runs' digests.
SHORT := tests/game/test_mesa_model.py tests/cli/test_first_screen.py tests/cli/test_run_command.py tests/test_parity.py tests/runs

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --no-compile --no-input --disable-pip-version-check
RUN_READY := $(VENV)/ready-to-run
TEST_READY := $(VENV)/ready-to-test
LESSONS_READY := $(VENV)/ready-to-teach
LAB_READY := $(VENV)/ready-for-the-lab
DOCS_READY := $(VENV)/ready-to-document
COMPARE_READY := $(VENV)/ready-to-compare
PEERS := .venv-peers
UV_VERSION := 0.13.9

# Python keeps its bytecode beside what it belongs to, even where the environment says not to: else
# each of the processes of a test would compile hundreds of files again.
export PYTHONPYCACHEPREFIX := $(abspath $(VENV))/bytecode
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help odds lab lessons lessons-pages test newest long lint format bench bench-peers compare bench-scale experiments docs lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

odds: $(RUN_READY)  ## the odds of the Stockholm scenario; ARGS="--runs 1000 --json" is passed on
	@$(BIN)/negotiation odds $(ARGS)

lab: $(LAB_READY)  ## the lab in the browser, on this computer only; ARGS="japan-2025" is passed on
	@$(BIN)/negotiation lab --open $(ARGS)

lessons: $(LESSONS_READY)  ## the eight lessons in the browser, on this computer only; LANGUAGE=zh_CN in Chinese
	@$(BIN)/python -m negotiation.lessons lessons --language $(LANGUAGE) --host 127.0.0.1 $(ARGS)

lessons-pages: $(LESSONS_READY)  ## the lessons as pages that need no network, and for Jupyter; LANGUAGE=zh_CN in Chinese
	@$(BIN)/python -m negotiation.lessons.pages lessons $(PAGES) --language $(LANGUAGE)

# One thread of linear algebra for each of the two processes: more would spin beside the other's work.
test long: export OPENBLAS_NUM_THREADS = 1

# The tests come last, so that their closing line ends the output; every check runs, whichever fails.
test: $(TEST_READY)  ## every check: style, types, layers, tests; ARGS="-k nash" is passed to pytest
	@failed=; \
	$(BIN)/ruff check || failed="$$failed ruff"; \
	$(BIN)/ruff format --check --quiet || failed="$$failed format"; \
	$(BIN)/mypy || failed="$$failed mypy"; \
	$(BIN)/lint-imports --no-logo || failed="$$failed lint-imports"; \
	if [ -n "$$failed" ]; then echo "failed before the tests:$$failed"; fi; \
	$(BIN)/python -m pytest $(COVER) $(ARGS) && [ -z "$$failed" ]

# Not from a lock file: the point is what was released since it was written.
newest: $(BIN)/python  ## a short test with the newest versions, as in: make newest PYTHON=python3.13 VENV=.venv-newest
	@$(INSTALL) --upgrade --upgrade-strategy eager -e . hypothesis pytest
	@$(BIN)/python -c "import sys, mesa; print('Python', sys.version.split()[0], 'Mesa', mesa.__version__)"
	@$(BIN)/negotiation odds --runs 500 --worlds 0 --json --quiet >/dev/null
	@$(BIN)/python -m pytest -q -p no:cacheprovider $(SHORT)

long: $(TEST_READY)  ## the long statistical tests only, with fresh random examples
	@HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -m long $(ARGS)

lint: $(TEST_READY)  ## style, types and layers, without the tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(TEST_READY)  ## lay the code out and mend what can be mended by itself
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(TEST_READY)  ## every benchmark, one after the other
	@set -e; for file in $(filter-out benchmarks/peers.py,$(wildcard benchmarks/*.py)); do \
	  echo "== $$file"; $(BIN)/python "$$file"; \
	done
	@echo "== benchmarks/peers.py"; $(MAKE) --no-print-directory bench-peers

bench-peers:  ## beside Mesa, NegMAS, NumPy, SALib, ema-workbench, nashpy and others, in .venv-peers
	@$(MAKE) --no-print-directory VENV=$(PEERS) compare

compare: $(COMPARE_READY)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/peers.py $(ARGS)

bench-scale: $(TEST_READY)  ## how time and memory grow with runs, issues, dates, types and cells of a sweep
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/scale.py

experiments: $(RUN_READY)  ## every experiment again, into results/; ARGS="baseline" does one; finished runs are kept
	@$(BIN)/python experiments/run.py $(ARGS)

docs: $(DOCS_READY)  ## the documentation as a site, into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

lock: $(BIN)/python  ## choose the newest versions that pyproject.toml allows, and write the lock files
	@$(INSTALL) uv==$(UV_VERSION)
	@set -e; compile="$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url"; \
	export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	$$compile --group build -o requirements.lock; \
	$$compile --group test -c requirements.lock -o requirements-test.lock; \
	known=$$(sed -n 's/^\([A-Za-z0-9_-]*\)==.*/--no-emit-package \1/p' requirements.lock | sort -u); \
	$$compile --extra lessons -c requirements-test.lock $$known -o requirements-lessons.lock; \
	$$compile --group docs -c requirements-test.lock -c requirements-lessons.lock -o requirements-docs.lock
	@set -e; export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	known=$$(sed -n '/^setuptools=/d; s/^\([A-Za-z0-9_-]*\)==.*/--no-emit-package \1/p' \
	    requirements-test.lock | sort -u); \
	echo "negmas>=0.16" | $(BIN)/uv pip compile - --quiet --upgrade --python-platform linux \
	    --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	    -c requirements-test.lock $$known -o requirements-negmas.lock
	@set -e; export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	sed -n '/^pandas==/d; s/^\([A-Za-z0-9_.-]*==[^\\]*\).*/\1/p' requirements-test.lock | \
	$(BIN)/uv pip compile pyproject.toml benchmarks/against/requirements.in --group build --quiet \
	    --upgrade --python-platform linux --python-version 3.11 --generate-hashes --no-annotate \
	    --no-emit-index-url -c /dev/stdin -o requirements-peers.lock
	@set -e; export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	known=$$(sed -n 's/^\([A-Za-z0-9_-]*\)==.*/--no-emit-package \1/p' requirements.lock | sort -u); \
	$(BIN)/uv pip compile pyproject.toml --extra lab --quiet --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	    -c requirements-test.lock -c requirements-lessons.lock $$known -o requirements-lab.lock

clean:  ## remove everything that can be made again, the environment included
	rm -rf $(VENV) .venv-newest $(PEERS) .coverage build dist site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	rm -rf .hypothesis .nox
	find negotiation tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the files it came from as long as nothing has to be installed.
# The tests' environment holds everything that running needs, hence the second stamp.
$(RUN_READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) from requirements.lock (half a minute, the first time only)." >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# NegMAS has a lock of its own: elsewhere than on Linux it does not go with mesa 3.3 (setuptools),
# and one small requirement of it, stringcase, comes as source only. The lab's lock and the lessons'
# hold all that running does not need, so that what a page in the browser needs never decides what the
# model runs on, and both open without the tests' environment; what the other locks name too has the
# same version in them. solara-assets comes as source only.
$(TEST_READY): requirements-test.lock requirements-negmas.lock requirements-lab.lock requirements-lessons.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) from requirements-test.lock (a minute, the first time only)." >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements-test.lock
	@if [ "$$(uname -s)" = Linux ]; then \
	  $(INSTALL) --require-hashes --no-deps --only-binary :all: --no-binary stringcase \
	    -r requirements-negmas.lock; \
	fi
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: --no-binary solara-assets \
	  -r requirements-lab.lock
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: -r requirements-lessons.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(RUN_READY) $(LESSONS_READY) $(LAB_READY) $@

$(LESSONS_READY): requirements-lessons.lock | $(RUN_READY)
	@echo "Setting up $(VENV) from requirements-lessons.lock." >&2
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: -r requirements-lessons.lock
	@touch $@

$(LAB_READY): requirements-lab.lock | $(RUN_READY)
	@echo "Setting up $(VENV) from requirements-lab.lock." >&2
	@$(INSTALL) --require-hashes --no-deps --only-binary :all: --no-binary solara-assets \
	  -r requirements-lab.lock
	@touch $@

# Whom we are measured beside, of one place and time: Linux and Python 3.11, as elsewhere NegMAS does
# not go with mesa 3.3. The versions are those of the tests but for pandas. A Python for which a
# package of the lock has no wheel is refused by pip; what cannot be imported is left out, and told.
$(COMPARE_READY): requirements-peers.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) from requirements-peers.lock (a minute, the first time only)." >&2
	@$(INSTALL) --require-hashes --only-binary :all: --no-binary stringcase -r requirements-peers.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(DOCS_READY): requirements-docs.lock | $(RUN_READY)
	@echo "Setting up $(VENV) from requirements-docs.lock." >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements-docs.lock
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "'$(PYTHON)' is not Python 3.11 or newer: name one, as in 'make PYTHON=python3.12'." >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
