# The commands of the project. `make` alone lists them.
# Everything runs from .venv, which .ci/environment.sh keeps in line with the hashed locks.

PYTHON ?= python3
PORT ?= 8000
# More options for pytest: make test PYTEST_ARGS="-k certifications"
PYTEST_ARGS ?=
# Put every locked package forward: make verrou MAJ=1
MAJ ?=

export PYTHON
# Material announces its successor in English at every start; the README says it once.
export NO_MKDOCS_2_WARNING := 1
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make verrou" $(if $(MAJ),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help site test build check bench verrou clean env-site env-test

help: ## Affiche cette liste
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: env-site ## Installe, construit et sert le portail sur http://127.0.0.1:8000 (autre port : PORT=8001)
	@$(BIN)/python .ci/port.py $(PORT)
	@echo "Le portail se construit ; il sera servi sur http://127.0.0.1:$(PORT) (Ctrl+C pour arrêter)."
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: env-site ## Construit le site dans site/ et s’arrête au premier avertissement
	@$(BIN)/mkdocs build --strict

check: env-site ## Vérifie les données : erreurs et constats
	@$(BIN)/portail verifier

test: env-test ## Vérifie le code, les données et les pages dans un vrai Chromium
	@echo "— style : ruff"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "— types : mypy"
	@$(BIN)/mypy
	@echo "— architecture : import-linter"
	@$(BIN)/lint-imports --no-logo
	@echo "— forme des données : yamllint"
	@$(BIN)/yamllint --strict data
	@echo "— essais : pytest"
	@sh .ci/browser.sh
	@sh .ci/office.sh
	@sh .ci/orthographe.sh
	@sh .ci/serveur.sh
	@$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

bench: env-test ## Mesure la construction (10, 100, 1 000 certifications), la lecture des conseils, l’import, la remise en forme des textes, les documents, agendas, tableurs, flux, journal, comparaison, publication et dossiers chiffrés
	@$(BIN)/python -m tests.bench.volume
	@$(BIN)/python -m tests.bench.conseils
	@$(BIN)/python -m tests.bench.importation
	@$(BIN)/python -m tests.bench.textes
	@$(BIN)/python -m tests.bench.documents
	@$(BIN)/python -m tests.bench.agenda
	@$(BIN)/python -m tests.bench.classeurs
	@$(BIN)/python -m tests.bench.flux
	@$(BIN)/python -m tests.bench.journal
	@$(BIN)/python -m tests.bench.comparaison
	@$(BIN)/python -m tests.bench.publication
	@$(BIN)/python -m tests.bench.coffre

verrou: env-test ## Refait les verrous requirements*.txt d’après pyproject.toml (tout mettre à jour : MAJ=1)
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) pyproject.toml --extra dev --constraints requirements.txt --output-file requirements-dev.txt
	@echo "Verrous refaits : requirements.txt et requirements-dev.txt. Relancez make test avant de les enregistrer."

clean: ## Efface ce qui se refait : .venv, site/, caches (jamais data/ ni docs/)
	@rm -rf .venv site .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	@find macros tests -type d -name __pycache__ -prune -exec rm -rf {} +

env-site:
	@sh .ci/environment.sh site

env-test:
	@sh .ci/environment.sh test
