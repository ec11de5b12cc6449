# make run     set up .venv where needed, then read data/raw and write data/parquet
# make test    set up .venv where needed, then run the tests, all but slow ones
# make test-all  the slow ones, too: browsers, killed runs, a cluster, benchmarks, limits of time
# make check   formatting, lint, types, who may import whom, unused code, all tests
# make format  mend formatting and imports
# make faults  kill runs at random moments and count what is lost (nothing); a few minutes
# make trust   perturb typesettings, count what is read wrongly without a word; a few minutes
# make mutants move every constant that decides something; a test must notice; half an hour
# make readme  write the tables, help texts and pictures of README and docs anew from the code
# make bench   styrmatt beside other readers, many reports, growth; a quarter of an hour
# make lock    pin the newest allowed versions    make clean    remove what make made
#
# Another interpreter: make PYTHON=python3.12 run. Options of the command: make run ARGS="--strict".

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
CANDIDATES := python3 python3.13 python3.12 python3.11 python
ifndef PYTHON
PYTHON := $(shell for p in $(CANDIDATES); do $$p -c '$(FITS)' 2>/dev/null && echo $$p && break; done)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(VENV)/lock-$(VERSION).stamp
READY := $(VENV)/run-$(VERSION).stamp
READY_DEV := $(VENV)/dev-$(VERSION).stamp
CODE := $(wildcard src tests samples benchmarks docs)

.PHONY: run test test-all bench check faults mutants trust format readme lock clean python

run: $(READY)
	@$(BIN)/styrmatt run $(ARGS)

test: $(READY_DEV)
	@$(BIN)/python -m pytest -m "not slow" $(ARGS)

test-all: $(READY_DEV)
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY_DEV)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	PYTHONPATH=.types $(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/vulture
	$(BIN)/python -m pytest

faults: $(READY_DEV)
	$(BIN)/python benchmarks/faults.py $(ARGS)

mutants: $(READY_DEV)
	$(BIN)/python benchmarks/mutants.py $(ARGS)

trust: $(READY_DEV)
	$(BIN)/python benchmarks/trust.py $(ARGS)

format: $(READY_DEV)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

$(LOCKED): requirements.lock | python
	@echo "Setting up $(VENV) with Python $(VERSION); this is done once and takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Python's venv module does not work here;" \
	  "on Debian and Ubuntu: apt install python$(VERSION)-venv." >&2; exit 1; }
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(READY): pyproject.toml $(LOCKED)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	@echo "Adding the tools for tests to $(VENV)."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

python:
	@if [ -z "$(VERSION)" ]; then \
	  echo "styrmatt needs Python 3.11, 3.12 or 3.13 and found none$(if $(PYTHON), as $(PYTHON))." \
	    "Install one, or name it: make PYTHON=/path/to/python3.12 run" >&2; exit 1; \
	elif ! $(PYTHON) -c '$(FITS)'; then \
	  echo "styrmatt needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $(VERSION)." \
	    "Name another: make PYTHON=python3.12 run" >&2; exit 1; \
	fi

# Versions and hashes for every supported Python and platform; no download address in the files.
COMPILE = .venv-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal \
  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

readme: $(READY_DEV)
	@$(BIN)/python docs/make_rooms_picture.py
	@UPDATE_README=1 $(BIN)/python -m pytest -n 0 tests/test_readme.py tests/test_check.py \
	  tests/test_diff_command.py
	@$(BIN)/python -m pytest tests/test_readme.py tests/test_documents.py tests/test_examples.py

lock: | python
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) --extra build --output-file requirements.lock
	$(COMPILE) --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock

bench: $(READY_DEV)
	@$(BIN)/python benchmarks/bench.py $(ARGS)

clean:
	rm -rf $(VENV) .venv-lock build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .mutants
	find src tests samples -name __pycache__ -type d -prune -exec rm -rf {} +
