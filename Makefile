# Takt. `make demo` and `make test` are all a newcomer needs.
#
#   make demo      install what is missing, build, run the RL stage on the embedded policy, show the result
#   make test      install what is missing, build and run all tests (release build: the numerics are slow without optimisation)
#   make check     everything that must hold before a change lands, with the minutes of each section (Tests/checks)
#   make check-long  what is too heavy for that: run by whoever changes what it covers, its log committed (Tests/long)
#   make bench     speed beside the machine's limits, measured in one run
#   make must      the four stages of MusT from nothing: encoder, captions, questions on five tasks, GRPO (makes its checkpoints)
#   make data      the corpus of real MIDI pieces, rendered (fetches Debian packages)
#   make clean     remove build products

SHELL := /bin/bash
SWIFT ?= swift
TAKT = .build/release/takt
# One set of flags for product, tests and packages outside the tree, so that each module is compiled once (`swift test` itself would add a
# flag and compile all anew: it gets --skip-build). The import check refuses an import that Package.swift does not declare.
export TAKT_SWIFT_FLAGS = -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error

# The demo does without the trait of Package.swift, so its first build is short. A trait is a flag of every module: a folder in which all
# of Takt was built once stays so, and `make demo` and `make test` in turn compile nothing again.
WHOLE = .build/whole
LEAN = $(if $(wildcard $(WHOLE)),,--disable-default-traits)

.PHONY: demo test check check-long bench must data build tools clean flags

demo: tools
	$(SWIFT) build $(TAKT_SWIFT_FLAGS) $(LEAN) --product takt
	$(TAKT) demo experiments/demo.yaml

test:
	@bash experiments/install-tools.sh test
	@mkdir -p .build && touch $(WHOLE)
	$(SWIFT) build $(TAKT_SWIFT_FLAGS) --build-tests
	TAKT_PYTHON="$$(bash experiments/python.sh)" $(SWIFT) test $(TAKT_SWIFT_FLAGS) --skip-build

check:
	bash Tests/checks/all.sh

check-long: build
	bash Tests/long/all.sh

bench: build
	TAKT_PYTHON="$$(bash experiments/python.sh scipy mir_eval nltk librosa)" $(TAKT) bench

must: build
	@bash experiments/install-tools.sh test
	$(TAKT) train experiments/must/1-encoder.yaml
	$(TAKT) train experiments/must/2-captions.yaml
	$(TAKT) train experiments/must/3-questions.yaml
	$(TAKT) train experiments/must/4-grpo.yaml

data: build
	bash experiments/prepare-real-midi.sh

build: tools
	@mkdir -p .build && touch $(WHOLE)
	$(SWIFT) build $(TAKT_SWIFT_FLAGS) --product takt

# Debian packages and the compiler; says how to get what it cannot install.
tools:
	@bash experiments/install-tools.sh

# The flags, for scripts that are run by themselves.
flags:
	@echo $(TAKT_SWIFT_FLAGS)

clean:
	rm -rf .build
