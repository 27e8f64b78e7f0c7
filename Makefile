# The names that people expect, for what the solution's own commands do. `make help` lists them. Stores and APIs are those of the Andi that runs here (.andi/run.json).
CLI := dotnet run --project Andi.Cli --
RUN_FILE ?= .andi/run.json

STUDENTS ?= 10000
SEED ?= 1
LICENSES ?= .andi/licenses.csv
# For backup a new folder, for restore the newest one.
DIR ?=
BACKUP = $(or $(DIR),backups/$(shell date -u +%Y%m%dT%H%M%SZ))
NEWEST = $(or $(DIR),$(patsubst %/manifest.json,%,$(lastword $(sort $(wildcard backups/*/manifest.json)))))
# For load-file a table of staging, for export-data any; without them a sample is loaded, and the scores are exported.
TABLE ?=
FILE ?=
DURATION ?= 00:00:30
CLIENTS ?= 8
# More options for the command behind a target, for instance ARGS=--json.
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help sbom audit up migrate load-sample-data load-file check health-check query-test performance backup restore export-data test load-test

help: ## these names
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '	' 2>/dev/null || sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(firstword $(MAKEFILE_LIST))

up: ## everything, until Ctrl-C; ARGS=--fresh starts empty
	dotnet run --project Andi.AppHost -- $(ARGS)

migrate: ## tables of the stores; ARGS=--dry-run only says what it would apply
	$(CLI) migrate --run-file $(RUN_FILE) $(ARGS)

load-sample-data: ## data of STUDENTS students, and licences of their teachers from a file
	$(CLI) seed --run-file $(RUN_FILE) --students $(STUDENTS) --seed $(SEED) --licenses $(LICENSES) $(ARGS)
	$(CLI) load teacher_licenses $(LICENSES) --run-file $(RUN_FILE)

load-file: ## the CSV file FILE into TABLE of staging; a sample of licences without them
	$(CLI) load $(or $(TABLE),teacher_licenses) $(or $(FILE),docs/samples/teacher_licenses.csv) --run-file $(RUN_FILE) $(ARGS)

check: ## the warehouse is exactly what PostgreSQL says
	$(CLI) check --run-file $(RUN_FILE) $(ARGS)

health-check: ## stores, lag, disk, parts, mutations, dead letters
	$(CLI) health --run-file $(RUN_FILE) $(ARGS)

query-test: ## every named query: time and rows
	$(CLI) queries --run-file $(RUN_FILE) $(ARGS)

performance: ## compression, parts, slowest queries, advice
	$(CLI) performance --run-file $(RUN_FILE) $(ARGS)

backup: ## both stores at one position, into DIR, or a new folder of backups/
	$(CLI) backup $(BACKUP) --run-file $(RUN_FILE) $(ARGS)

restore: ## the backup in DIR, or the newest of backups/, into an empty Andi that runs (make up ARGS=--fresh)
	@test -f "$(NEWEST)/manifest.json" || { echo "There is no backup in '$(or $(NEWEST),backups)'; make backup makes one." >&2; exit 2; }
	$(CLI) restore $(NEWEST) --run-file $(RUN_FILE) $(ARGS)

export-data: ## TABLE into FILE (.csv, .jsonl, .parquet); the scores, and .andi/TABLE.csv, without them; ARGS=--force replaces the file
	$(CLI) export $(or $(TABLE),facts.student_scores) $(or $(FILE),.andi/$(or $(TABLE),facts.student_scores).csv) --run-file $(RUN_FILE) $(ARGS)

audit: ## known vulnerabilities of packages; ARGS=--strict fails where no data is published
	.ci/audit $(ARGS)

sbom: ## the bill of materials, in artifacts/sbom
	.ci/sbom

test: ## all tests, on the real engines
	dotnet test

load-test: ## requests a second and percentiles, for DURATION with CLIENTS
	$(CLI) load-test --run-file $(RUN_FILE) --duration $(DURATION) --clients $(CLIENTS) $(ARGS)
