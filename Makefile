# Every command of the project. Each one needs nothing but git, make, Python >= 3.11 and its venv.
.DEFAULT_GOAL := help
.PHONY: help run test test-elasticsearch lint fix lock bench bench-http bench-search test-faults test-mirror test-webhooks test-fuzz test-fuzz-api

help: ## Toont deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Start Lessenbank op http://127.0.0.1:8000 (PORT en LESSENBANK_DATA kiezen anders)
	@bin/run

test: ## Draait alle tests: SQLite, browser, PostgreSQL en Elasticsearch
	@bin/environment dev
	@.venv/bin/python bin/test.py

test-elasticsearch: ## Draait ook de tests die Elasticsearch laten uitvallen en beveiligen (enkele minuten)
	@bin/environment dev
	@.venv/bin/python -m pytest -m elasticsearch

test-faults: ## Doodt processen 200 keer bij publiceren en indexeren (een half uur)
	@bin/environment dev
	@TEST_KILLS=200 .venv/bin/python -m pytest tests/faults/test_kills.py

test-mirror: ## Laat kopieën 10.000 willekeurige wijzigingen volgen (anderhalf uur)
	@bin/environment dev
	@TEST_STEPS=10000 .venv/bin/python -m pytest tests/search/changes/test_mirror.py

test-webhooks: ## Laat 1.000 gebeurtenissen bezorgen aan een ontvanger die hapert, door workers die sneuvelen (enkele minuten)
	@bin/environment dev
	@TEST_EVENTS=1000 .venv/bin/python -m pytest -s tests/faults/test_webhooks.py

test-fuzz: ## Stelt 20.000 willekeurige vragen aan de zoekfunctie (een half uur)
	@bin/environment dev
	@TEST_CASES=4000 .venv/bin/python -m pytest tests/search/test_fuzz.py

test-fuzz-api: ## Stelt 20.000 willekeurige verzoeken aan alle uitvoer van de API (een kwartier)
	@bin/environment dev
	@TEST_REQUESTS=20000 .venv/bin/python -m pytest tests/frontend_api/test_fuzz_outputs.py

bench: ## Meet hoe snel het is; faalt als een lat niet wordt gehaald (een kwartier)
	@bin/environment dev
	@.venv/bin/python bin/bench.py
	@.venv/bin/python bin/bench_http.py

bench-search: ## Meet het zoeken bij 1.000, 10.000 en 100.000 gegenereerde lessen (een uur)
	@bin/environment dev
	@.venv/bin/python bin/bench_search.py

bench-http: ## Meet de API over HTTP naast kale wagtail-grapple (met ARGUMENTS="--sizes 100000 --crowd 60" meer)
	@bin/environment dev
	@.venv/bin/python bin/bench_http.py $(ARGUMENTS)

lint: ## Controleert stijl, typen, afhankelijkheden, sjablonen, migraties, vertaling en instellingen
	@bin/environment dev
	@bin/lint

fix: ## Herstelt opmaak en stijl waar dat vanzelf kan
	@bin/environment dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format . && .venv/bin/djlint --reformat --quiet cms lessons search frontend_api

lock: ## Vernieuwt requirements/*.txt uit pyproject.toml (nieuwere versies: make lock UPGRADE=--upgrade)
	@bin/environment dev
	@.venv/bin/uv pip compile $(LOCK_OPTIONS) pyproject.toml -o requirements/base.txt
	@.venv/bin/uv pip compile $(LOCK_OPTIONS) --group dev pyproject.toml -o requirements/dev.txt
	@.venv/bin/uv pip compile $(LOCK_OPTIONS) --group build -o requirements/build.txt

LOCK_OPTIONS = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)
