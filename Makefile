# Tesselle: `make` lists what can be done. A fresh machine needs Python 3.11 (with venv) and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
CATALOGUES := $(wildcard tesselle/locale/*/LC_MESSAGES/*.po tesselle/*/locale/*/LC_MESSAGES/*.po tesselle/networks/*/locale/*/LC_MESSAGES/*.po)
# Tests wait for a database and for child processes as long as they compute: two for each core.
AT_ONCE ?= $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))')
OTHERS := tesselle tests/contracts tests/journeys --ignore tesselle/ops
QUICK := not real and not browser and not chaos and not thorough
# The checker reads the settings; these values are worth nothing anywhere else.
CHECKING := DATABASE_URL=postgresql://nobody@localhost/nothing TESSELLE_SECRET_KEY=only-for-checking TESSELLE_ENCRYPTION_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=

# Compiled once and kept: every process of ours starts in half the time, and tests are read once.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(STAMPS)/run: requirements.lock requirements.in pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/browser: package-lock.json tools/browser_files.py | $(STAMPS)/run
	$(BIN)/python tools/browser_files.py
	touch $@

$(STAMPS)/words: $(CATALOGUES) tools/catalogues.py | $(STAMPS)/run
	$(BIN)/python tools/catalogues.py
	touch $@

$(STAMPS)/work: requirements-dev.lock | $(STAMPS)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: setup
setup: $(STAMPS)/run $(STAMPS)/browser $(STAMPS)/words ## install without starting; the command is then .venv/bin/tesselle
	@$(BIN)/python -m compileall -q tesselle

.PHONY: demo
demo: setup ## the practice company, ready to look at: prints its address and sign-in
	$(BIN)/tesselle demo

.PHONY: test
test: setup $(STAMPS)/work ## the quick tests: nothing but Python needed, some minutes
	@echo "Left out here, run by make check: thousands of cases, real servers, a browser, and chaos."
	@# First what forks: in a young process, without the threads that other tests leave behind. It waits a good deal:
	@# meanwhile the others are read once, so that no worker has to rewrite their assertions by itself.
	$(BIN)/python -m pytest -n 0 --collect-only -m "$(QUICK)" $(OTHERS) > /dev/null & \
	$(BIN)/python -m pytest -n auto -m "$(QUICK)" tesselle/ops && wait
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal -m "$(QUICK)" $(OTHERS)

.PHONY: test-thorough
test-thorough: setup $(STAMPS)/work ## the same promises on thousands of cases
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal -m "(thorough or hypothesis) and not real and not browser and not chaos" --hypothesis-profile thorough tesselle tests/contracts

.PHONY: lint
lint: setup $(STAMPS)/work ## style, types, floors, templates, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(CHECKING) $(BIN)/mypy tesselle tests conftest.py
	$(BIN)/lint-imports
	git ls-files '*.html' | xargs -d '\n' $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/catalogues.py --check

.PHONY: counters
counters: setup $(STAMPS)/work ## the browser's counters, on the same cases as ours
	node --test tests/contracts/counters.test.mjs

# Official clients that pin what ours must not follow, each in an environment of its own.
SDKS := $(wildcard tests/real/sdks/*.txt)

$(STAMPS)/sdks: $(SDKS) | $(STAMPS)/work
	rm -rf .venv/sdks
	for one in $(SDKS:tests/real/sdks/%.txt=%); do $(PYTHON) -m venv .venv/sdks/$$one && \
	.venv/sdks/$$one/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/real/sdks/$$one.txt || exit 1; done
	touch $@

.PHONY: sdks
sdks: $(STAMPS)/sdks ## clients of networks in environments of their own, for test-real

.PHONY: test-real
test-real: setup $(STAMPS)/work sdks ## against real servers (tests/real/install.sh first)
	@# Clients of others leave a closing socket to the collector, which then fails whatever test runs.
	$(BIN)/python -m pytest -m "real and not thorough" -W ignore::pytest.PytestUnraisableExceptionWarning tests/real

.PHONY: test-browser
test-browser: setup $(STAMPS)/work ## journeys in Debian's Chromium (tests/real/install.sh first)
	@# Three at a time also on two cores: the journeys wait for their hour most of the time.
	$(BIN)/python -m pytest -n 3 --dist loadgroup -m browser tests/browser

.PHONY: test-chaos
test-chaos: setup $(STAMPS)/work ## workers killed, networks that lie; counts copies
	$(BIN)/python -m pytest -m chaos -n 0 tests/journeys

.PHONY: check
check: lint test test-thorough test-chaos counters test-real test-browser ## all that the gate runs

.PHONY: messages
messages: setup ## add new sentences to the French catalogues, untranslated
	$(BIN)/python tools/messages.py

.PHONY: pictures
pictures: setup $(STAMPS)/work ## take the pictures of the chapters to learn by anew
	$(BIN)/python tools/learning_pictures.py

.PHONY: picture
picture: setup $(STAMPS)/work ## take the README's picture of the calendar anew
	$(BIN)/python tools/calendar_picture.py

.PHONY: new-network
new-network: setup $(STAMPS)/work ## a folder for another network: make new-network name=example
	@$(BIN)/python -m tesselle.ops.new_network "$(name)"

.PHONY: lock
lock: ## renew the lock files from requirements*.in (needs uv)
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements.in -o requirements.lock
	uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements-dev.in -o requirements-dev.lock
