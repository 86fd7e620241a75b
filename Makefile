# Two commands are enough: `make run` and `make test`. They need Python >= 3.11, make and a C library.
PYTHON ?= python3
PY = .venv/bin/python

.PHONY: run test bench lock clean database
.DEFAULT_GOAL := run

.venv: .venv/made
.venv/made: requirements/test.txt
	@test -w . || { echo "This folder cannot be written to: $(CURDIR)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

# The embedded server, migrated, and left running until `python -m config.database stop`.
database: .venv/made
	$(PY) -m config.database start
	TRINH_DB_ROLE=owner $(PY) manage.py migrate
	TRINH_DB_ROLE=owner $(PY) manage.py createcachetable
	TRINH_DB_ROLE=owner $(PY) manage.py grant_privileges
