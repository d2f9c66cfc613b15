.PHONY: test-c test-py test-no-std

CARGO ?= cargo
PYTHON ?= python3
VENV := $(CURDIR)/target/venv

# A missing tool is an error, never a skipped test: $(call need,tool,what it is).
need = @command -v $(1) >/dev/null || { echo "make $@: $(1) ($(2)) is needed and not installed" >&2; exit 1; }

# The C API: its rules, its header in every dialect of C and C++, and C programs against the static library.
test-c:
	$(call need,cc,a C compiler)
	$(call need,c++,a C++ compiler)
	$(CARGO) test -p statefulset-c

# The Python package, built and installed into a virtual environment of its own.
test-py: $(VENV)/ready
	cd py && VIRTUAL_ENV=$(VENV) $(VENV)/bin/maturin develop --locked
	cd py && $(VENV)/bin/pytest
	cd py && $(VENV)/bin/mypy --strict python tests
	cd py && $(VENV)/bin/python -m mypy.stubtest --mypy-config-file pyproject.toml statefulset._statefulset
	cd py && $(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

$(VENV)/ready: py/requirements-dev.txt
	$(call need,$(PYTHON),Python 3.11 or newer)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# The facts tier without std, allocator or operating system.
test-no-std:
	core/no_std/check.sh
