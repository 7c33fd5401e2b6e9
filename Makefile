# make run       install what is missing, build, and open the dashboard on samples/
# make test      install what is missing, and run every test
# make test-long  kill loops, failing system calls, real clients, thread sanitizer, a soak
# make test-spark  run translated rules on Spark (Java 17, PySpark from PyPI) and compare the rows
# make install   build one fully static binary, its manual page and completions, into PREFIX
#                (/usr/local)
# make format    lay out the Swift files as .swift-format says; make lint only looks
# make docs      write the generated pages and pictures anew; make docs-check only looks
# make bench     measure: ratios against other tools, then the dashboard, the machine named
# make bench-check  report hot functions that take more instructions than Benchmarks/instructions.txt
# make clean     remove what was built

SWIFT ?= swift
PREFIX ?= /usr/local
SOURCES = Package.swift Sources Tests Benchmarks

# Debian's names for what the system libraries need, and the header that proves each is there.
DEBIAN = libncurses-dev libdeflate-dev zlib1g-dev libsqlite3-dev libpcre2-dev
HEADERS = /usr/include/ncurses.h /usr/include/libdeflate.h /usr/include/zlib.h \
	/usr/include/sqlite3.h /usr/include/pcre2.h
# Root installs at once; anyone else is asked for a password by sudo.
AS_ROOT = $(if $(filter 0,$(shell id -u)),,sudo)

STATIC = -c release --product watchfloor --static-swift-stdlib \
	-Xswiftc -static-executable -Xlinker -ltinfo

# Where the manual page and the shells' completions go.
SHARE = $(DESTDIR)$(PREFIX)/share
BUILT = .build-static/release/watchfloor
COMPLETIONS = bash-completion/completions/watchfloor zsh/site-functions/_watchfloor \
	fish/vendor_completions.d/watchfloor.fish

.PHONY: run test test-long test-spark static install format lint docs docs-check bench bench-check clean needs

needs:
	@for header in $(HEADERS); do \
	  if [ ! -e $$header ]; then \
	    echo "installing $(DEBIAN)"; \
	    $(AS_ROOT) apt-get update -qq && \
	    $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(DEBIAN); \
	    break; \
	  fi; \
	done
	@command -v $(SWIFT) >/dev/null || \
	  { echo "there is no '$(SWIFT)' here: install Swift 6.2 or newer, see swift.org/install"; exit 1; }

run: needs
	$(SWIFT) build -c release --product watchfloor
	.build/release/watchfloor watch --no-state samples

test: needs
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --disable-xctest

test-long: needs
	$(SWIFT) build -c release --product watchfloor
	$(SWIFT) build -c release --product corpus
	Tests/Long/run

test-spark: needs
	$(SWIFT) build --product watchfloor
	$(SWIFT) build --product corpus
	Tests/Spark/run

# The one binary that is installed, and that the benchmarks time.
static: needs
	$(SWIFT) build --scratch-path .build-static $(STATIC)

install: static
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build-static/release/watchfloor $(DESTDIR)$(PREFIX)/bin/watchfloor
	install -d $(addprefix $(SHARE)/,man/man1 $(dir $(COMPLETIONS)))
	$(BUILT) manual >$(SHARE)/man/man1/watchfloor.1
	$(BUILT) --generate-completion-script bash >$(SHARE)/$(word 1,$(COMPLETIONS))
	$(BUILT) --generate-completion-script zsh >$(SHARE)/$(word 2,$(COMPLETIONS))
	$(BUILT) --generate-completion-script fish >$(SHARE)/$(word 3,$(COMPLETIONS))

format:
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

docs: needs
	$(SWIFT) build --product watchfloor
	.ci/docs .build/debug/watchfloor docs

docs-check: needs
	.ci/docs-check

bench: needs
	Benchmarks/run
	Benchmarks/latency

bench-check: needs
	Benchmarks/instructions check

clean:
	rm -rf .build .build-static .build-threads
