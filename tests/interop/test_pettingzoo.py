"""The PettingZoo environment: its own tests, our runs, and nothing that the other side hides."""

from __future__ import annotations

import copy
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest
from needing import needed

import negotiation as ng
from negotiation.errors import InputError
from negotiation.game import Game, Kind, Share
from negotiation.interop import pettingzoo as door
from negotiation.interop.pettingzoo import FEATURES, FIRST_SHARE, env, raw_env

sys.path.insert(0, str(Path(__file__).parents[1] / "runs"))
from random_scenarios import SHIPPED, random_scenarios

PettingZoo = needed(
    "pettingzoo",
    "PettingZoo is not installed: pip install 'negotiation[rl]' runs these tests",
)
STOCKHOLM, THREE, PIE = SHIPPED
BOTH = ("us", "china")


def play(talks, rng, seen=lambda agent, observation: None):
    """Play an episode by lot; return what each agent got."""
    brought = {}
    for agent in talks.agent_iter():
        observation, reward, terminated, truncated, _ = talks.last()
        seen(agent, observation)
        assert not truncated
        if terminated:
            brought[agent] = reward
            talks.step(None)
        else:
            talks.step(int(rng.choice(np.flatnonzero(observation["action_mask"]))))
    return brought


@pytest.mark.parametrize("make", [env, raw_env])
@pytest.mark.parametrize("sides", [("us",), ("china",), BOTH], ids="-".join)
@pytest.mark.filterwarnings(
    # taste, not rules: PettingZoo's own games with masks have such observations too
    "ignore:Observation is not a NumPy array",
    "ignore:Observation space for each agent probably should be",
    "ignore:We recommend agents to be named in the format",
)
def test_it_passes_pettingzoos_own_test(make, sides):
    """The interface is kept, whoever is played from outside, with and without wrappers."""
    from pettingzoo.test import api_test

    api_test(make(THREE, sides=sides), num_cycles=60)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_seed_is_the_same_episode(name):
    """PettingZoo's own test of it."""
    from pettingzoo.test import seed_test

    seed_test(lambda: env(name, decides=tuple(Kind)), num_cycles=60)


@pytest.mark.parametrize("reward", ["account", "gain"])
def test_the_reward_is_the_account_of_the_game(reward):
    """An episode is the game of its address; what its transcript ends with is the reward."""
    talks = env(THREE, reward=reward, decides=tuple(Kind))
    scenario, rng, totals = ng.Scenario.load(THREE), np.random.default_rng(1), []
    for run in range(20):
        twin, brought = Game(scenario, seed=5, run=run), {}
        talks.reset(seed=5, options={"run": run})
        for agent in talks.agent_iter():
            observation, brought[agent], terminated, *_ = talks.last()
            if terminated:
                talks.step(None)
                continue
            point = twin.play_to()
            assert point.side == agent
            allowed = np.flatnonzero(observation["action_mask"])
            action = int(rng.choice(allowed) if rng.random() < 0.5 else allowed[-1])  # often yes
            offer = point.kind is Kind.OFFER
            twin.decide(Share((action - 2) / 20) if offer else point.choices[action])
            talks.step(action)
        assert twin.play_to() is None
        assert brought == (twin.talks.account if reward == "account" else twin.talks.gains)
        totals.append(sum(abs(value) for value in brought.values()))
    assert np.count_nonzero(totals) >= 4


def test_decided_as_the_rule_would_it_is_our_run():
    """A side that says yes and no as its rule does gets what it gets in ``ng.run``."""
    scenario, differing = ng.Scenario.load(THREE), 0
    talks = env(scenario, decides=[Kind.ANSWER, Kind.PROPOSE, Kind.YIELD, Kind.ATTEND, Kind.SIGN])
    for run in range(6):
        talks.reset(seed=7, options={"run": run})
        brought = {}
        for agent in talks.agent_iter():
            _, brought[agent], terminated, *_ = talks.last()
            talks.step(None if terminated else by_rule(talks.unwrapped.game))
        ours = ng.run(scenario, seed=7, run=run)
        assert brought == ours.account
        differing += play_no(talks, run) != ours.account
    assert differing > 0


def by_rule(game):
    """What the rule would do at the decision that is due, as an action."""
    kind, twin = game.point.kind, game.fork()
    twin.decide()
    answers = []
    for word in kind.words:
        other = game.fork()
        other.decide(word)
        answers.append(other.play().row().tobytes())
    return answers.index(twin.play().row().tobytes())


def play_no(talks, run):
    """What both sides get if all they say is no."""
    talks.reset(seed=7, options={"run": run})
    brought = {}
    for agent in talks.agent_iter():
        _, brought[agent], terminated, *_ = talks.last()
        talks.step(None if terminated else 0)
    return brought


ANY = [
    pytest.param(scenario, id=scenario.name, marks=pytest.mark.long if i % 2 else ())
    for i, scenario in enumerate(random_scenarios(16))
]


@pytest.mark.parametrize("scenario", ANY)
def test_every_observation_is_in_its_space(scenario):
    """Any scenario, any kind of decision: within the space, and exactly one kind in turn."""
    talks = env(scenario, decides=tuple(Kind), steps=5)
    asked = slice(0, len(Kind))

    def seen(agent, observation):
        assert talks.observation_space(agent).contains(observation)
        numbers, mask = observation["observation"], observation["action_mask"]
        due = talks.unwrapped.point
        assert mask.any() == bool(numbers[asked].sum() == 1) == (due is not None)
        if due is not None:
            assert numbers[FEATURES.index(f"asked_{due.kind}")] == 1
            allowed = range(FIRST_SHARE, FIRST_SHARE + 5) if due.kind is Kind.OFFER else (0, 1)
            assert list(np.flatnonzero(mask)) == list(allowed)
        other = talks.observe(next(side for side in BOTH if side != agent))
        assert talks.observation_space(agent).contains(other)
        if due is not None:
            assert not other["action_mask"].any() and not other["observation"][asked].any()

    talks.reset(seed=11)
    assert set(play(talks, np.random.default_rng(2), seen)) == set(BOTH)


def test_the_first_observation_says_nothing_about_the_others_type():
    """Over many runs no number of it goes with the other's type, and some go with the own.

    Beyond the prior, that is, which differs from run to run and is known to both.
    """
    talks = raw_env(THREE)
    runs, seen, hidden, own = 400, [], [], []
    for run in range(runs):
        talks.reset(seed=3, options={"run": run})
        seen.append(talks.observe("us")["observation"])
        types = talks.game.state
        world = talks.game.records[1]
        prior = [world.stance_prior[1] @ range(3), world.trait_prior[1], world.resolve_prior[1]]
        type_of = [types[name][1] for name in ("stance", "trait", "resolve")]
        hidden.append(np.subtract(type_of, prior))
        own.append([types[name][0] for name in ("stance", "trait", "resolve")])
    numbers = np.array(seen)[:, np.std(seen, axis=0) > 1e-6]
    together = np.corrcoef(numbers.T, np.array(hidden).T)[:-3, -3:]
    assert np.abs(together).max() < 4.5 / runs**0.5  # false alarm in one of 1,000 such tests
    mine = np.corrcoef(numbers.T, np.array(own).T)[:-3, -3:]
    assert (np.abs(mine).max(axis=0) > 0.8).all()


def test_worlds_that_differ_in_the_others_type_alone_look_the_same():
    """Whatever the other's stance, trait and resolve, and its shocks, the observation stays."""
    talks = raw_env(STOCKHOLM)
    talks.reset(seed=1)
    talks.game.state  # noqa: B018 (played up to the decision)
    state, looks = talks.game._played.talks[0], set()  # itself, which nobody else is handed
    for stance, trait, resolve in np.ndindex(3, 2, 2):
        state["stance"][1], state["trait"][1], state["resolve"][1] = stance, trait, resolve
        state["accept_shock"][1] = stance
        looks.add(talks.observe("us")["observation"].tobytes())
    assert len(looks) == 1
    state["stance"][0] = (state["stance"][0] + 1) % 3
    assert talks.observe("us")["observation"].tobytes() not in looks


def test_infos_do_not_tell_the_address_of_the_run():
    """Whoever knows seed and run can look up the other's type."""
    talks = env(THREE)
    talks.reset(seed=1)
    assert set(talks.infos["us"]) == {"date"}
    play(talks, np.random.default_rng(1))
    talks.reset()
    while not any(talks.terminations.values()):
        talks.step(int(np.flatnonzero(talks.observe(talks.agent_selection)["action_mask"])[0]))
    assert talks.infos["us"].keys() == {"outcome"}


def test_resets_count_the_runs_of_a_seed():
    """Without a seed the next run; with one, run 0; or the run that is asked for."""
    talks = raw_env(PIE)
    found = []
    for seed, options in [(None, None), (None, None), (9, None), (None, {"run": 40}), (None, None)]:
        talks.reset(seed=seed, options=options)
        found.append((talks.game.address["seed"], talks.game.address["run"]))
    assert found == [(1, 0), (1, 1), (9, 0), (9, 40), (9, 41)]


def test_only_what_was_asked_for_is_decided_outside():
    """Of one side and one kind; the other agent does not exist."""
    talks = env(THREE, sides=["china"], decides=["propose"])
    talks.reset(seed=1)
    assert talks.agents == ["china"]
    asked = []
    play(talks, np.random.default_rng(1), lambda agent, o: asked.append(talks.unwrapped.point))
    assert asked[-1] is None and len(asked) > 1
    assert {(point.side, point.kind) for point in asked[:-1]} == {("china", Kind.PROPOSE)}


def test_an_episode_without_a_decision_has_ended_at_once():
    """Nobody is asked for the terms of a truce where there is none; the rules play it through."""
    talks = env(PIE, decides=["propose"])
    talks.reset(seed=2)
    assert all(talks.terminations.values())
    assert play(talks, np.random.default_rng(1)) == ng.run(ng.Scenario.load(PIE), seed=2).account


def test_what_is_not_allowed_is_said_in_a_sentence():
    """Masked actions, unknown sides, kinds and rewards."""
    talks = raw_env(THREE)
    talks.reset(seed=1)
    for action in (0, 23, -1, 2.5):
        with pytest.raises(InputError, match="offer: action .*; allowed: 2 to 22"):
            talks.step(action)
    talks.step(12)
    with pytest.raises(InputError, match=r"answer: action 5; allowed: 0 \(refuse\), 1 \(accept\)"):
        talks.step(5)
    for wrong in (
        {"sides": ["usa"]}, {"sides": []}, {"sides": ["us", "us"]}, {"decides": ["offr"]},
        {"decides": []}, {"steps": 1}, {"reward": "points"}, {"render_mode": "rgb_array"},
    ):  # fmt: skip
        with pytest.raises(InputError, match="us|allowed|[Dd]id you mean"):
            raw_env(THREE, **wrong)
    with pytest.raises(InputError, match="run"):
        talks.reset(options={"run": -1})
    with pytest.raises(InputError, match="options = 5 is not allowed; expected a dict"):
        talks.reset(options=5)
    talks.reset(seed=1)
    for action in (True, np.array([12]), "12", None):
        with pytest.raises(InputError, match="offer: action .*; allowed: 2 to 22"):
            talks.step(action)
    for asked in (talks.observe, talks.view, talks.action_space, talks.observation_space):
        with pytest.raises(InputError, match="agent 'eu' does not exist; allowed: "):
            asked("eu")
    with pytest.raises(InputError, match="steps = 1000000000000 is out of range"):
        raw_env(THREE, steps=10**12)


def test_before_the_first_reset_and_after_the_end_that_is_said():
    """In a sentence, also without PettingZoo's own wrapper."""
    talks = raw_env(PIE)
    for ask in (lambda: talks.step(1), lambda: talks.choice(1), lambda: talks.observe("us")):
        with pytest.raises(InputError, match="reset the environment first"):
            ask()
    talks.reset(seed=1)
    while talks.agents:
        agent = talks.agent_selection
        ended = talks.terminations[agent]
        talks.step(None if ended else int(np.flatnonzero(talks.mask(agent))[-1]))
    for ask in (lambda: talks.step(1), lambda: talks.choice(1)):
        with pytest.raises(InputError, match="reset the environment first"):
            ask()


def test_an_illegal_move_can_end_the_game_if_one_wants():
    """PettingZoo's wrapper for it finds the mask where it looks for it."""
    from pettingzoo.utils.wrappers import TerminateIllegalWrapper

    talks = TerminateIllegalWrapper(raw_env(THREE), illegal_reward=-1000.0)
    talks.reset(seed=1)
    agent = talks.agent_selection
    talks.step(0)
    assert talks.terminations[agent] and talks.rewards[agent] == -1000.0


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_a_copy_goes_its_own_way(twin):
    """In the middle of an episode too: the same ahead, and free to differ."""
    talks = raw_env(THREE)
    talks.reset(seed=4)
    talks.step(22)
    talks.step(0)
    other, third = twin(talks), twin(talks)
    rest = [play(each, np.random.default_rng(seed)) for each, seed in ((talks, 1), (other, 1))]
    assert rest[0] == rest[1]
    third.step(2)
    assert third.game.address != talks.game.address


def test_it_tells_what_happens(capsys):
    """As text so far, or printed as it happens; at the end every event has been told once."""
    printing, telling = env(THREE, render_mode="human"), env(THREE, render_mode="ansi")
    for talks in (printing, telling):
        talks.reset(seed=3)
        play(talks, np.random.default_rng(1))
    text = telling.render()
    assert capsys.readouterr().out == f"{text}\n"
    assert "Round 1: the United States makes an offer" in text


def test_without_pettingzoo_it_says_how_to_get_it(monkeypatch):
    """One sentence, as for every extra."""
    monkeypatch.setitem(sys.modules, "pettingzoo", None)
    with pytest.raises(InputError, match=r"pip install 'negotiation\[rl\]'"):
        env(THREE)


def test_the_page_of_the_module_counts_its_numbers():
    """As many numbers as the module's table says."""
    assert f"{len(FEATURES)} numbers" in door.__doc__
