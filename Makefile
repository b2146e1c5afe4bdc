# make demo, make test: all a newcomer needs. Both set up what is missing and re-use what is there.
# They need Python 3.11 or newer with venv, and make; nothing else.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

export PIP_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test pythons acceptance rounds wheelhouse check size bench golden fuzz reproduce submissions docs picture picture-desk clean

setup: $(READY)

$(READY): setup.cfg pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (and was not found)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# Anew each time: what somebody changed in out/ to try it out is put back.
demo: $(READY)
	$(BIN)/lawgov-score demo out --overwrite

# Each file of tests goes to one worker: what its tests share is made once.
test: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

# All tests on every other Python that we promise and this machine has (tests/pythons.py), each in an environment of its
# own; with TESTS="tests/…" only those: CI takes a choice (.ci/run), since all take five minutes for each.
TESTS ?=
pythons: $(READY)
	for python in $$($(BIN)/python tests/pythons.py --others); do \
		own=.venv-$$(basename $$python); \
		test -e $$own/ready -a ! setup.cfg -nt $$own/ready -a ! constraints.txt -nt $$own/ready || \
			{ $$python -m venv $$own && $$own/bin/python -m pip install --quiet --editable '.[dev]' && touch $$own/ready; } || exit 1; \
		echo "$$($$own/bin/python --version):"; \
		$$own/bin/python -m pytest -q -n 2 --dist loadfile $(TESTS) || exit 1; done

# What takes long or needs more than Python: a wheel installed without network, kills, LibreOffice, PostgreSQL, every card
# of every scheme recalculated, whole commands and benchmarks in processes of their own, a new rule kind in a copy of the
# project. Before an issue is resolved: within an hour. CHOICE=1: without what is marked long, within twenty minutes
# (.ci/run). It says what each file took in processor time.
ACCEPTANCE ?= tests/acceptance
acceptance: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile $(if $(CHOICE),-m "not long") $(ACCEPTANCE)

# The laws of random trees on other rounds than those of make test: 160 from FIRST on (tests/random_rounds.py).
FIRST ?= 1000
rounds: $(READY)
	FIRST_ROUND=$(FIRST) $(BIN)/python -m pytest -q $$(grep -l -E "shared_rounds|round_of" -r tests --include=test_*.py)

# Our wheel and the wheels of everything it needs, rounds and the desk too, in one folder: an office without network installs from it
# (docs/install.md). For this Python and this kind of machine; run it once on each kind.
WHEELHOUSE ?= dist/wheelhouse
wheelhouse: $(READY)
	$(BIN)/python -m pip wheel --quiet --wheel-dir "$(WHEELHOUSE)" '.[portal]'

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/mapping.py

# Our work beside floors that do the same (docs/performance.md): five minutes of processor time. FULL=1: the large sizes.
# ROW=name: only that row (several in quotes). WRITE=1: renews the table of docs/performance.md.
bench: $(READY)
	$(BIN)/python -m benchmarks $(if $(FULL),--full) $(if $(ROW),--row $(ROW)) $(if $(WRITE),--write docs/performance.md)

# Lines of code (no blank, comment, docstring), modules, and where they are.
size: $(READY)
	$(BIN)/python -m benchmarks.size

# Everything that is written, beside what commit BASE writes from the same inputs (tests/golden/cures.md); and the scores
# of so many random ROUNDS.
ROUNDS ?= 10000
golden: $(READY)
	@test -n "$(BASE)" || { echo "make golden BASE=<commit>" >&2; exit 2; }
	$(BIN)/python -m benchmarks.golden $(BASE)
	$(BIN)/python -m benchmarks.golden $(BASE) --rounds $(ROUNDS)

# Looks for inputs that break a law of the reader (docs/fuzzing.md), FUZZ_SECONDS for each of FUZZ_TARGETS. Linux only.
FUZZ_SECONDS ?= 1200
FUZZ_UNTIL ?= --seconds $(FUZZ_SECONDS)
FUZZ_TARGETS ?= archive sheet book marked table packed circulated
fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	for target in $(FUZZ_TARGETS); do \
		PYTHONPATH=tests $(BIN)/python -m fuzz $$target $(FUZZ_UNTIL) || exit 1; done

# Five published systems, scored and compared with what was printed, where their data are at hand (docs/published-systems.md).
reproduce: $(READY)
	$(BIN)/python -m benchmarks.reproduce

# The five workbooks from the published figures, anew: after a change of the tree or of figures.csv.
submissions: $(READY)
	$(BIN)/python -m submissions.make_published_reports

# Pages and schemas that are generated from the source.
docs: $(READY)
	$(BIN)/python -m docs.make_rules
	$(BIN)/python -m docs.make_problems
	$(BIN)/python -m lawgov_score.tree.editor_schema

# README's picture from the scorecard that `make demo` wrote. Needs LibreOffice (soffice), pdftoppm and ImageMagick.
picture: demo
	soffice --headless --convert-to pdf --outdir out out/sample-round/scorecard.xlsx
	pdftoppm -r 110 -f 1 -l 1 -singlefile -png out/scorecard.pdf out/scorecard
	convert out/scorecard.png -trim +repage -bordercolor white -border 12 -resize 1200x -colors 64 docs/images/scorecard.png

# README's picture of the desk, of the made-up round. Needs chromium; it takes a minute.
picture-desk: $(READY)
	$(BIN)/python -m docs.make_desk_picture

clean:
	rm -rf $(VENV) out build dist *.egg-info
