# The everyday commands. Each one does its own set-up, so that a fresh Debian 12 needs nothing else.
#   make dossier   install packages, build, write a dossier from examples/, say where
#   make test      install packages, build, run every test
PRESET  ?= release
BUILD   := build/$(PRESET)
PREFIX  ?= /usr/local
PACKAGES := $(shell sed 's/\#.*//' packages.txt)
SUDO    := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# ccache keeps units with a precompiled header only when told so.
CCACHE := "-DCMAKE_CXX_COMPILER_LAUNCHER=env;CCACHE_SLOPPINESS=pch_defines,time_macros;ccache"
CMAKE_LAUNCHER := $(if $(shell command -v ccache),$(CCACHE))

.PHONY: all deps configure build dossier test bench install deb lint format fuzz clean help
all: build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 22

deps: ## install the Debian packages of packages.txt that are missing
	@missing=""; for p in $(PACKAGES); do \
	   dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	 if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	   $(SUDO) apt-get update -qq && \
	   DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; fi

configure: deps
	@[ -f $(BUILD)/build.ninja ] || cmake --preset $(PRESET) $(CMAKE_LAUNCHER)

build: configure ## build everything in build/release (PRESET=dev, asan, tsan … for others)
	@cmake --build $(BUILD)

dossier: configure ## write dossier.html from examples/gipfel
	@cmake --build $(BUILD) --target twosource
	@$(BUILD)/twosource dossier examples/gipfel -o dossier.html
	@echo "Open $(CURDIR)/dossier.html in a browser."

test: build ## every test: units, properties, fuzz corpora, schemas, end to end, browser
	@ctest --test-dir $(BUILD) --output-on-failure -j2

bench: configure ## Google Benchmark of every stage and of the whole per-article half
	@cmake --build $(BUILD) --target benchmarks
	@for b in $(BUILD)/*_bench; do echo "== $$b"; $$b; done

install: build ## install the program below PREFIX (/usr/local)
	@cmake --install $(BUILD) --prefix $(PREFIX)

deb: build ## a Debian package in build/release
	@cd $(BUILD) && cpack -G DEB

lint: deps ## clang-tidy over everything (slow)
	@cmake --preset tidy && cmake --build build/tidy

format: ## clang-format over everything
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 -i

fuzz: deps ## libFuzzer targets, FUZZ_SECONDS each
	@cmake --preset fuzz && cmake --build build/fuzz
	@for f in build/fuzz/*_fuzz; do n=$$(basename $$f _fuzz); mkdir -p build/fuzz-corpus/$$n fuzz/corpus/$$n; \
	   $$f -max_total_time=$${FUZZ_SECONDS:-60} -max_len=65536 build/fuzz-corpus/$$n fuzz/corpus/$$n || exit 1; done

clean: ## remove build/
	@rm -rf build
