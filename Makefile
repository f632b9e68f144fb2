# Everything a newcomer needs: `make` grades the examples, `make test` passes the quick tests, `make slow` the others.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# Several tests at once, on four cores at most: each starts processes of its own, and with TensorFlow they are large.
PYTEST := $(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist worksteal
# These processes would each compile all of grader anew.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := grade
.PHONY: grade test slow lint verify docs lock clean help

grade: $(READY) ## grade the example submissions into reports/ (installs what it needs the first time)
	@$(BIN)/grader grade submissions/ps4 --out reports/ps4 --yes; status=$$?; [ $$status -ne 3 ] || { \
	    echo "These examples are our own, so they are graded without the wall:"; \
	    $(BIN)/grader grade submissions/ps4 --out reports/ps4 --yes --sandbox off; exit $$?; }; exit $$status

test: $(READY) ## style, types and every test that is not slow (installs what it needs the first time)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy && $(PYTEST) -m "not slow"

slow: $(READY) ## the tests that train networks, attack the wall or kill classes
	@$(BIN)/pytest -m slow

lint: $(READY) ## style and types alone
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy

verify: $(READY) ## does every problem set grade its own specimens as promised?
	@for set in reference/*/; do $(BIN)/grader verify "$$set" || exit 1; done

docs: $(READY) ## the documentation as pages, in docs/_build: a warning or a link that leads nowhere stops it
	@$(BIN)/python -m sphinx -W --keep-going -q -c docs . docs/_build && echo "docs/_build/docs/index.html"

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" --extra dev -q -o requirements.lock pyproject.toml

clean: ## remove the environment and everything that can be rebuilt
	@rm -rf $(VENV) reports docs/_build .mypy_cache .ruff_cache .pytest_cache

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F '\t' '{printf "make %-8s %s\n", $$1, $$2}'

$(READY): pyproject.toml requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "grader needs Python 3.11 or newer, and '$(PYTHON)' is not here: install it, or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "grader needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1): make PYTHON=/path/to/a/newer/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "'$(PYTHON)' comes without venv: install it (on Debian and Ubuntu: apt-get install python3-venv) and run make again"; exit 1; }
	@echo "Installing into $(VENV), once: about 2.5 GB, most of it TensorFlow; a minute or a few"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar on --only-binary :all: --require-hashes -r requirements.lock \
	    || { echo "A package could not be installed: is the package index reachable? A package without a ready-made wheel for $$($(PYTHON) -V 2>&1) on this machine is never compiled here (no compiler is needed): try another Python, such as 3.11 to 3.13"; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps --editable .
	@touch $@
