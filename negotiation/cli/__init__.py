"""The command ``negotiation``: one file a verb in :mod:`negotiation.cli.verbs`."""

from __future__ import annotations


def main() -> None:
    """Run the command with the arguments of the process."""
    try:
        from negotiation.cli.app import app

        app()()
    except KeyboardInterrupt:  # stopped before or after there was anything to stop
        raise SystemExit(3) from None
