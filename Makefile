# Onrecord's jobs by name. Each is a command or two that can also be typed: README.md, "Without make".

# The Python that sets up: 3.11 or newer.
PYTHON ?= python3
# The Python that does the work, by default the one that is set up in .venv. Name another that has the requirements, and nothing is set up.
PY ?=
# Options for the build: make site ARGS="--base-url https://example.org/"
ARGS ?=
# What `make report` and `make annotate` compare with. A branch's name is not to be read as a command: it reaches programs as their environment.
BASE ?= origin/main
export BASE
# The content and the site that `make report` is about.
CONTENT ?= content
SITE ?= site
export CONTENT SITE
# The issue that `make propose` takes a proposal of, by its number; empty for any.
ISSUE ?=
export ISSUE
# Options for the tests: make test TESTS="tests/unit -k dates"
TESTS ?=
# Options for the audit: make audit AUDIT="--only axe,vnu"
AUDIT ?=
# Options for the audit of data: make audit-data AUDIT_DATA="--only zim,bagit"
AUDIT_DATA ?=
# How many releases `make demo` invents.
DEMO ?= 1000

ifeq ($(PY),)
SETUP := $(PYTHON) bootstrap.py
ifeq ($(OS),Windows_NT)
PY := .venv/Scripts/python
else
PY := .venv/bin/python
endif
else
SETUP := true
endif

.DEFAULT_GOAL := help
.PHONY: help setup setup-import setup-cluster setup-dev site check report verify annotate serve receive propose docs pictures sheets third-party reproduce test test-only lint format demo audit audit-data audit-browsers audit-faults audit-full-disk audit-fuzz audit-incremental audit-lexicon audit-limits audit-patterns audit-payloads audit-properties audit-recall audit-tampering audit-workflows lock clean distclean

help: ## Say what can be made
	@echo "Onrecord: press releases become a site that can be searched, cited and trusted."
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Set up what building needs, in .venv
	@$(SETUP)

setup-import: ## Set up what reading foreign documents needs as well
	@$(SETUP) --import

setup-cluster: ## Set up what reading foreign documents on several machines needs as well
	@$(SETUP) --cluster

setup-dev: ## Set up what testing needs as well
	@$(SETUP) --dev

site: setup ## Set up, check content/ and build site/
	@$(PY) build.py $(ARGS)
	@echo "Open this file in a browser: $(CURDIR)/site/index.html"

check: setup ## Check content/ and write nothing
	@$(PY) build.py check $(ARGS)

report: setup ## Say what changed against BASE (a commit), and what the site weighs
	@$(PY) build.py report --base "$$BASE" --content "$$CONTENT" --site "$$SITE"

annotate: setup ## Check content/ as GitHub does: with annotations, and with what changed since BASE
	@$(PY) build.py check --format github --base "$$BASE"

verify: setup ## Verify site/ against its manifest and the limits of GitHub Pages; ARGS=--strict refuses strays
	@$(PY) build.py verify site $(ARGS)
	@$(PY) build.py report --site site

serve: setup ## Build, watch content/ and templates/, and reload the page in the browser
	@$(PY) build.py serve $(ARGS)

receive: setup-import ## Turn a release sent in by issue (GITHUB_EVENT_PATH) into a draft, and keep it for `make propose`
	@$(PY) build.py receive "$$GITHUB_EVENT_PATH" --keep .cache/proposal

propose: ## Open a draft pull request with what `make receive` kept; it needs Python alone
	@$(PYTHON) build.py propose .cache/proposal --issue "$${ISSUE:-0}"

demo: setup ## Build a site of 1,000 invented releases, to judge the look at size
	@$(PY) -c "import shutil; shutil.rmtree('.cache/demo/content', ignore_errors=True)"
	@$(PY) benchmarks/corpus.py .cache/demo/content --n $(DEMO)
	@$(PY) build.py --content .cache/demo/content --out .cache/demo/site $(ARGS)
	@echo "Every release in it is invented. Open this file in a browser: $(CURDIR)/.cache/demo/site/index.html"

docs: setup ## Build the guides as a small site, with invented releases to try every page on
	@$(PY) docs/build_guides.py .cache/guides
	@echo "Open this file in a browser: $(CURDIR)/.cache/guides/site/index.html"

pictures: setup-dev ## Take the pictures of the README again, from 400 invented releases
	@$(PY) benchmarks/corpus.py .cache/pictures/content --n 400
	@$(PY) build.py --content .cache/pictures/content --out .cache/pictures/site
	@$(PY) docs/take_pictures.py .cache/pictures/site

sheets: setup-dev ## Take the sheets of every kind of page again: the archive in content/, then 1,000 and 10,000 invented releases (2 GB of disk, given back at the end)
	@rm -rf .cache/sheets; set -e; for n in 5 1000 10000; do \
	mkdir -p .cache/sheets; from=content; \
	[ $$n = 5 ] || { from=.cache/sheets/content; $(PY) benchmarks/corpus.py $$from --n $$n --languages en,ar; }; \
	$(PY) build.py --content $$from --out .cache/sheets/site --cache .cache/sheets/cache; \
	$(PY) docs/take_pictures.py .cache/sheets/site --sheet contact-sheet-$$n; \
	rm -rf .cache/sheets; \
	done

test: setup-dev ## Set up, then run every check and every test, the browser's included
	@failed=0; \
	{ printed=$$($(MAKE) --no-print-directory lint 2>&1); code=$$?; echo; echo "$$printed"; exit $$code; } & lint=$$!; \
	$(MAKE) --no-print-directory test-only || failed=1; \
	wait $$lint || failed=1; \
	exit $$failed

test-only: setup-dev
	@$(PY) -m pytest $(if $(TESTS),$(TESTS),-n auto --dist worksteal)

lint: setup-dev ## Check the program's style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: setup-dev ## Bring the program into its style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

audit: setup-dev audit-data audit-browsers audit-incremental audit-limits audit-faults audit-full-disk audit-recall audit-tampering audit-workflows audit-lexicon audit-patterns audit-properties audit-fuzz audit-payloads ## Examine what is kept between builds, and every page with axe, vnu, lychee and Lighthouse: AUDIT="--kinds" for one of each kind
	@$(PY) build.py --out .cache/audit/site $(ARGS)
	@$(PY) build.py --out .cache/audit/site --audit $(ARGS)
	@$(PY) benchmarks/audit.py .cache/audit/site $(AUDIT)

audit-browsers: setup-dev ## Try what is tried in browsers over http, below a path and from a folder, on each screen, in each direction and each scheme
	@ONRECORD_BROWSERS=all $(PY) -m pytest tests/browser

audit-data: setup-dev ## Examine what the archive gives away as data, and every export, with the programs of its field: AUDIT_DATA="--only zim,bagit"
	@$(PY) benchmarks/audit_data.py $(AUDIT_DATA)

audit-workflows: setup-dev ## Examine the workflows with zizmor and actionlint
	@$(PY) benchmarks/audit_workflows.py

audit-incremental: setup-dev ## Compare 3,000 random histories of edits, built step by step, with fresh builds; edit a table of 1,000 records
	@ONRECORD_HISTORIES=3000 $(PY) -m pytest tests/properties/test_incremental.py tests/properties/test_table_round_trip.py

audit-limits: setup-dev ## Measure what files made to keep the commands busy take, and what becomes of them; stopped, it goes on where it was
	@$(PY) benchmarks/pathological.py --results .cache/limits.jsonl
	@$(PY) benchmarks/awkward_archives.py

audit-patterns: setup-dev ## Measure every pattern of the program, those of all languages too, with strings made to take it long
	@ONRECORD_PATTERNS=all $(PY) -m pytest tests/trust/test_patterns.py

audit-properties: setup-dev ## Try 300 other examples of whatever is said of any date, body, record and document
	@ONRECORD_EXAMPLES=300 $(PY) -m pytest tests/properties tests/trust/test_toml.py tests/unit/test_stemmers.py

audit-lexicon: setup-dev ## Read each spelling of the lexicon's phrases in a small release of its language
	@ONRECORD_LEXICON=all $(PY) -m pytest tests/unit/test_intake_lexicon.py tests/unit/test_intake_lexicon_releases.py

audit-fuzz: setup-dev ## Read random files of every kind that content has, that the program keeps and that is imported, ten minutes of the processor a kind; stopped, it goes on where it was
	@failed=0; \
	ONRECORD_FUZZ_SECONDS=600 $(PY) -m pytest -m fuzz tests/trust/test_fuzz.py tests/trust/test_damaged_state.py tests/properties/test_import_check.py tests/commands/test_receive.py || failed=1; \
	$(PY) -m tests.fuzzing; \
	exit $$failed

audit-faults: setup-dev ## Kill 40 builds, imports, answers, copies of each kind at random moments and at each step, and fill the disk at 80 points
	@ONRECORD_FAULTS=40 $(PY) -m pytest tests/trust/test_faults.py tests/trust/test_content_faults.py tests/unit/test_publish.py tests/unit/test_intake_resumed.py

audit-full-disk: setup-dev ## Run every test that runs a command on a disk that is full at a chance moment: TESTS="tests/commands" for some of them
	@$(PY) -m pytest -p tests.full_disk $(if $(TESTS),$(TESTS),tests)

audit-payloads: setup-dev ## Show 25,000 hostile bodies and 13,000 hostile values in a real browser that no policy helps
	@$(PY) benchmarks/payloads.py

audit-tampering: setup-dev ## Tamper with an edition of the archive in every way that is known; say what `verify` names, and `bagit` beside it
	@$(PY) benchmarks/tampering.py

reproduce: setup ## Build twice in surroundings that differ in everything, and compare every byte: ARGS="--keep"
	@$(PY) benchmarks/reproduce.py $(ARGS)

audit-recall: setup-dev ## Count what the search finds in real collections (ONRECORD_COLLECTIONS: benchmarks/search/README.md)
	@$(PY) -m benchmarks.search.real_recall

# One lock after the other: what two of them list has one version.
LOCK = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

lock: setup-dev ## Write the locks anew from requirements*.in
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) --constraint requirements.txt requirements-import.in --output-file requirements-import.txt
	@$(LOCK) --constraint requirements.txt --constraint requirements-import.txt requirements-cluster.in --output-file requirements-cluster.txt
	@$(LOCK) --constraint requirements.txt --constraint requirements-import.txt requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) --constraint requirements-dev.txt benchmarks/intake/requirements.in --output-file benchmarks/intake/requirements.txt
	@$(MAKE) --no-print-directory third-party

third-party: setup-dev ## Write THIRD_PARTY.md and the bill of materials anew from the locks
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target .cache/third-party -r requirements-cluster.txt
	@$(PY) benchmarks/third_party.py --packages .cache/third-party

clean: ## Delete what was built and cached; content/ and .venv stay
	@$(PYTHON) -c "import shutil; [shutil.rmtree(d, ignore_errors=True) for d in ('.cache', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.hypothesis')]"
	@git clean -fdxq -- site

distclean: clean ## Delete .venv as well
	@$(PYTHON) -c "import shutil; shutil.rmtree('.venv', ignore_errors=True)"
