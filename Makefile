# The tasks of the project on Linux and macOS; on Windows start.bat and the command `sedp` do them.
.DEFAULT_GOAL := help
.PHONY: help report test bench bench-national fuzz lint doctor start clean environment environment-dev renderer
.NOTPARALLEL:
PYTHON ?=
export PYTHON
BIN := .venv/bin
BEGIN := $(shell date +%s)

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

report: environment renderer    ## set up what is missing, then build the sample report in four formats
	@$(BIN)/sedp build demo --lang ky
	@echo "make report: $$(( $$(date +%s) - $(BEGIN) )) s"

test: environment-dev renderer  ## set up what is missing, then the whole test suite
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

bench: environment-dev renderer ## how long many municipalities take on this machine (11 minutes)
	@$(BIN)/python tools/bench.py --municipalities 40
	@$(BIN)/python tools/bench_reports.py
	@$(BIN)/python tools/bench_forecast.py --runtime

bench-national: environment-dev renderer ## a whole country once in full; goes on if broken off
	@$(BIN)/python tools/bench_national.py

fuzz: environment-dev           ## property-based tests with a hundred times more examples
	@$(BIN)/python -m pytest -p tools.fuzz_profile -m "not slow"

lint: environment-dev           ## style and types
	@$(BIN)/ruff check . && $(BIN)/mypy

doctor: environment             ## what is missing on this machine, and how to get it
	@$(BIN)/sedp doctor

start: environment renderer     ## open the notebooks in the browser
	@$(BIN)/jupyter lab notebooks/00_start.ipynb

clean:           ## delete what can be rebuilt: environment, processed data, caches (not reports)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	@find data/processed -mindepth 1 ! -name README.md -delete 2>/dev/null || true

environment:
	@sh tools/setup_environment.sh report

environment-dev:
	@sh tools/setup_environment.sh test

renderer:
	@$(BIN)/python tools/ensure_renderer.py
