"""Sweeps: the same negotiation under many settings, compared run by run.

A *design* says which settings are tried (its cells), a *sweep* plays every cell with the same
random numbers, a *store* keeps what came out on disk, and *results* answer with odds and their
intervals. Run 812 of one cell meets the same news, types and moods as run 812 of every other, so
a difference between two cells is a difference between pairs, and far less noisy than between
strangers.

The package itself is what one calls: ``negotiation.sweep(design, seed=7)``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.sweep.command import plan as plan
    from negotiation.sweep.csv_cells import from_csv as from_csv
    from negotiation.sweep.design import Design as Design
    from negotiation.sweep.design_file import load_design as load_design
    from negotiation.sweep.grids import grid as grid
    from negotiation.sweep.grids import one_at_a_time as one_at_a_time
    from negotiation.sweep.grids import strategy_pairs as strategy_pairs
    from negotiation.sweep.merging import merge as merge
    from negotiation.sweep.results import Results as Results
    from negotiation.sweep.run import sweep as sweep
    from negotiation.sweep.samples import latin_hypercube as latin_hypercube
    from negotiation.sweep.samples import sobol as sobol

__getattr__, __dir__, __all__ = lazily(__name__)


class Verb(ModuleType):
    """A module that can be called: importing it puts it where the verb of its name belongs."""

    if TYPE_CHECKING:  # what `ng.sweep` is to a type checker, which knows no module that is called
        from negotiation.sweep import (
            command,
            csv_cells,
            design,
            design_file,
            grids,
            merging,
            results,
            samples,
        )

        Design = design.Design
        Results = results.Results
        load_design = staticmethod(design_file.load_design)
        from_csv = staticmethod(csv_cells.from_csv)
        grid = staticmethod(grids.grid)
        one_at_a_time = staticmethod(grids.one_at_a_time)
        strategy_pairs = staticmethod(grids.strategy_pairs)
        latin_hypercube = staticmethod(samples.latin_hypercube)
        sobol = staticmethod(samples.sobol)
        plan = staticmethod(command.plan)
        merge = staticmethod(merging.merge)
        sweep = staticmethod(sweep)
        __call__ = staticmethod(sweep)
    else:

        def __call__(self, *args, **options):
            """Run :func:`negotiation.sweep.run.sweep`."""
            return self.sweep(*args, **options)


sys.modules[__name__].__class__ = Verb
