# make demo          builds the four outputs of roadmap.yaml into output/, from nothing but Python 3.10 or later
# make test          passes the tests, likewise; TESTS="tests/core -k ids" runs some of them
# make test-newest   passes them with the newest versions of everything, make test-oldest with the oldest that are declared
# make test-bare     passes what can pass with the base alone: without the extras, which musl, Windows on ARM or an old glibc have no wheel of
# make laws          tries every law of boards, matching, merging and progress with EXAMPLES=2000 random cases
# make fuzz          gives every reader hostile documents for MINUTES=10, from SEED on, and says what it found
# make pastes        gives the page in the web COUNT=1000 hostile documents: no script runs, nothing hangs; after make web
# make coverage      says which lines and branches of the package no test runs, and fails when it is too many
# make mutants       changes one thing at a time in what must not be wrong, and names what no test notices; SAMPLE=40 of each file
# make web           builds the page in the web, output/web/: roadpress in a browser; needs Node.js
# make web-twice    builds it twice from nothing, and compares the bytes
# make audit         looks the locked versions up for known holes, and lists licences and an SBOM
# make lock          renews the versions that demo and test install; LOCK=no installs the newest instead
.PHONY: demo test test-newest test-oldest test-bare laws fuzz pastes coverage mutants web web-twice audit lock lint bench pictures page locale clean
.DEFAULT_GOAL := demo

VENV := .venv
BIN := $(VENV)/bin
# the first Python that is new enough; PYTHON=… overrides
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$p; break; }; done)
TESTS ?= -n auto --maxprocesses=4 --dist loadfile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "roadpress needs Python 3.10 or later, and there is none on the PATH. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make an environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/installed: $(BIN)/python pyproject.toml lock/install.py lock/run.txt
	@echo "Installing roadpress into $(VENV)/, which takes a minute …"
	@$(BIN)/python lock/install.py run
	@touch $@

$(VENV)/dev: $(BIN)/python pyproject.toml lock/install.py lock/run.txt lock/dev.txt
	@echo "Installing roadpress and its tools into $(VENV)/, which takes a minute or two …"
	@$(BIN)/python lock/install.py dev
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed
	@mkdir -p output
	@$(BIN)/roadpress -q build roadmap.yaml
	@$(BIN)/roadpress trello plan roadmap.yaml --offline > output/roadmap.trello-plan.txt
	@cat output/roadmap.trello-plan.txt
	@echo
	@echo "roadmap.yaml is now"
	@echo "  output/roadmap.pdf              a book: print it, or tick its boxes in a PDF viewer"
	@echo "  output/roadmap.mindmap.svg      a mind map: open it in a browser"
	@echo "  output/roadmap.checklist.html   a checklist: open it in a browser, it keeps your ticks"
	@echo "  output/roadmap.trello-plan.txt  the plan of a Trello board, as above: \`$(BIN)/roadpress trello push\` makes it, with an account"

test: $(VENV)/dev
	@$(BIN)/python -m pytest $(TESTS)

test-bare: export ROADPRESS_BARE = 1
test-newest test-oldest test-bare: test-%:
	@rm -rf $(VENV)-$*
	@$(MAKE) --no-print-directory VENV=$(VENV)-$* $(VENV)-$*/bin/python
	@echo "Installing roadpress and its tools, $(if $(filter bare,$*),without what some machines have no wheel of,the $* of each), into $(VENV)-$*/ …"
	@$(VENV)-$*/bin/python lock/install.py dev --$*
	@$(VENV)-$*/bin/python -m pytest $(TESTS)

laws: $(VENV)/dev
	@ROADPRESS_EXAMPLES=$(or $(EXAMPLES),2000) $(BIN)/python -m pytest -n auto tests/boards/test_year.py tests/identity tests/importers/test_merge_laws.py tests/progress

fuzz: $(VENV)/dev
	@PYTHONPATH=tests/support $(BIN)/python tests/fuzz/long.py $(or $(MINUTES),10) $(or $(SEED),$$(date +%s))

# the newest of the tools on purpose: yesterday's knows no hole of today
audit: $(VENV)/dev
	@$(PYTHON) -m venv $(VENV)-audit && $(VENV)-audit/bin/python -m pip install -qU --disable-pip-version-check pip-audit pip-licenses cyclonedx-bom
	@mkdir -p output
	@$(VENV)-audit/bin/pip-licenses --python $(BIN)/python --order=license --partial-match --fail-on="UNKNOWN;Affero;General Public License v" \
		--packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' lock/run.txt)
	@$(VENV)-audit/bin/cyclonedx-py requirements lock/run.txt --output-reproducible -o output/sbom.json
	@$(BIN)/python lock/holes.py $(VENV)-audit/bin/pip-audit lock/dev.txt

pastes: $(VENV)/dev
	@ROADPRESS_PASTES=$(or $(COUNT),1000) $(BIN)/python -m pytest tests/web/test_hostile.py

# the browsers' tests run the same Python again, and a child's lines are not counted
coverage: $(VENV)/dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browsers --ignore tests/web --ignore tests/fuzz --cov --cov-report=term

mutants: $(VENV)/dev
	@PYTHONPATH=tests/support $(BIN)/python tests/mutants.py

# what the page is built of comes from npm and PyPI, in exact versions; any server of files then serves the folder
web: $(VENV)/dev
	@PYTHONPATH=web $(BIN)/python web/build.py
	@$(BIN)/python web/sizes.py output/web
	@echo "output/web/ is ready: $(BIN)/python -m http.server --bind 127.0.0.1 --directory output/web"

# from nothing, twice
web-twice: $(VENV)/dev
	@rm -rf web/node_modules && $(MAKE) --no-print-directory web
	@cd output/web && find . -type f | sort | xargs sha256sum > ../web.sums
	@rm -rf web/node_modules && $(MAKE) --no-print-directory web
	@cd output/web && sha256sum --check --quiet ../web.sums && test $$(find . -type f | wc -l) = $$(wc -l < ../web.sums)
	@rm output/web.sums && echo "twice the same bytes"

lock: $(VENV)/dev
	@$(BIN)/python lock/renew.py

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
	@$(BIN)/python docs/make_checklist_pictures.py
	@test ! -d output/web || $(BIN)/python docs/make_web_picture.py

# checks the scripts of checklist and map, and makes the files that the pages carry; needs Node.js
page: $(VENV)/dev
	@$(BIN)/python docs/make_page.py

# brings what the Unicode CLDR knows of each language into templates/words; needs npm
locale: $(BIN)/python
	@$(BIN)/python docs/make_locale.py

.PHONY: fonts
# makes templates/fonts of the fonts that are installed
fonts: $(VENV)/dev
	@$(BIN)/python docs/make_fonts.py

clean:
	@rm -rf $(VENV) $(VENV)-* .types build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
