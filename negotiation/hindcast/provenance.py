"""Where each number of a scenario that is made of a decision comes from: its mark, and why.

Of the row itself are only tariffs, and these as far as its cells say so. All else is a rule of
ours, and marked as a guess with the rule, or holds by the way the situation is set up.
"""

from __future__ import annotations

from negotiation.economy.dyads import dyad
from negotiation.hindcast.disputes import USUAL_POINTS
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.governments import borrowing, government
from negotiation.hindcast.situation import CALM, FRESH_DEALS, PEAK_SEEN, TENSE, base
from negotiation.history.rows import Decision
from negotiation.scenario import SIDES

TARIFFS = ("_truce", "_suspended", "_peak")
GUESS, DERIVED, DEFINITION = "guess", "derived", "definition"


def provenance(path: tuple[str, ...], episode: Episode, row: Decision | None) -> tuple[str, str]:
    """Return mark and source of a number of a situation.

    Parameters
    ----------
    path : tuple of str
        With the sides' usual names: ``("tariffs", "us_truce")``.
    episode : Episode
    row : Decision, optional
        Which it was made of.

    Examples
    --------
    >>> import datetime as dt
    >>> calm = Episode("N1", dt.date(2018, 7, 6), 0.0, 0.0)
    >>> provenance(("news", "tension"), calm, None)
    ('guess', 'ours: 1.5 incidents where no truce runs, 0.5 where one does')
    """
    if path[0] == "tariffs" and path[1].endswith(TARIFFS):
        return _tariff(path[1], episode, row)
    if path[0] == "tariffs":
        return _other_tariffs(path[1], episode)
    if path[0] == "rare_earths":
        why = "these two" if episode.sides != SIDES else "the two by then"
        return DEFINITION, f"no licences for rare earths are at stake between {why}"
    if path[-1] == "tension":
        return GUESS, f"ours: {TENSE:g} incidents where no truce runs, {CALM:g} where one does"
    if path[-1] == "feasible":
        return GUESS, "ours: a meeting of leaders that is fixed can take place"
    if path[-1] == "ultimatum":
        return DEFINITION, "it announced no penalty that it would have to take back"
    if path[-1] in ("own_cost", "audience_cost"):
        where = base().issues[path[1]] if path[0] == "issues" else getattr(base(), path[0])
        mark = getattr(where, path[-1]).mark
        share = " and the share of its tariff that is in force" if path[0] == "issues" else ""
        return mark, f"that of Stockholm, by what is at stake{share}"
    if path[-1] == "other_lapse_cost":
        return GUESS, "ours: no talks, no meeting and no goods that a lapse would hit"
    return GUESS, f"ours: as known on {episode.date}"


def _tariff(name: str, episode: Episode, row: Decision | None) -> tuple[str, str]:
    imports = dyad(*episode.sides).goods_imports()
    seat = 0 if name.startswith(f"{SIDES[0]}_") else 1
    told = [f"averaged over ${imports[seat]:.0f}bn of imports"]
    guesses = _guesses(row, episode, seat, name) if row else []
    mark = GUESS if guesses else DERIVED
    return mark, f"row: {'; '.join([*told, *guesses])}"


def _guesses(row: Decision, episode: Episode, seat: int, name: str) -> list[str]:
    """Return what of a tariff the row does not say, in words."""
    borrowed = borrowing(government(row.sender), government(row.target))
    found = [f"{' and '.join(borrowed)} by the trade of another (ours)"] if borrowed else []
    if row.mark == GUESS:
        found.append("no source given")
    level = episode.us_level if seat == 0 else episode.china_level
    stake = episode.us_stake if seat == 0 else episode.china_stake
    if not (level or stake):
        return found
    if row.names_no_trade:
        found.append("on a tenth of the trade, as the row names none (ours)")
    if name.endswith("_truce") or not stake:
        return found
    if seat == episode.sender and row.us_tariff_threatened is None and not episode.in_force:
        found.append(f"{USUAL_POINTS:g} points more, as the row names none (ours)")
    if seat != episode.sender and row.target_retaliation_threatened is None:
        found.append("answered in kind, as the row does not say (ours)")
    return found


def dates(row: Decision | None) -> dict[str, str]:
    """Return mark and reason of the days of a scenario's calendar.

    Examples
    --------
    >>> dates(None)["horizon"]
    'guess: a week after'
    """
    known = row is not None and row.lead_days is not None
    return {
        "start": "derived: the day of the threat, five weeks before the date at most"
        if known
        else "guess: five weeks of talks, as the row has no day of the threat",
        "truce_expires": "derived: the date that was set, if near, or the day of the decision",
        "horizon": "guess: a week after",
        "talks_every_days": "guess: once a week",
    }


def _other_tariffs(name: str, episode: Episode) -> tuple[str, str]:
    if name == "peak_weight":
        seen = (
            f"none was seen before {PEAK_SEEN}"
            if episode.sides == SIDES
            else "none is known of these two"
        )
        return GUESS, f"ours: no escalation beyond what is threatened; {seen}"
    if name == "us_reference_loss":
        why = (
            f"there were none before {FRESH_DEALS}"
            if episode.sides == SIDES
            else "it is told of China alone"
        )
        return GUESS, f"ours: nothing is lost against deals of others; {why}"
    return GUESS, "ours: the duties of the row are averages already, and work in full"
