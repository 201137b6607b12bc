"""The talks as a PettingZoo environment, for policies that learn.

PettingZoo (Terry et al. 2021, arXiv:2009.14471) is the common interface to games of several
learners. `env` gives a scenario as one of its environments of the turn-taking (AEC) kind: the
negotiation stops wherever a side that is played from outside has to decide, and leaves every
other decision to that side's rule or strategy.

==================  ==========================================================================
Import              ``from negotiation.interop.pettingzoo import env``
Agents              ``"us"`` and ``"china"``, or one of them
Actions             ``Discrete(2 + steps)``, with a mask
Observations        ``Dict``: ``observation``, 61 numbers from -1 to 1; ``action_mask``
Rewards             at the horizon, $bn
Parallel API        no: who decides next depends on what happens
==================  ==========================================================================

**Observation.** The numbers are named by ``FEATURES``, in this order.

============================  ================================================================
``asked_offer``, ...          which kind of decision one is asked for (1), a number each kind;
                              all 0 if it is the other's turn, and at the end
``own_dove``, ...             the own type: stance (three numbers), the higher trait (security
                              value of the US, integrity of China), whether resolute
``other_type_0`` to ``_11``   beliefs about the other's type, number 4 stance + 2 trait + resolve
``own_type_0`` to ``_11``     what the other believes about one's own type
``regime_truce``, ...         the state of the talks
``time``                      share of the time for talks that has passed
``deadline``, ``summit``      days until the truce expires and until the middle of the summit's
                              window, as shares of the scenario's days; 1 if there is none
``tension``                   t / (1 + |t|) of t incidents
``held``                      share that the own last offer holds out for; 1 before it
``own_offer``                 worth of the own last offer to oneself: 0 one's walk-away value, 1
                              one's ideal
``offered``, ``other_offer``  whether the other has made an offer, and what it is worth to oneself
``drafted``, ``draft``        the same of an offer both said yes to, not signed
``conceded``, ``.._before``   share of its way that the other has come, read with error from its
                              tone: now, and one offer earlier
``patience``, ``other_..``    discount factors from one round to the next
============================  ================================================================

Nothing in it depends on what the other side hides. Who wants to see more, the packages for
example, takes ``env.unwrapped.view(agent)``.

**Actions.** At an offer, action ``2 + k`` holds out for the share ``k / (steps - 1)`` of the way
from the walk-away value to the own ideal: the rules draft the package of the public frontier that
is worth so much. At every other decision 0 is no and 1 is yes (see ``Kind.words``: to refuse and
to accept, to give in, ...). The mask says which are allowed; another one is an
`InputError`. No wrapper ends the game with a fixed penalty instead, as accounts have no lower
bound that it could lie below.

**Rewards.** 0 until the horizon; then the side's account, what the path brought it over the truce
in $bn, or with ``reward="gain"`` what was signed is worth to it in $bn a year. Both count by the
side's own type. All agents terminate there.

**Version history.** v0: first version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral
from os import PathLike
from typing import Any

import numpy as np

from negotiation.door import unlike
from negotiation.errors import InputError, UnknownName, WrongKind, whole_number
from negotiation.game import Game, Kind, Share
from negotiation.interop.features import FEATURES as FEATURES
from negotiation.interop.features import features
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies.view import View, look
from negotiation.transcript import entries

try:
    from gymnasium import logger, spaces
    from pettingzoo import AECEnv
    from pettingzoo.utils import wrappers
except ImportError:
    AECEnv = object

NO, YES, FIRST_SHARE = 0, 1, 2
MOST_STEPS = 10_001  # of a share: each is an action of its own
DECIDES = (Kind.OFFER, Kind.ANSWER, Kind.PROPOSE, Kind.YIELD, Kind.ATTEND, Kind.SIGN)
REWARDS = ("account", "gain")


def require_pettingzoo() -> None:
    """Say in one sentence how to get PettingZoo if it is missing."""
    try:
        import pettingzoo  # noqa: F401
    except ImportError:
        raise InputError(
            "PettingZoo is not installed; install it with: pip install 'negotiation[rl]'."
        ) from None


def env(scenario: Scenario | str | PathLike[str] = "stockholm-2025", **options: Any) -> Any:
    """Return a scenario as a PettingZoo environment that checks how it is used.

    Parameters
    ----------
    scenario : Scenario, str or path
    **options
        As for `raw_env`.
    """
    talks = raw_env(scenario, **options)
    return wrappers.OrderEnforcingWrapper(wrappers.AssertOutOfBoundsWrapper(talks))


class raw_env(AECEnv):  # type: ignore[misc]  # noqa: N801 (PettingZoo's name)
    """The environment without wrappers.

    Parameters
    ----------
    scenario : Scenario, str or path
    sides : iterable of str
        Who is played from outside: "us", "china" or both. The other is left to its rule.
    decides : iterable of Kind or str
        The kinds of decisions that an agent takes itself: by default offers, answers, whether
        to settle evenly, to give in, to attend and to sign. The others are left to the side's rule.
    steps : int
        Number of shares, evenly from 0 to 1, that can be held out for.
    reward : {"account", "gain"}
    runs_per_world : int
        How many runs share one draw of the uncertain numbers.
    render_mode : {"ansi", "human"}, optional
        ``render()`` returns what has happened so far; or every step prints what is new.

    Notes
    -----
    An episode is a run of the model, addressed by a master seed and a number. ``reset(seed=s)``
    plays run 0 under ``s``, and every ``reset()`` after it the next run under the same seed;
    before any seed is given it is 1. ``reset(options={"run": n})`` plays run ``n``. So the
    episodes are the runs of ``ng.odds(scenario, seed=s)``, with the same types and luck whoever
    plays, and policies can be compared run by run. ``game`` is the :class:`~negotiation.game.Game`
    that is being played; its ``address`` says which run it is. The address is not in ``infos``: it
    gives away the other side's type.

    Where a run brings the agents nothing to decide, they have terminated right after the reset.
    """

    metadata: dict[str, Any] = {  # noqa: RUF012
        "name": "negotiation_v0",
        "render_modes": ["ansi", "human"],
        "is_parallelizable": False,
    }

    def __init__(
        self,
        scenario: Scenario | str | PathLike[str] = "stockholm-2025",
        *,
        sides: Iterable[str] = SIDES,
        decides: Iterable[Kind | str] = DECIDES,
        steps: int = 21,
        reward: str = "account",
        runs_per_world: int = 1,
        render_mode: str | None = None,
    ) -> None:
        require_pettingzoo()
        super().__init__()
        whole_number("steps", steps, 2, MOST_STEPS)
        for name, several in (("sides", sides), ("decides", decides)):
            if expected := unlike(Iterable[str], several):
                raise WrongKind(name, several, expected)
        self.possible_agents = [one_of("side", side, SIDES) for side in sides]
        self.decides = tuple(Kind(one_of("decides", kind, tuple(Kind))) for kind in decides)
        for name, several in (("sides", self.possible_agents), ("decides", self.decides)):
            if not several or len(set(several)) < len(several):
                raise InputError(f"{name}: {several!r}; allowed: at least one, each once.")
        if render_mode is not None:
            one_of("render_mode", render_mode, self.metadata["render_modes"])
        self.scenario = scenario if isinstance(scenario, Scenario) else Scenario.load(str(scenario))
        self.reward, self.render_mode = one_of("reward", reward, REWARDS), render_mode
        self.runs_per_world, self.steps = runs_per_world, steps
        self.agents: list[str] = []
        self.seed, self.run = 1, -1
        self.action_spaces = {a: spaces.Discrete(FIRST_SHARE + steps) for a in self.possible_agents}
        self.observation_spaces = {
            agent: spaces.Dict(
                observation=spaces.Box(-1.0, 1.0, (len(FEATURES),), np.float32),
                action_mask=spaces.Box(0, 1, (FIRST_SHARE + steps,), np.int8),
            )
            for agent in self.possible_agents
        }

    def observation_space(self, agent: str) -> Any:
        """Return what an agent may observe."""
        one_of("agent", agent, self.possible_agents)
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        """Return what an agent may do, at one decision or another."""
        one_of("agent", agent, self.possible_agents)
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Open the next run, or run 0 under ``seed``, or run ``options["run"]``."""
        if options is not None and not isinstance(options, Mapping):
            raise WrongKind("options", options, 'a dict, such as {"run": 3}')
        self.run += 1
        if seed is not None:
            self.seed, self.run = seed, 0
        self.run = (options or {}).get("run", self.run)
        self.game = Game(
            self.scenario, seed=self.seed, run=self.run, runs_per_world=self.runs_per_world
        )
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.agent_selection = self.agents[0]
        self._skip_agent_selection, self.printed = None, 0
        self._go_on()

    def step(self, action: int | None) -> None:
        """Take the decision that the agent whose turn it is was asked for."""
        if not self.agents:
            raise InputError("step: nothing is being played; reset the environment first.")
        agent = self.agent_selection
        if self.terminations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        self.game.decide(self.choice(action))
        self._go_on()

    def choice(self, action: Any) -> Share | bool:
        """Return what an action means at the decision that is due, or say what is allowed."""
        if not self.agents or self.point is None:
            raise InputError("choice: no decision is due; reset the environment first.")
        mask = self.mask(self.agent_selection)
        whole = isinstance(action, Integral) and not isinstance(action, bool)
        if not (whole and 0 <= action < len(mask) and mask[action]):
            kind = self.point.kind
            allowed = (
                f"{FIRST_SHARE} to {FIRST_SHARE + self.steps - 1}"
                if kind is Kind.OFFER
                else ", ".join(f"{n} ({word})" for n, word in enumerate(kind.words))
            )
            raise InputError(f"{kind}: action {action!r}; allowed: {allowed}.")
        if action < FIRST_SHARE:
            return bool(action == YES)
        return Share((int(action) - FIRST_SHARE) / (self.steps - 1))

    def observe(self, agent: str) -> dict[str, np.ndarray]:
        """Return what an agent sees, whether or not it is its turn."""
        self._known(agent)
        kind = self.point.kind if self._asked(agent) else None
        return {"observation": features(self.view(agent), kind), "action_mask": self.mask(agent)}

    def view(self, agent: str) -> View:
        """Return all that an agent may see, as strategies of one's own get it."""
        self._known(agent)
        return look(
            self.game.records,
            self.scenario,
            SIDES.index(agent),
            answering=self._asked(agent) and self.point.kind is Kind.ANSWER,
        )

    def mask(self, agent: str) -> np.ndarray:
        """Return 1 for each action that is allowed, 0 for the others; all 0 out of turn."""
        mask = np.zeros(FIRST_SHARE + self.steps, np.int8)
        if self._asked(agent):
            offers = self.point.kind is Kind.OFFER
            mask[slice(FIRST_SHARE, None) if offers else slice(FIRST_SHARE)] = 1
        return mask

    def render(self) -> str | None:
        """Return what has happened so far, or print what is new; it is what an onlooker sees."""
        if self.render_mode is None:
            logger.warn("render() without a render_mode; allowed: 'ansi' and 'human'.")
            return None
        lines = [f"{entry['date']} {entry['text']}" for entry in entries(self.game.talks)]
        if self.render_mode == "ansi":
            return "\n".join(lines)
        print(*lines[self.printed :], sep="\n", end="\n" if lines[self.printed :] else "")
        self.printed = len(lines)
        return None

    def close(self) -> None:
        """Do nothing: no window is open."""

    def _known(self, agent: str) -> None:
        one_of("agent", agent, self.possible_agents)
        if self.run < 0:
            raise InputError("nothing has been played yet; reset the environment first.")

    def _asked(self, agent: str) -> bool:
        return self.point is not None and self.point.side == agent

    def _go_on(self) -> None:
        """Leave decisions to the rules up to the next that an agent takes, or the horizon."""
        side = self.possible_agents[0] if len(self.possible_agents) == 1 else None
        self.point: Any = self.game.play_to(*self.decides, side=side)
        if self.point is None:
            talks = self.game.talks
            brought = talks.account if self.reward == "account" else talks.gains
            self.rewards = {agent: brought[agent] for agent in self.agents}
            self.terminations = dict.fromkeys(self.agents, True)
            self.infos: dict[str, Any] = {a: {"outcome": talks.outcome.value} for a in self.agents}
        else:
            self.agent_selection = self.point.side
            self.infos = {a: {"date": self.point.date.isoformat()} for a in self.agents}
        self._accumulate_rewards()
        if self.render_mode == "human":
            self.render()


def one_of(name: str, given: Any, allowed: Iterable[Any]) -> Any:
    """Return what was given if it is allowed, or say what is."""
    names = [str(each) for each in allowed]
    if str(given) not in names:
        raise UnknownName(name, str(given), names)
    return given
