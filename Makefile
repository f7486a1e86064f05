# make chat: the chat in your browser.  make test: every test.  Both set themselves up.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; print("$(p)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt

.PHONY: chat test lint bench
chat: .venv/ready
	$(BIN)/onrecord serve

test: .venv/ready-for-tests
	$(BIN)/python -m pytest

lint: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-for-tests
	$(INSTALL) -e '.[bench]'
	$(BIN)/python -m tests.benchmarks

# pip comes last: without it, an attempt to make the environment failed or was interrupted.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11 or newer; found none"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e .
	@touch $@

.venv/ready-for-tests: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e '.[test]'
	@touch $@ .venv/ready
