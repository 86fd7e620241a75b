# Two commands are enough: `make run` and `make test`. They need Python >= 3.11, make and a C library.
PYTHON ?= python3
PY := .venv/bin/python
CHROMIUM ?= chromium

.PHONY: run test trial checks chromium bench prepare migrations lock clean
.PHONY: types packages style imports fonts settings migrated
.DEFAULT_GOAL := run

# The demonstration: database, tables, the office of the plan, web server and worker, until Ctrl-C.
run: .venv/made
	@$(PY) -m config.launch.run

# Everything that CI runs; PYTEST="-k dispatch" narrows the last step. The tests run in another order each time and say
# which: PYTEST="--randomly-seed=7" runs them in that order again.
test: .venv/made chromium
	@$(PY) -m config.launch.database during $(MAKE) --no-print-directory checks

# What needs no browser goes two at a time: the types alone take as long as all the others.
checks:
	@$(MAKE) --no-print-directory -j 2 types packages style imports settings migrated
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(or $(PYTEST),$(COVERAGE))

types:
	$(PY) -m mypy

packages:
	$(PY) -m pip check

style:
	$(PY) -m ruff check .

imports:
	.venv/bin/lint-imports

fonts:
	@$(PY) -m config.launch.fonts var/fonts

settings: fonts
	$(PY) -W error manage.py check --fail-level WARNING

migrated:
	TRINH_DB_ROLE=owner $(PY) -W error manage.py makemigrations --check --dry-run

# All that `make test` does, with every round of the races, the crashes, the worst files and the whole tables, every page in
# the dark and every journey without scripts, and a floor under the coverage, which makes the suite half as long again.
trial: export TRINH_TRIAL = 1
trial: export COVERAGE = --cov
trial: test

chromium:
	@command -v $(CHROMIUM) >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } \
	  || { echo "The browser tests need Chromium: install it as root with \`apt-get install chromium\`."; exit 1; }

bench: .venv/made
	@$(PY) -m config.launch.database during $(PY) -m benchmarks $(MEASURE)

# The tables, rights, words, fonts and static files of an installation; the database answers at DATABASE_OWNER_URL.
prepare: .venv/made
	@$(PY) -m config.launch.database during $(PY) -m config.launch.prepare

# What a change of the models asks of the database, as a new migration.
migrations: .venv/made
	@TRINH_DB_ROLE=owner $(PY) -m config.launch.database during $(PY) manage.py makemigrations

.venv: .venv/made
.venv/made: requirements/test.txt
	@test -w . || { echo "This folder cannot be written to: $(CURDIR)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=...")'
	@echo "Installing the locked packages into .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/test.txt
	@touch $@

# New versions of the locked packages, with the hashes of every platform's files.
UV := var/lock/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	--custom-compile-command "make lock"
lock:
	$(PYTHON) -m venv var/lock
	var/lock/bin/pip install --quiet uv
	$(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	$(COMPILE) requirements/test.in -c requirements/runtime.txt -o requirements/test.txt

# What can be made again; never the database.
clean:
	rm -rf .venv var/lock var/static var/fonts .pytest_cache .ruff_cache
