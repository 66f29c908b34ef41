PYTHON ?= python3
BIN := .venv/bin

.PHONY: test setup lint types imports pytest
test: setup lint types imports pytest   ## all that must hold before a change lands

setup:          ## one virtual environment with everything, at the locked versions
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-data.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
types:
	$(BIN)/mypy
imports:
	$(BIN)/lint-imports --no-logo
pytest:
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto --dist loadfile
