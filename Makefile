# make demo | test | check | audit | docs | dist-check | bench | bench-growth | kernel | kernel-check | rules | model | picture | pictures | clean
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# what is compiled while the package is installed
KERNEL := $(wildcard cleaner/kernel/*.pyx cleaner/kernel/*.pxd) setup.py
# for pytest, or the benchmark: such as "-k resume", or "-n 0" for one process
ARGS ?=

.PHONY: demo test check audit docs dist-check bench bench-growth kernel kernel-check rules model picture pictures clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cleaner needs Python 3.11 or later: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Each stamp says which extras were installed from which pyproject.toml, with the kernel compiled from which sources.
$(VENV)/.installed: $(BIN)/python pyproject.toml $(KERNEL)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[review]'
	@touch $@

$(VENV)/.installed-test: $(BIN)/python pyproject.toml $(KERNEL)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $(VENV)/.installed $@

$(VENV)/.installed-dev: $(BIN)/python pyproject.toml $(KERNEL)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.installed $(VENV)/.installed-test $@

# Cleans a small folder, and shows what went out of one of its documents.
demo: $(VENV)/.installed
	$(BIN)/cleaner clean corpus/demo -o demo-out --ledger --force --report demo-out/report.html
	@echo
	$(BIN)/cleaner diff corpus/demo/rundfunk/kuestenschutz.txt
	@echo
	@echo "before: corpus/demo    after: demo-out    every removal: demo-out/report.html    ledger: demo-out/ledger.jsonl"
	@echo "look at all of it in a browser, and correct it: $(BIN)/cleaner review demo-out --open"
	@echo "the inputs back, byte for byte: $(BIN)/cleaner restore demo-out -o demo-restored"

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/check_imports.py
	$(BIN)/python scripts/check_index.py
	$(BIN)/cleaner rules check
	$(BIN)/python -m pytest -n auto $(ARGS)

# What could be misused: the code by bandit, the packages that it stands on by pip-audit, which asks PyPI for known faults. SECURITY.md
# says more, and how to fuzz for hours.
audit: $(VENV)/.installed-dev
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive cleaner scripts
	$(BIN)/pip-audit --skip-editable --progress-spinner off $(ARGS)

# The guide as a site, in build/site: open build/site/index.html. Nothing in it is loaded from elsewhere.
docs: $(VENV)/.installed-dev
	$(BIN)/python -m mkdocs build --quiet
	@echo "build/site/index.html"

# Wheel and sdist are built, looked into, and installed into an empty environment, in which the demo is cleaned.
dist-check: $(VENV)/.installed-dev
	$(BIN)/python scripts/check_dist.py $(ARGS)

# Texts a second beside jusText, both measured in the same run; then what each keeps and loses, into docs/comparison.md.
bench: $(VENV)/.installed-dev
	$(BIN)/python scripts/benchmark.py $(ARGS)
	$(BIN)/python scripts/compare.py --write
	$(BIN)/python scripts/benchmark_html.py

# The kernel anew, after a change to cleaner/kernel/*.pyx.
kernel: $(VENV)/.installed-dev
	$(BIN)/python setup.py --quiet build_ext --inplace

# Its tests and the fuzzer, with a kernel that stops at every wrong access to memory: minutes.
kernel-check: $(VENV)/.installed-dev
	$(BIN)/python scripts/check_kernel.py $(ARGS)

# The index from which the package's rules are loaded; to be made anew when a rule was changed.
rules: $(VENV)/.installed
	$(BIN)/python -W ignore::RuntimeWarning:runpy -m cleaner.load.package

# The shipped model, from the gold sets beside the repository and corpus/cases; ARGS="--threads 4" is faster.
model: $(VENV)/.installed-dev
	$(BIN)/python scripts/gold_documents.py build/gold.jsonl
	$(BIN)/cleaner train build/gold.jsonl -o cleaner/data/models/default.npz --force $(ARGS)

# How time and memory grow with the input, stage by stage: minutes.
bench-growth: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m growth tests/benchmarks $(ARGS)

picture: $(VENV)/.installed
	$(BIN)/python scripts/render_readme_picture.py

# Screenshots of report and review page, in Chromium.
pictures: $(VENV)/.installed-dev
	$(BIN)/python scripts/render_report_pictures.py

clean:
	rm -rf demo-out demo-restored build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
