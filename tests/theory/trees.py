"""Small games in extensive form that several tests look at."""

from __future__ import annotations

from negotiation.theory import Chance, Decision, End, ExtensiveGame

ENTRY = ExtensiveGame(
    Decision("us", {
        "stay out": End((0, 2)),
        "enter": Decision("china", {"fight": End((-1, -1)), "share": End((1, 1))}),
    })
)  # fmt: skip

# Shoham and Leyton-Brown 2008, figure 5.2
LOOK_AHEAD = ExtensiveGame(
    Decision("us", {
        "A": Decision("china", {"C": End((3, 8)), "D": End((8, 3))}),
        "B": Decision("china", {
            "E": End((5, 5)), "F": Decision("us", {"G": End((2, 10)), "H": End((1, 0))}),
        }),
    })
)  # fmt: skip


def _call(win: int) -> Decision:
    fold = End((1, -1))
    call = Decision("china", {"call": End((win, -win)), "fold": fold}, knows="the bet")
    return Decision("us", {"bet": call, "fold": End((-1, 1))}, knows=f"card worth {win}")


# Stripped-down poker (Reiley, Urbancic and Walker 2008)
POKER = ExtensiveGame(Chance({"king": ("1/2", _call(2)), "queen": ("1/2", _call(-2))}))


def _follow(stackelberg: tuple, cournot: tuple, right: str) -> Chance:
    def move(seen: str) -> Decision:
        return Decision("china", {"S": End(stackelberg), "C": End(cournot)}, knows=seen)

    wrong = f"{100 - int(right)}/100"
    return Chance({"s": (f"{right}/100", move("s")), "c": (wrong, move("c"))})


# Bagwell 1995: a commitment that is observed with an error of 1%
BAGWELL = ExtensiveGame(
    Decision("us", {"S": _follow((5, 2), (3, 1), "99"), "C": _follow((6, 3), (4, 4), "1")})
)


def at_once(*, outside: tuple, row: str = "us") -> ExtensiveGame:
    """A battle of the sexes that a side may stay out of."""

    def china(left: tuple, right: tuple) -> Decision:
        return Decision("china", {"left": End(left), "right": End(right)}, knows="at once")

    inside = Decision("us", {"up": china((3, 1), (0, 0)), "down": china((0, 0), (1, 3))})
    return ExtensiveGame(Decision(row, {"out": End(outside), "in": inside}))


def bayesian(us: list, china: list) -> ExtensiveGame:
    """A game of two actions in which both sides know their own type only."""

    def ends(mine: list, theirs: list, row: int) -> dict:
        return {str(k): End((mine[row][k], theirs[k][row])) for k in (0, 1)}

    return ExtensiveGame(
        Chance({
            f"{i}{j}": (p * q, Decision("us", {
                str(k): Decision("china", ends(A, B, k), knows=f"china {j}") for k in (0, 1)
            }, knows=f"us {i}"))
            for i, (p, A) in enumerate(us) for j, (q, B) in enumerate(china)
        })
    )  # fmt: skip
