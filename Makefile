# `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help others test-rust rust-controller testbed test-e2e twins e2e testbed-1.33 e2e-1.33 demo stories test-small-worlds small-worlds test lint test-core test-msrv msrv msrv-library msrv-simulate msrv-tools msrv-operator test-simulate test-c go go-library test-go controller controller-static test-controller test-py bench-py test-no-std bench worlds fuzz fuzz-seeds test-doors test-fuzz fuzz-c miri cases install c-examples bench-ffi conformance test-conformance conformance-binary conformance-kruise judges test-judges judge-programs bench-upstream dist dist-rust test-dist test-dist-rust install-c install-tool dist-c dist-c-all test-dist-c test-dist-c-all dist-py py-targets dist-py-all test-dist-py test-dist-py-all go-module go-cgo go-abi dist-go test-dist-go

CARGO ?= cargo
GO ?= go
RUSTC ?= rustc
PYTHON ?= python3
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
VENV := $(CURDIR)/target/venv

# A missing tool is an error, never a skipped test: $(call need,tool,what it is).
need = @command -v $(1) >/dev/null || { echo "make $@: $(1) ($(2)) is needed and not installed" >&2; exit 1; }

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## A StatefulSet started, healed, scaled, updated and shut down, on the embedded cluster
	$(call need,$(CARGO),the Rust toolchain)
	@$(CARGO) run --locked --profile demo -p kubectl-sts --bin sts --no-default-features -- simulate examples/stories/demo.story

test: lint test-core test-small-worlds test-msrv test-simulate worlds stories test-c test-rust test-go test-controller test-conformance test-judges test-e2e test-no-std test-py test-dist test-doors ## Builds and tests everything

lint: ## Formatting, lints and documentation of all Rust code
	$(call need,$(CARGO),the Rust toolchain)
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) clippy -p statefulset --all-targets --no-default-features --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps -p statefulset --features statefulset/kubernetes -p statefulset-simulate -p kubectl-sts
	$(CARGO) clippy -p statefulset-c --lib --no-default-features --profile c-facts --locked -- -D warnings

test-core: ## The planner alone, then with its kubernetes tier; the common cases; the order of folders
	$(call need,$(CARGO),the Rust toolchain)
	$(CARGO) test --locked -p statefulset --no-default-features
	@# The other tests of the planner know of no tier, and have passed.
	$(CARGO) test --locked -p statefulset --features kubernetes --lib --test kubernetes --test growth
	$(CARGO) test --locked -p statefulset --features kubernetes --doc
	$(CARGO) test --locked -p statefulset-cases --features stories
	$(CARGO) test --locked -p statefulset-rooms

SMALL_WORLDS := $(CARGO) test --release --locked -p statefulset-small-worlds --test small_worlds -- --nocapture

test-small-worlds: ## Every state of small sets and every step from there: a minute of one processor
	$(call need,$(CARGO),the Rust toolchain)
	$(SMALL_WORLDS)

small-worlds: ## The same with N - 1 more changes of the set, up to STATES states a configuration
	$(call need,$(CARGO),the Rust toolchain)
	N=$(or $(N),1) $(SMALL_WORLDS)

# Exactly the compiler that a manifest names, not a later one.
oldest = $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' $(1)/Cargo.toml)
define check_with_oldest
	@rustup run $(call oldest,$(1)) rustc --version || rustup toolchain install $(call oldest,$(1)) --profile minimal --no-self-update
	cd $(1) && CARGO_TARGET_DIR=$(TARGET)/msrv rustup run $(call oldest,$(1)) cargo check --locked $(2)
endef
MSRV_PARTS := msrv-simulate msrv-tools msrv-operator

test-msrv: msrv-library ## The library with the oldest compilers that it promises to work with, and each day another part of the rest
	@$(MAKE) --no-print-directory $(word $(shell expr $$(date +%s) / 86400 % $(words $(MSRV_PARTS)) + 1),$(MSRV_PARTS))

msrv: msrv-library $(MSRV_PARTS) ## Every Rust crate with the oldest compiler that it promises to work with

msrv-library:
	$(call need,rustup,which installs compilers)
	$(call check_with_oldest,.,-p statefulset --no-default-features)
	$(call check_with_oldest,.,-p statefulset --features kubernetes)
	$(call check_with_oldest,.,-p statefulset-c)

msrv-simulate:
	$(call need,rustup,which installs compilers)
	$(call check_with_oldest,core/simulate,-p statefulset-simulate)
	$(call check_with_oldest,core/cases,-p statefulset-cases --features stories)

msrv-tools:
	$(call need,rustup,which installs compilers)
	$(call check_with_oldest,examples/sts,-p kubectl-sts)
	$(call check_with_oldest,py,-p statefulset-py)

msrv-operator:
	$(call need,rustup,which installs compilers)
	$(call check_with_oldest,core/no_std)
	$(call check_with_oldest,examples/rust/statefulset-controller)

# What a release publishes. Each part says in its own script how it is made, and tries it as its users would take it.
dist: dist-rust dist-c-all dist-go dist-py-all ## All that a release publishes, with checksums and a page that says what is what: dist/
	@CARGO="$(CARGO)" core/dist/finish.sh

dist-rust: ## The crates, packed: dist/rust
	@CARGO="$(CARGO)" core/dist/crates.sh

test-dist: test-dist-rust test-dist-c test-dist-go test-dist-py ## Each part of dist/, taken as its users take it

dist-go: go-module ## The Go package, as a module proxy: dist/go
	$(call need,$(GO),Go 1.26 or newer)
	@CARGO="$(CARGO)" GO="$(GO)" ffi-c/go/dist.sh

test-dist-go: dist-go ## go get from dist/go with nothing but Go at hand, and the README's program, also for other platforms
	@ffi-c/go/try-dist.sh

test-dist-rust: dist-rust ## The programs of the READMEs and the tool, built from the packed crates alone
	@CARGO="$(CARGO)" core/dist/try-crates.sh

test-simulate: ## The simulated cluster
	$(CARGO) test --locked -p statefulset-simulate

stories: ## Every story, told twice and compared with its golden text (BLESS=1 rewrites)
	$(CARGO) test --locked -p kubectl-sts

bench: ## What a plan, an event and a simulated write cost beside a plain pass and beside fewer sets and pods; memory
	$(CARGO) bench --locked -p statefulset --features kubernetes --bench plan --bench policies --bench kubernetes --bench due
	$(CARGO) bench --locked -p statefulset-simulate --bench rollout
	$(CARGO) bench --locked -p kubectl-sts --bench explain

bench-ffi: go-library go-module ## What a plan costs in C and Go, beside Rust, and an event among many sets
	$(call need,cc,a C compiler)
	$(call need,$(GO),Go 1.25 or newer)
	cd ffi-c/go && $(GO_CGO) $(GO) build -o $(TARGET)/go/cgo/ ./internal/call ./internal/event
	cd ffi-c/go && $(GO_MODULE) $(GO) build -o $(TARGET)/go/module/ ./internal/call ./internal/event
	CALL_IN_CGO=$(TARGET)/go/cgo/call EVENT_IN_CGO=$(TARGET)/go/cgo/event \
		CALL_IN_GO=$(TARGET)/go/module/call EVENT_IN_GO=$(TARGET)/go/module/event $(CARGO) bench --locked -p statefulset-c --bench call --bench event

worlds: ## Random worlds under attack, N of them from SEED on; the smallest failing one is told as a story
	N=$(or $(N),2000) $(CARGO) test --profile worlds --locked -p statefulset-simulate --test worlds

cases: ## The cases that every language is asked, with their answers: target/cases.txt
	@mkdir -p target
	$(CARGO) run --quiet --locked -p statefulset-cases --features stories > target/cases.txt

# The C API: its rules, its header in every dialect of C and C++, and C programs against the static library.
test-c: ## The C API
	$(call need,cc,a C compiler)
	$(call need,c++,a C++ compiler)
	$(call need,pkg-config,which finds libraries)
	$(call need,cmake,which builds C)
	$(call need,valgrind,which watches the memory of the C programs)
	$(call need,nm,of binutils: it lists symbols)
	$(CARGO) test --locked -p statefulset-c

# Stories take minutes to build.
FUZZ_DOORS := objects lists watch manifest evidence records
FUZZ = @CARGO="$(CARGO)" CARGO_TARGET_DIR=$(TARGET)/fuzz core/fuzz/run.sh

fuzz: fuzz-seeds ## Every door through which other people's data come in, for SECONDS in all: TARGETS="objects lists watch manifest evidence records story"
	$(FUZZ) $(or $(SECONDS),180) $(or $(TARGETS),$(FUZZ_DOORS) story)

# Each day one of the two: both take their time to build.
DOORS := test-fuzz miri

test-doors:
	@$(MAKE) --no-print-directory $(word $(shell expr $$(date +%s) / 86400 % $(words $(DOORS)) + 1),$(DOORS))

test-fuzz: fuzz-seeds ## Three minutes of that, without stories
	$(FUZZ) 180 $(FUZZ_DOORS)

# Only a nightly toolchain has Miri.
NIGHTLY ?= nightly

miri: ## The C functions under Miri, which sees each access to memory that Rust forbids
	$(call need,rustup,which installs compilers)
	@rustup run $(NIGHTLY) cargo miri --version >/dev/null || { echo "make $@: Miri is missing: rustup toolchain install $(NIGHTLY) --component miri --component rust-src" >&2; exit 1; }
	CARGO_TARGET_DIR=$(TARGET)/miri rustup run $(NIGHTLY) cargo miri test --locked -p statefulset-c --test boundary

fuzz-seeds:
	$(call need,$(PYTHON),Python 3.11 or newer)
	$(CARGO) build --locked -p kubectl-sts
	@$(PYTHON) core/fuzz/seeds.py $(TARGET)/debug/sts

fuzz-c: ## Random bytes through every export of the C API, N calls from SEED on
	N=$(or $(N),5000000) SEED=$(or $(SEED),1) $(CARGO) test --release --locked -p statefulset-c --test fuzz -- --nocapture

install: install-c install-tool ## The C library and the tool: PREFIX=/usr/local DESTDIR=

install-tool: ## The tool sts, which is kubectl sts too, with completions for shells and man pages
	@CARGO="$(CARGO)" PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" examples/sts/install.sh

install-c: ## The C library, its header, and what pkg-config and CMake need
	@CARGO="$(CARGO)" PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" ffi-c/install.sh

# Zig links for every Linux from glibc 2.17 on, and for other systems. PyPI has it.
ZIG_HOME := $(CURDIR)/target/zig
ZIG := $(ZIG_HOME)/bin/python -m ziglang
C_TARGETS := x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-musl \
	aarch64-apple-darwin x86_64-apple-darwin x86_64-pc-windows-gnu

$(ZIG_HOME)/ready: ffi-c/requirements-dist.txt
	$(call need,$(PYTHON),Python 3.11 or newer)
	$(PYTHON) -m venv $(ZIG_HOME)
	$(ZIG_HOME)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

dist-c: $(ZIG_HOME)/ready ## The C libraries for this machine's system as an archive for users without Rust: dist/c
	@CARGO="$(CARGO)" ZIG="$(ZIG)" ffi-c/dist.sh

test-dist-c: dist-c cases ## That archive, taken into an empty folder without Rust: what the README says, and the C tests
	@ZIG="$(ZIG)" CASES=$(CURDIR)/target/cases.txt ffi-c/test-dist.sh dist/c/statefulset-*-$(shell uname -m)-unknown-linux-gnu.tar.gz

dist-c-all: $(ZIG_HOME)/ready ## The same for Linux (glibc, musl), macOS and Windows: rustup target add $(C_TARGETS)
	@CARGO="$(CARGO)" ZIG="$(ZIG)" ffi-c/dist.sh $(C_TARGETS)

test-dist-c-all: dist-c-all cases ## Those archives: run under qemu-user and Wine where this machine cannot, for macOS linked
	@ZIG="$(ZIG)" CASES=$(CURDIR)/target/cases.txt ffi-c/test-dist.sh dist/c/statefulset-*

c-examples: ## The programs of examples/c, in target/c/build
	$(call need,cmake,which builds C)
	@CARGO="$(CARGO)" PREFIX=$(TARGET)/c ffi-c/install.sh
	@cmake -S examples/c -B $(TARGET)/c/build -DCMAKE_PREFIX_PATH=$(TARGET)/c >/dev/null
	@cmake --build $(TARGET)/c/build

# The Go package holds the library as WebAssembly, and needs nothing else.
GO_MODULE = CGO_ENABLED=0
EMBEDDED = ffi-c/go/internal/link/statefulset.wasm

go: go-module ## What a checkout needs before its Go package can be used: the library as WebAssembly

go-module:
	$(call need,$(CARGO),the Rust toolchain)
	@test -d "$$($(RUSTC) --print sysroot)/lib/rustlib/wasm32-unknown-unknown" || rustup target add wasm32-unknown-unknown
	$(CARGO) build --locked --profile wasm -p statefulset-c --target wasm32-unknown-unknown
	@# Go builds anew what is newer.
	@cmp -s $(TARGET)/wasm32-unknown-unknown/wasm/statefulset_c.wasm $(EMBEDDED) || \
		cp $(TARGET)/wasm32-unknown-unknown/wasm/statefulset_c.wasm $(EMBEDDED)

# With its build tag it links what pkg-config finds under the name statefulset: here, this checkout's own library.
GO_LIB = $(TARGET)/go/lib
# Go rebuilds nothing when a library or a header outside of its package changes, unless a flag does.
GO_ENV = PKG_CONFIG_PATH=$(GO_LIB)/pkgconfig CGO_LDFLAGS=-Wl,-rpath,$(GO_LIB) CGO_CPPFLAGS=-DSTATEFULSET_BUILD=$(shell cksum < ffi-c/include/statefulset.h | tr -d ' ')
GO_CGO = $(GO_ENV) GOFLAGS="$(shell $(GO) env GOFLAGS) -tags=statefulset_cgo"

go-cgo: go-library ## What the build tag statefulset_cgo needs: the library, and the environment that builds with it
	@echo 'export $(GO_CGO)'

go-library:
	$(call need,pkg-config,which finds libraries)
	@CARGO="$(CARGO)" PREFIX=$(TARGET)/go ffi-c/install.sh

go-abi: ## Writes the numbers and records of the C header into the Go package
	cd ffi-c/go && $(GO) generate ./internal/abi

# Results of tests are not cached: library and tool are no part of what Go knows to have changed.
test-go: go-library go-module cases ## The Go package in both ways, and every story with a controller in Go
	$(call need,$(GO),Go 1.25 or newer)
	@test -z "$$(gofmt -l ffi-c/go examples/go)" || { gofmt -d ffi-c/go examples/go; exit 1; }
	cd ffi-c/go/tools && $(GO) vet ./... && $(GO) test -count=1 ./...
	cd ffi-c/go && $(GO_MODULE) $(GO) vet ./...
	cd ffi-c/go && $(GO_MODULE) $(GO) test -count=1 ./...
	cd ffi-c/go && $(GO) test -count=1 -race -short ./...
	cd ffi-c/go && $(GO_CGO) $(GO) vet ./...
	cd ffi-c/go && $(GO_CGO) $(GO) test -count=1 -race ./...
	cd ffi-c/go && $(GO_CGO) GOEXPERIMENT=cgocheck2 $(GO) test -count=1 ./...
	$(CARGO) build --locked -p kubectl-sts
	cd examples/go && $(GO_MODULE) $(GO) test -count=1 ./first
	cd examples/go && $(GO_CGO) $(GO) vet ./...
	@# Each story starts a program, which would compile the module each time.
	cd examples/go && $(GO_CGO) STS=$(TARGET)/debug/sts $(GO) test -count=1 ./...

# A module of its own, since it needs Kubernetes' client.
CONTROLLER = examples/go/statefulset-controller

# It links the library: a decision then costs least, and it starts at once.
controller: go-library ## The StatefulSet controller, target/go/statefulset-controller, and a program that answers its questions: target/go/decommission
	$(call need,$(GO),Go 1.26 or newer)
	cd $(CONTROLLER) && $(GO_CGO) $(GO) build -o $(TARGET)/go/ . ./decommission

controller-static: go-module ## The same as one file that needs no other: target/go/static/statefulset-controller
	$(call need,$(GO),Go 1.26 or newer)
	cd $(CONTROLLER) && $(GO_MODULE) $(GO) build -ldflags '-s -w' -o $(TARGET)/go/static/ .

test-controller: go-library go-module ## The StatefulSet controller's own tests
	$(call need,$(GO),Go 1.26 or newer)
	@test -z "$$(gofmt -l $(CONTROLLER))" || { gofmt -d $(CONTROLLER); exit 1; }
	cd $(CONTROLLER) && $(GO_MODULE) $(GO) vet ./...
	cd $(CONTROLLER) && $(GO_MODULE) $(GO) test -count=1 ./...
	cd $(CONTROLLER) && $(GO_CGO) $(GO) test -count=1 ./...

# The controller on kube-rs, a workspace of its own: a Kubernetes client is many crates.
OPERATOR = cd examples/rust/statefulset-controller && CARGO_TARGET_DIR=$(TARGET)/rust $(CARGO)

test-rust: ## The controller on kube-rs, beside an API server in memory
	$(OPERATOR) fmt --check
	$(OPERATOR) clippy --all-targets --locked -- -D warnings
	$(OPERATOR) test --locked

rust-controller: ## The controller on kube-rs: target/rust/debug/statefulset-controller
	$(OPERATOR) build --locked

# What pip takes. The wheel is made of the source distribution: what is not in that cannot help it. zig links against a C
# library that is as old as the wheel's tag says; this machine's own is newer.
PY_DIST = dist/python
PY_BUILD = PATH="$(VENV)/bin:$$PATH" CARGO_TARGET_DIR=$(TARGET) MATURIN_PEP517_ARGS="$(if $(filter Linux,$(shell uname)),--zig --compatibility manylinux2014)"

dist-py: $(VENV)/ready ## The Python package for pip, in dist/python: source distribution and wheel
	$(call need,$(CARGO),the Rust toolchain)
	@$(VENV)/bin/python -m ziglang version >/dev/null 2>&1 || { echo "make $@: zig is missing: $(VENV)/bin/pip install -r py/requirements-dev.txt" >&2; exit 1; }
	rm -rf $(PY_DIST) $(TARGET)/python
	mkdir -p $(TARGET)/python
	cd py && $(VENV)/bin/maturin sdist --out ../$(PY_DIST)
	@# Files out of an archive are as old as it says, and cargo takes what is old for built.
	tar xzf $(PY_DIST)/*.tar.gz -C $(TARGET)/python && find $(TARGET)/python -exec touch {} +
	@# What is built of them passes for what is built of this checkout, as long as they are there.
	$(PY_BUILD) $(VENV)/bin/pip wheel --no-deps --no-build-isolation --wheel-dir $(PY_DIST) $(TARGET)/python/statefulset-*/; \
		built=$$?; rm -rf $(TARGET)/python; exit $$built
	$(VENV)/bin/abi3audit --strict $(PY_DIST)/*.whl

PY_TARGETS = aarch64-unknown-linux-gnu x86_64-unknown-linux-gnu aarch64-unknown-linux-musl x86_64-unknown-linux-musl \
	aarch64-apple-darwin x86_64-apple-darwin x86_64-pc-windows-gnu

# First, because a build takes minutes.
py-targets:
	$(call need,rustup,which installs the standard library of other systems)
	@missing=""; for target in $(PY_TARGETS); do \
		rustup target list --installed | grep -qx $$target || missing="$$missing $$target"; \
	done; test -z "$$missing" || { echo "make: Rust's standard library for other systems is missing: rustup target add$$missing" >&2; exit 1; }

dist-py-all: py-targets dist-py ## The Python package for all systems: a release build for each, which takes its time
	@# The wheel of this machine is there.
	cd py && for target in $(filter-out $(shell rustc -vV | sed -n 's/^host: //p'),$(PY_TARGETS)); do \
		$(PY_BUILD) $(VENV)/bin/maturin build --zig --target $$target --out ../$(PY_DIST) || exit 1; \
	done
	$(VENV)/bin/abi3audit --strict $(PY_DIST)/*.whl

test-dist-py: dist-py ## The Python package as a user takes it: an empty environment, no compiler, the README's programs
	cd py && $(PYTHON) -m tests.installed ../$(PY_DIST)

test-dist-py-all: test-dist-py dist-py-all ## The same for aarch64, in emulation
	py/tests/arm64.sh $(TARGET)/arm64
	cd py && $(PYTHON) -m tests.installed ../$(PY_DIST) $(TARGET)/arm64/python

# What is tested is the wheel that others get, in a virtual environment.
test-py: dist-py cases ## The Python package
	$(VENV)/bin/pip install --quiet --no-deps --force-reinstall $(PY_DIST)/*.whl
	cd py && $(VENV)/bin/pytest
	cd py && $(VENV)/bin/mypy --strict python tests benches ../examples/python
	cd py && $(VENV)/bin/pyright --pythonpath $(VENV)/bin/python
	cd py && $(VENV)/bin/python -m mypy.stubtest --mypy-config-file pyproject.toml statefulset._statefulset
	cd py && $(VENV)/bin/ruff check --config pyproject.toml . ../examples/python
	cd py && $(VENV)/bin/ruff format --config pyproject.toml --check . ../examples/python
	PYO3_PYTHON=$(VENV)/bin/python $(CARGO) test --locked -p statefulset-py

bench-py: dist-py ## What Python adds to the cost of a call, beside its budgets, and an event among many sets
	$(VENV)/bin/pip install --quiet --no-deps --force-reinstall $(PY_DIST)/*.whl
	CARGO=$(CARGO) $(VENV)/bin/python py/benches/cost.py
	$(VENV)/bin/python py/benches/event.py

$(VENV)/ready: py/requirements-dev.txt
	$(call need,$(PYTHON),Python 3.11 or newer)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $$($(PYTHON) --version) is too old: install Python 3.11 or newer, and say PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "make: $(PYTHON) cannot make a virtual environment: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# The facts tier without std, allocator or operating system.
test-no-std: ## The planner on nothing: no std, no libc
	core/no_std/check.sh

# The real controller of Kubernetes beside the library, in eight settings of the four gates that change decisions, half of
# the numbers for each setting of each gate: what was found once, then N random cases, LIVES whole lives, LAGS stories of
# views that lag behind, WAKES of what wakes which set and HANDOVERS of controllers that take over in mid-rollout, from SEED
# on. The first build takes minutes: it links a part of Kubernetes. One of another version is a program of its own, which
# judges cases and hand-overs alone.
JUDGE := $(TARGET)/conformance.test
judge = cd core/conformance && $(JUDGE) -settings -cases $(or $(N),$(1)) -hand-overs $(or $(HANDOVERS),$(2)) -manifests $(5) -bindings $(6) -lives $(or $(LIVES),$(2)) -lags $(or $(LAGS),$(3)) -wakes $(or $(WAKES),$(3)) -seed $(or $(SEED),$(4))

test-conformance: conformance-binary ## Some minutes of conformance, with one of the other versions of Kubernetes, each day another
	@test -z "$$(gofmt -l core/conformance)" || { gofmt -d core/conformance; exit 1; }
	cd core/conformance && $(GO_CGO) $(GO) vet ./...
	$(call judge,40000,240,4000,1,8000,8000)
	@version=$$(cd core/conformance && $(GO) run ./versions today) && \
		$(MAKE) --no-print-directory conformance KUBERNETES=$$version N=$(or $(N),10000) SEED=$(or $(SEED),1)

conformance: conformance-binary ## The real controller beside the library: N cases and LIVES lives for each setting of each gate, from SEED on; KUBERNETES=1.33 for another version
ifdef KUBERNETES
	@mkdir -p $(TARGET)/judges
	cd core/conformance && $(GO) run ./versions build $(KUBERNETES) $(TARGET)/judges/$(KUBERNETES)
	cd core/conformance && $(JUDGE) -settings -test.run '^(TestPast|TestRandom|TestHandOver)$$' -kubernetes $(KUBERNETES) -judge $(TARGET)/judges/$(KUBERNETES) \
		-cases $(or $(N),200000) -hand-overs $(or $(HANDOVERS),800) -seed $(or $(SEED),$(shell date +%s))
else
	$(call judge,2000000,20000,40000,$(shell date +%s),40000,200000)
endif

# OpenKruise's Advanced StatefulSet beside the policies, N random moments from SEED on. It is no part of make test: the first
# build takes a quarter of an hour on two cores, because it links all that OpenKruise needs of Kubernetes 1.30.
KRUISE := $(TARGET)/judges/kruise

conformance-kruise: go-library ## OpenKruise's controller beside the policies: N random moments from SEED on
	$(call need,$(GO),Go 1.26 or newer)
	@test -z "$$(gofmt -l core/conformance/kruise)" || { gofmt -d core/conformance/kruise; exit 1; }
	@mkdir -p $(TARGET)/judges
	cd core/conformance/kruise && $(GO_CGO) $(GO) vet . && $(GO_CGO) $(GO) test -c -vet=off -o $(KRUISE) .
	cd core/conformance/kruise && $(KRUISE) -test.timeout 0 -cases $(or $(N),200000) -seed $(or $(SEED),$(shell date +%s))

bench-upstream: conformance-binary ## The real controller beside the library: time and memory, with ratios and budgets
	$(CARGO) bench --locked -p statefulset --features kubernetes --bench upstream --no-run
	@program=$$(ls -t $(TARGET)/release/deps/upstream-* | grep -v '\.d$$' | head -n 1) && \
		cd core/conformance && $(JUDGE) -test.run 'TestUpstream$$' -test.timeout 0 -upstream "$$program"

conformance-binary: go-library
	$(call need,$(GO),Go 1.26 or newer)
	cd core/conformance && $(GO_CGO) $(GO) test -c -o $(JUDGE) .

# Parts of the simulated cluster beside those of Kubernetes that they stand for: N random cases for each, from SEED on. The
# first build takes minutes: the scheduler is a large part of Kubernetes.
ask_judge = $(TARGET)/judges/$(1) -test.timeout 0 -ours $(TARGET)/debug/examples/judged -cases $(or $(N),$(2)) -seed $(or $(SEED),$(3)) -test.run '$(4)'

test-judges: judge-programs ## A minute of those who judge the simulated cluster
	$(call ask_judge,scheduler,4000,1)
	$(call ask_judge,patch,40000,1,TestPatches|TestEveryList)
	$(call ask_judge,patch,800,1,TestWriters|TestEveryOwner)
	$(call ask_judge,printers,20000,1)
	$(call ask_judge,describe,3000,1)

judges: judge-programs ## Kubernetes' scheduler, patches, managed fields, columns and descriptions beside the simulated cluster's: N cases each, from SEED on
	$(call ask_judge,scheduler,100000,$(shell date +%s))
	$(call ask_judge,patch,1000000,$(shell date +%s),TestPatches|TestEveryList)
	$(call ask_judge,patch,100000,$(shell date +%s),TestWriters|TestEveryOwner)
	$(call ask_judge,printers,400000,$(shell date +%s))
	$(call ask_judge,describe,100000,$(shell date +%s))

judge-programs:
	$(call need,$(GO),Go 1.26 or newer)
	$(CARGO) build --locked -p statefulset-simulate --example judged
	cd core/conformance && for judge in scheduler patch printers describe; do \
		$(GO_CGO) $(GO) test -c -o $(TARGET)/judges/$$judge ./cluster/$$judge || exit 1; done

# A real control plane, in one executable. The first build takes minutes: it links all of Kubernetes.
TESTBED := $(TARGET)/go/testbed
KUBERNETES_VERSION := $(foreach package,k8s.io/component-base/version k8s.io/client-go/pkg/version,-X $(package).gitVersion=v1.37.0 -X $(package).gitMajor=1 -X $(package).gitMinor=37)

testbed: ## A Kubernetes control plane in one executable: target/go/testbed
	$(call need,$(GO),Go 1.26 or newer)
	cd examples/go/testbed && $(GO) build -ldflags "$(KUBERNETES_VERSION)" -o $(TESTBED) .

# One program cannot link two versions, so an earlier control plane is a program that the testbed starts.
PLANE := $(TARGET)/go/plane-1.33

testbed-1.33: testbed ## The control plane of Kubernetes 1.33 for it: target/go/plane-1.33
	cd examples/go/testbed/plane && $(GO) build -ldflags "$(subst gitMinor=37,gitMinor=33,$(subst v1.37.0,v1.33.13,$(KUBERNETES_VERSION)))" -o $(PLANE) .

e2e-1.33: testbed-1.33 controller ## The walk-throughs and the hand-overs on Kubernetes 1.33
	$(subst TESTBED=,TESTBED_PLANE=$(PLANE) TESTBED=,$(E2E)) -v -short -run '^(TestWalkthroughs|TestHandover|TestHandoverBetweenVersions)$$'

# The controllers in other languages, and the tool.
OTHERS := RUST_CONTROLLER=$(TARGET)/rust/debug/statefulset-controller C_SCRIPT=$(CURDIR)/examples/c/on-a-cluster.sh \
	C_CONTROLLER=$(TARGET)/c/build/controller KOPF=$(VENV)/bin/kopf STS=$(TARGET)/debug/sts

others: rust-controller c-examples dist-py
	$(CARGO) build --locked -p kubectl-sts
	$(VENV)/bin/pip install --quiet --no-deps --force-reinstall $(PY_DIST)/*.whl

# Four at a time: most of them wait for what takes its time, such as a node that is silent.
E2E = cd examples/go/testbed && TESTBED=$(TESTBED) STATEFULSET_CONTROLLER=$(TARGET)/go/statefulset-controller DECOMMISSION=$(TARGET)/go/decommission $(OTHERS) $(GO) test -count=1 -parallel 4 -timeout 40m ./e2e

test-e2e: testbed controller ## Our controller on a real control plane: the walk-throughs, one hand-over, one fault, changes in place, pace and deadline
	@test -z "$$(gofmt -l examples/go/testbed)" || { gofmt -d examples/go/testbed; exit 1; }
	@# The program itself is a few lines that link Kubernetes; vetting it would mean to vet all of that.
	cd examples/go/testbed && $(GO) vet ./bed ./e2e && $(GO) test -count=1 ./bed
	$(E2E) -short

twins: testbed controller ## Stories told twice: on the simulated cluster, and by kubectl on a real control plane
	$(CARGO) build --locked -p kubectl-sts
	cd examples/go/testbed && TESTBED=$(TESTBED) STATEFULSET_CONTROLLER=$(TARGET)/go/statefulset-controller STS=$(TARGET)/debug/sts \
		$(GO) test -count=1 -parallel 2 -timeout 40m -run 'TestStories|TestWords' ./e2e

e2e: testbed controller others ## All there is to see of it on a real control plane
	$(E2E) -v
