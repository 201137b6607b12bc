"""The checks in fresh environments: `nox` runs them all, `nox -s tests-3.13` one of them."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def install(session: nox.Session, lock: str) -> None:
    """Install a lock file, hash by hash, and the checkout itself."""
    session.install("--require-hashes", "-r", lock)
    session.install("--no-deps", "--no-build-isolation", "-e", ".")


@nox.session(python="3.11")
def lint(session: nox.Session) -> None:
    """Hold style, types and layers."""
    install(session, "requirements-test.lock")
    session.run("ruff", "check")
    session.run("mypy")
    session.run("lint-imports")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on every Python that is installed here."""
    install(session, "requirements-test.lock")
    session.run("pytest", *session.posargs)


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """Run the tests on the oldest versions that pyproject.toml allows."""
    lock = f"{session.create_tmp()}/oldest.lock"
    session.install("uv")
    compile_lock = ["uv", "pip", "compile", "pyproject.toml", "--group", "test", "--quiet"]
    session.run(*compile_lock, "--resolution", "lowest-direct", "-o", lock)
    session.install("-r", lock)
    session.install("--no-deps", "--no-build-isolation", "-e", ".")
    session.run("pytest", *session.posargs)


@nox.session(python="3.11")
def docs(session: nox.Session) -> None:
    """Build the site; a broken link is an error."""
    install(session, "requirements-docs.lock")
    session.run("mkdocs", "build", "--strict", env={"NO_MKDOCS_2_WARNING": "1"})
