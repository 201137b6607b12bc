"""Say which strategies gain against which, and what becomes of the deal and of the truce."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from negotiation import plots
from negotiation.estimates import Estimate
from negotiation.report.cells import Change
from negotiation.theory import Game
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, at_most, at_the_date, change_text, money_text, moved_by, plain  # noqa: E402

US, CHINA = "us.strategy", "china.strategy"
DEAL, SIGNED, EXTENDED = "deal", "summit_deal", "first_deadline_extended"
FIRM, SOFT = "boulware", "conceder"


def pair(us: str, china: str) -> dict[str, str]:
    return {US: us, CHINA: china}


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    answers = found.answers
    game = _game(found)
    odds = {(cell.settings[US], cell.settings[CHINA]): cell.odds[DEAL] for cell in answers.cells}
    least, most = min(odds, key=lambda k: odds[k].p), max(odds, key=lambda k: odds[k].p)
    soft = answers.change(DEAL, pair(SOFT, SOFT))
    firm_gain, soft_gain = (answers.mean("yearly_gain.us", pair(own, FIRM)) for own in (FIRM, SOFT))
    others = [cell for cell in answers.cells if cell.changes]
    far = max(others, key=lambda cell: abs(cell.changes[EXTENDED].difference))
    moved = far.changes[EXTENDED]
    found.points(
        f"Where both hold firm until late, a deal of either kind is signed in "
        f"{odds_text(answers.odds(DEAL))}, at the summit {odds_text(answers.odds(SIGNED))}.",
        f"Deals are rarest with {least[0]} (US) against {least[1]} (China), "
        f"{odds_text(odds[least])}, and likeliest with {most[0]} against {most[1]}, "
        f"{odds_text(odds[most])}.",
        f"Against a China that holds firm the US gains {money_text(firm_gain)} a year by holding "
        f"firm and {money_text(soft_gain)} by conceding early.",
        f"Best on average against all: {_best(found, game, 'us')} for the US, "
        f"{_best(found, game, 'china')} for China.",
    )
    table = plain(found.results.odds(outcomes=DEAL))
    labels = ("strategy of the US", "strategy of China")
    ax = plots.heat_map(table, x=US, y=CHINA, outcome=DEAL, labels=labels)
    found.picture(ax, "deal", "Odds of a deal of either kind, by the strategies of both sides.")
    for side, name in (("us", "the US"), ("china", "China")):
        ax = plots.pairings(game, side=side)
        found.picture(ax, f"gains-{side}", f"What {name} gains in each pairing.")
    dominant = [
        set.intersection(*(set(best) for best in game.best_responses(side)))
        for side in game.players
    ]
    found.mind(
        "That there is no strategy for all seasons: if one were the best reply to every opponent, "
        "on both sides.",
        all(dominant),
        f"Best replies: {len(_replies(game, 'us'))} different ones of the US, "
        f"{len(_replies(game, 'china'))} of China (by their averages, intervals aside).",
    )
    found.mind(
        "That firmness is paid for in deals: if two conceders signed no more deals than two that "
        "hold firm.",
        at_most(soft),
        f"{change_text(soft)}.",
    )
    found.mind(
        "That bargaining style does not touch the truce: if any pair moved the extension by two "
        "points or more.",
        moved_by(moved, 0.02),
        f"The largest of {len(others)} moves, {far.settings[US]} against {far.settings[CHINA]}: "
        f"{change_text(moved)}; {at_the_date(answers, far.settings)}.",
    )
    half = (firm_gain.high - firm_gain.low + soft_gain.high - soft_gain.low) / 2
    loss = firm_gain.p - soft_gain.p
    found.mind(
        "That giving way early is a gift: if a conceding US gained no less against a firm China.",
        at_most(Change(loss, loss - half, loss + half, float("nan"))),
        f"Firm {money_text(firm_gain)}, conceding {money_text(soft_gain)}.",
    )
    found.write()


def _game(found: Findings) -> Game:
    """Return the mean gains of all pairings as the payoffs of a game."""
    design, means = found.results.design, found.results.means().to_pylist()
    us, china = (list(dict.fromkeys(design[path].to_pylist())) for path in (US, CHINA))
    payoffs = {side: np.zeros((len(us), len(china))) for side in ("us", "china")}
    for row in means:
        kind, _, side = row["quantity"].partition(".")
        if kind == "yearly_gain":
            payoffs[side][us.index(row[US]), china.index(row[CHINA])] = row["mean"]
    return Game(payoffs["us"], payoffs["china"], rows=us, columns=china)


def _best(found: Findings, game: Game, side: str) -> str:
    """Return the strategy with the best average; as all pairings play the same runs, its interval
    is at most as wide as theirs on average.
    """
    gains = game.A.mean(axis=1) if side == "us" else game.B.mean(axis=0)
    names, rivals = (game.rows, game.columns) if side == "us" else (game.columns, game.rows)
    best = names[int(np.argmax(gains))]
    pairs = [pair(best, rival) if side == "us" else pair(rival, best) for rival in rivals]
    each = [found.answers.mean(f"yearly_gain.{side}", settings) for settings in pairs]
    p, low, high = (float(np.mean([getattr(e, k) for e in each])) for k in ("p", "low", "high"))
    return f"{best} ({money_text(Estimate(p, low, high))} a year)"


def _replies(game: Game, side: str) -> set[int]:
    return {k for best in game.best_responses(side) for k in best}


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))
