"""Exit codes of the command that more than one of its files names."""

from __future__ import annotations

from negotiation.early import INTERRUPTED as INTERRUPTED
