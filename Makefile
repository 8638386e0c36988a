# make run | test | check | prove | help. Everything needed is set up in .venv on the first use.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

help:          ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

run: .venv/product $(CATALOGUES)   ## Set up and serve the demo office on http://127.0.0.1:8000 (BIND, PORT, DATA_DIR)
	@flask --app app prepare
	@exec gunicorn -c gunicorn.conf.py

test: .venv/tests $(CATALOGUES)    ## Set up and run the tests (browser tests need Chromium)
	@pytest

check: .venv/tests $(CATALOGUES)   ## Formatting, lint, types, tests
	ruff format --check .
	ruff check .
	mypy
	@$(MAKE) --no-print-directory test

prove: .venv/tests $(CATALOGUES)   ## Run every proof at full size: some two hours (docs/reliability.md): make prove PROOFS="kill --small"
	@python -m tests.proof $(PROOFS)

prove-faults: .venv/tests $(CATALOGUES) ## Plant small faults one by one; the tests must see each: make prove-faults FAULTS="cap-off-by-one"
	@python -m tests.proof.faults $(FAULTS)

pictures: .venv/tests $(CATALOGUES) ## Take the pictures of the screens for the README
	@python -m tools.pictures

bench-%: .venv/tests $(CATALOGUES) ## Measure: make bench-live, -issue, -admission, -search, -offices
	@python bench/$*.py

docs: .venv/product                ## Write the pages that are made from the code
	@python -m docs.ticket_life > docs/ticket-life.md
	@python -m docs.rights > docs/rights.md

words: .venv/product               ## Collect the texts that people see into the catalogues
	@pybabel -q extract -F babel.cfg -k bilingual -o translations/messages.pot --no-location --sort-output .
	@pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete --width 120

.venv/product: requirements.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; }
	@$(PYTHON) -m venv .venv
	@pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt .venv/product
	@pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/product
	@pybabel -q compile -i $< -o $@ -l $(word 2,$(subst /, ,$<))

.PHONY: help run test check prove prove-faults docs words pictures
