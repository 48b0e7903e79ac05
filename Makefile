# make demo   builds the four outputs of roadmap.yaml, from nothing but Python 3.10 or later
# make test   passes the tests, likewise
.PHONY: demo test lint bench pictures clean
.DEFAULT_GOAL := demo

VENV := .venv
BIN := $(VENV)/bin
# the first python3 that is new enough; PYTHON=… overrides
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$p; break; }; done)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "roadpress needs Python 3.10 or later, and there is none on the PATH."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/installed: $(BIN)/python pyproject.toml
	@echo "Installing roadpress into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e .
	@touch $@

$(VENV)/dev: $(BIN)/python pyproject.toml
	@echo "Installing roadpress and its tools into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed
	@$(BIN)/roadpress build roadmap.yaml
	@$(BIN)/roadpress trello plan roadmap.yaml --offline

test: $(VENV)/dev
	@$(BIN)/python -m pytest -q $(TESTS)

lint: $(VENV)/dev .types/roadpress
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.types/roadpress:
	@mkdir -p .types && ln -s .. $@

bench: $(VENV)/dev
	@$(BIN)/python -m benchmarks

pictures: $(VENV)/dev
	@$(BIN)/python docs/make_pictures.py

clean:
	@rm -rf $(VENV) .types build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
