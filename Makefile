# Plenum. `make` lists what there is; `make run` is all that a fresh machine needs besides Go, a C compiler and Node.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

ARGS ?=
FUZZTIME ?= 20s
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

export CGO_ENABLED := 1

web := frontend/dist/web/.stamp
modules := frontend/node_modules/.stamp
sources := $(shell find frontend/src frontend/public frontend/scripts -type f) \
	$(wildcard frontend/*.html frontend/*.ts frontend/*.js frontend/tsconfig.json)

.PHONY: help
help: ## List these targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- Run and build ---

.PHONY: run
run: build ## Build if need be and run; make run ARGS="--listen :9000"; PLENUM_… variables count too
	bin/plenum $(ARGS)

.PHONY: build
build: web ## Build bin/plenum with the web UI in it
	go build -o bin/plenum ./cmd/plenum

.PHONY: web
web: $(web) ## Build the web UI only

.PHONY: dev
dev: tools $(modules) ## Serve the web UI with hot reload; run bin/plenum beside it
	cd frontend && npm run dev

.PHONY: tools
tools: ## Look whether Go, a C compiler and Node are there and new enough
	@scripts/tools.sh

$(modules): frontend/package-lock.json frontend/package.json frontend/.npmrc | tools
	cd frontend && npm ci
	@touch $@

$(web): $(sources) $(modules) | tools
	cd frontend && npm run build
	@touch $@

# --- Test ---

# What an activity does in the hands of one goroutine is heavy and has no races: it runs without their detector, in a sixth of the time.
laws := ^Test(Source)?Laws
kinds = $(shell grep -rl --include='*_test.go' 'laws\.Check\b' . | xargs dirname | sort -u)
define go-test
node scripts/go-test.mjs -race -skip '$(laws)' -timeout 20m ./...
node scripts/go-test.mjs -run '$(laws)' $(kinds)
endef

.PHONY: test
test: install-for-tests build types sizes vet ## Everything: Go with the race detector, TypeScript, sizes, browsers
	$(go-test)
	cd frontend && npm test
	cd frontend && npm run e2e

.PHONY: check
check: build fmt-check vet staticcheck types ## What must hold before a commit, without browsers
	$(go-test)
	cd frontend && npm test
	cd frontend && npm run sizes

.PHONY: race
race: ## The Go tests with the race detector
	go test -race ./...

.PHONY: e2e
e2e: install-for-tests build ## The browser tests against the real program
	cd frontend && npm run e2e

.PHONY: unit
unit: $(modules) ## The TypeScript tests
	cd frontend && npm test

.PHONY: fuzz
fuzz: ## Every fuzz target for FUZZTIME (20s)
	scripts/fuzz.sh $(FUZZTIME)

.PHONY: bench
bench: ## The Go benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: ot-soak
ot-soak: $(modules) ## The laws of documents at random: 10,000,000 cases in Go, 1,000,000 in TypeScript; SEED=1
	go test -count=1 -timeout 120m -v -run TestSoak ./collab/delta -soak 10000000 -seed $(or $(SEED),1)
	cd frontend && SEED=$(or $(SEED),1) ROUNDS=200000 npx vitest run --test-timeout=3600000 tests/unit/delta/laws.test.ts

.PHONY: install-for-tests
install-for-tests:
	@scripts/install-for-tests.sh

# --- Form ---

.PHONY: fmt
fmt: $(modules) ## Format everything
	gofmt -l -w $$(scripts/go-files.sh)
	cd frontend && npm run fmt

.PHONY: lint
lint: fmt-check vet staticcheck types ## Formatting, vet, staticcheck and types

.PHONY: fmt-check
fmt-check: $(modules)
	@unformatted=$$(gofmt -l $$(scripts/go-files.sh)); \
	  [ -z "$$unformatted" ] || { echo "gofmt would change (run make fmt):"; echo "$$unformatted"; exit 1; }
	cd frontend && npm run lint

.PHONY: vet
vet:
	go vet ./...

.PHONY: staticcheck
staticcheck:
	go run $(STATICCHECK) ./...

.PHONY: types
types: $(modules)
	cd frontend && npm run check

.PHONY: sizes
sizes: $(web)
	cd frontend && npm run sizes

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin frontend/dist/web frontend/node_modules
