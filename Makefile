# One command each; the README says what they do. Nothing but Python 3.11+ and make is assumed.
PYTHON ?= python3
PORT ?= 8800
SEEDS ?= 20
DAYS ?= 14
UPDATES ?= 1000000
SEED ?= 0
SECONDS ?= 60
OF ?= consent
MOST ?= 0
BIN := .venv/bin
PACKAGES := .venv/.packages
HOUSE := .venv/.house
# Compiled once, not at every start of the many processes that tests make, whatever the machine says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test run check format bench simulate fuzz fuzz-coverage mutants lock

setup: $(HOUSE)

$(PACKAGES): requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(HOUSE): $(PACKAGES) pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@$(BIN)/python -m bot demo --port $(PORT)

run: setup
	@$(BIN)/python -m bot run

test: setup
	@$(BIN)/python -m pytest -n 4 --dist worksteal $(ARGS)

check: setup
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: setup
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

bench: setup
	@$(BIN)/python -m bench

simulate: setup
	@$(BIN)/python -m pytest -n 2 tests/simulation tests/acceptance/test_keeping_killed.py --every-boundary --seeds $(SEEDS) --days $(DAYS)

fuzz: setup
	@$(BIN)/python -m tests.support.long_fuzz $(UPDATES) $(SEED)

# Led by what an update reaches; asks for atheris, which the tests do not: .venv/bin/python -m pip install atheris
fuzz-coverage: setup
	@$(BIN)/python -m tests.support.coverage_fuzz $(SECONDS)

# Guards taken away one at a time: OF=consent, outbox, erase, copy or access; MOST= of them.
mutants: setup
	@$(BIN)/python -m tests.support.mutants $(OF) $(MOST)

# Written with uv, which only the person who changes a dependency needs.
lock:
	uv pip compile -q pyproject.toml --extra postgresql --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url -o requirements.txt
	uv pip compile -q pyproject.toml --extra postgresql --group dev --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url -o requirements-dev.txt
