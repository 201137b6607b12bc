"""Exchange with other negotiation software.

A model that reads its own files alone can be compared with itself alone. It exchanges with:

* GENIUS (Lin et al. 2014, doi:10.1111/j.1467-8640.2012.00463.x), the simulator of the yearly
  automated negotiating agents competition, made a file format in which hundreds of negotiation
  problems are published; :mod:`negotiation.interop.genius` reads and analyses them, and
  :func:`write_scenario` writes a scenario as one. Its successor GeniusWeb has a format of its own.
* NegMAS (Mohammad et al. 2021, doi:10.1007/978-3-030-66412-1_42) is the platform of the newer
  competitions; :mod:`negotiation.interop.negmas` exchanges scenarios and negotiators with it.
* Gambit (Savani and Turocy 2025, gambit-project.org) solves finite games; :func:`read_nfg` and
  :func:`write_nfg` exchange games in normal form with it, :func:`read_efg` and :func:`write_efg`
  those in extensive form.

A problem of any of them becomes a scenario by :func:`scenario_from_domain`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.lazy import lazily

if TYPE_CHECKING:
    from negotiation.interop.domain_scenario import FromDomain as FromDomain
    from negotiation.interop.domain_scenario import from_domain as from_domain
    from negotiation.interop.domain_scenario import scenario_from_domain as scenario_from_domain
    from negotiation.interop.domain_seat import domain_negotiator as domain_negotiator
    from negotiation.interop.domain_seat import domain_to_negmas as domain_to_negmas
    from negotiation.interop.efg import read_efg as read_efg
    from negotiation.interop.efg import write_efg as write_efg
    from negotiation.interop.genius import analyse as analyse
    from negotiation.interop.genius_scenario import genius_problem as genius_problem
    from negotiation.interop.genius_scenario import write_scenario as write_scenario
    from negotiation.interop.global_luck import seeded as seeded
    from negotiation.interop.negmas import negotiator as negotiator
    from negotiation.interop.negmas import to_negmas as to_negmas
    from negotiation.interop.nfg import NormalFormFile as NormalFormFile
    from negotiation.interop.nfg import read_nfg as read_nfg
    from negotiation.interop.nfg import write_nfg as write_nfg
    from negotiation.interop.problem_files import read_problem as read_problem

__getattr__, __dir__, __all__ = lazily(__name__)
