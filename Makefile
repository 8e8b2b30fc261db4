# `make` alone says what there is.
SWIFT ?= $(or $(shell command -v swift),$(wildcard /opt/swift/usr/bin/swift),swift)
PYTHON ?= python3
PREFIX ?= /usr/local
SCENARIO ?= Scenarios/10mbit.yaml
# Options for `netlab run`, such as ARGS="--set link.downlink.loss=5%".
ARGS ?=

export SWIFT PYTHON

RELEASE := .build/release
DEBUG := .build/debug
SOURCES := Package.swift Sources Tests
BUILD_RELEASE := $(SWIFT) build -c release --static-swift-stdlib

.DEFAULT_GOAL := help
.PHONY: help run test build check lint fmt bench agreement fidelity startup install clean build-packages check-packages \
    run-packages test-packages bench-packages fidelity-packages swift

help:
	@echo 'make run       build, make the kernel if there is none, run $(SCENARIO) (SCENARIO=FILE ARGS=OPTIONS)'
	@echo 'make test      check, build and run every test, those that need a kernel in the embedded one'
	@echo 'make build     $(RELEASE)/netlab, netlab-media and netlab-rtsp'
	@echo 'make check     format, imports, sizes of files and functions, forbidden words'
	@echo 'make fmt       format the sources'
	@echo 'make bench     time netlab and print a table'
	@echo 'make agreement hold virtual time against real time, and write the table of docs/VIRTUAL-TIME.md'
	@echo 'make fidelity  show for each impairment that it happened: docs/FIDELITY.md and its picture'
	@echo 'make startup   time the first picture of each protocol beside ffmpeg and GStreamer: docs/STARTUP.md'
	@echo 'make install   into PREFIX=$(PREFIX), below DESTDIR if given'
	@echo 'make clean     remove what was built; reports and kernels stay'
	@echo
	@echo 'run, test, build, check and bench install the Debian packages that are missing, as root, or say the command;'
	@echo '`Scripts/packages list` says which and why.'

# --- what has to be there ---------------------------------------------------------------------------------------------

swift:
	@command -v $(SWIFT) >/dev/null || { \
	    echo 'make: no Swift toolchain: put swift 6.3 or later on PATH, or give SWIFT=/path/to/swift' >&2; exit 1; }

build-packages: swift
	@Scripts/packages install build

check-packages: swift
	@Scripts/packages install check

run-packages: swift
	@Scripts/packages install build run

test-packages: swift
	@Scripts/packages install build run test

bench-packages: swift
	@Scripts/packages install build bench

fidelity-packages: swift
	@Scripts/packages install build proof

# The kernel's own packages are asked for only where a kernel has to be built. $(1) is the netlab to build it with.
define need-kernel
	@$(1) kernel path >/dev/null 2>&1 || { Scripts/packages install kernel && $(1) kernel build; }
endef

# --- what there is to do ----------------------------------------------------------------------------------------------

build: build-packages
	$(BUILD_RELEASE)

run: run-packages build
	$(call need-kernel,$(RELEASE)/netlab)
	$(RELEASE)/netlab run $(SCENARIO) $(ARGS)

# One configuration for all of it: the tests of the command line use the netlab that lies beside them.
test: test-packages
	@$(MAKE) --no-print-directory check
	$(SWIFT) build --build-tests
	$(call need-kernel,$(DEBUG)/netlab)
	@$(PYTHON) Scripts/run-tests $(SWIFT) $(DEBUG)

check: check-packages lint
	@$(PYTHON) Scripts/test-scripts
	@$(PYTHON) Scripts/check-imports
	@$(PYTHON) Scripts/check-sizes
	@$(PYTHON) Scripts/check-words

lint: swift
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

fmt: swift
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: bench-packages build
	$(call need-kernel,$(RELEASE)/netlab)
	@$(PYTHON) Scripts/bench $(ARGS)

agreement: build
	$(call need-kernel,$(RELEASE)/netlab)
	@$(PYTHON) Scripts/agreement --write docs/VIRTUAL-TIME.md $(ARGS)

fidelity: fidelity-packages build
	$(call need-kernel,$(RELEASE)/netlab)
	@$(PYTHON) Scripts/fidelity $(ARGS)

startup: test-packages build
	$(call need-kernel,$(RELEASE)/netlab)
	@$(PYTHON) Scripts/startup --write $(ARGS)

# Builds nothing, so that `make build && sudo make install` leaves no files of root's in the checkout.
install:
	@test -x $(RELEASE)/netlab -a -x $(RELEASE)/netlab-media -a -x $(RELEASE)/netlab-rtsp || { echo 'make: run `make build` first' >&2; exit 1; }
	@Scripts/install '$(DESTDIR)$(PREFIX)' $(RELEASE)

clean:
	rm -rf .build
