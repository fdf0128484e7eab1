# Everything a clone needs is installed by these targets; Terraform, make and Python >= 3.11 are all they ask for.
# Another Python than the newest that is found: make PYTHON=/path/to/python3.12 …
PYTHON   ?=
PYTHONS  := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
# The demo runs on ministack, which pip alone installs in seconds; the tests run on LocalStack.
# Options of pytest: make test PYTEST="-n 4 -k mastra"
PYTEST   ?= -n auto
EXAMPLES := mastra mana-memory ai-girlfriend ai-agent-server makeriess

VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint fmt docs bench lock clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-6s %s\n", $$1, $$2 }'

demo: $(READY) ## prove the five example systems on an emulator: apply, describe, put, query, plan again, destroy
	@$(BIN)/dynamodb-layouts verify --backend ministack $(EXAMPLES:%=examples/%)

test: lint ## everything: lint, types, formatting, documentation, and the tests on LocalStack
	$(BIN)/python -m pytest $(PYTEST)

lint: $(READY) ## ruff, mypy, terraform fmt, and the READMEs against the HCL; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	terraform fmt -check -diff -recursive
	$(BIN)/python tools/reference.py --check

fmt: $(READY) ## format Python and Terraform
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	terraform fmt -recursive

docs: $(READY) ## write the tables of inputs and outputs in the READMEs from the HCL
	$(BIN)/python tools/reference.py

bench: $(READY) ## measure, as ratios: warm providers against plain tftest, and the model's checks as a model grows
	$(BIN)/python bench/warm_provider.py
	$(BIN)/python bench/model_scaling.py

lock: ## write requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --group dev pyproject.toml -o requirements.lock

clean: ## remove what the targets above made in this folder
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A name on PATH may be a shim that starts nothing, so each is run; `ensurepip` is what Debian packs apart.
SUITABLE := -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PIP      := $(BIN)/python -m pip install -qq --disable-pip-version-check

$(READY): requirements.lock pyproject.toml
	@set -e; \
	if [ -n "$(PYTHON)" ] || ! $(BIN)/python $(SUITABLE); then \
	  python=; \
	  for name in $(PYTHONS); do \
	    if "$$name" $(SUITABLE); then python=$$name; break; fi; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo "No Python 3.11 or newer with its venv module (tried $(PYTHONS))." >&2; \
	    echo "Install one (Debian and Ubuntu: python3 and python3-venv), or name one: make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$("$$python" --version)" >&2; \
	  "$$python" -m venv --clear $(VENV); \
	fi; \
	echo "Installing the harness and its tools into $(VENV); this happens once" >&2; \
	$(PIP) --require-hashes -r requirements.lock; \
	$(PIP) --no-deps --no-build-isolation -e .; \
	touch $@
