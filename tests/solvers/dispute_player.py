"""Disputes of drawn worlds, played by the choices that the solver says, written apart from it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import njit

from negotiation.randomness import world_key_of
from negotiation.scenario import Scenario
from negotiation.solvers.dispute_chain import END_RATE
from negotiation.solvers.dispute_date import DATE, TERMS, between, weigh_date
from negotiation.solvers.dispute_problem import (
    CUT,
    FULL,
    NODES,
    OUTBREAK,
    PART,
    PEAK,
    STEPS,
    WEEKS,
)
from negotiation.table import Table, draw

EVEN, US_GOT, CHINA_GOT, LAPSED, QUIET, NEVER = 0, 1, 2, 3, 8, 9
RUN = np.dtype([("first", "i8"), ("weeks", "f8"), ("rung", "i8"), ("end", "i8")])


@cache
def table(**changes):
    """The shipped scenario opened, with changes (dots written as double underscores)."""
    more = {name.replace("__", "."): value for name, value in changes.items()}
    return Table(Scenario.load("stockholm-2025").replace(more))


def disputes(count, *, seed=1, **changes):
    """The solved disputes of so many worlds, one after the other in the same memory."""
    records = table(**changes).records()
    for world in range(count):
        draw(records, np.uint64(world_key_of(seed, world)))
        yield records.stakes[0]["dispute"]


@njit
def lay_out(d, t, rung, us, china, terms):
    """Write the terms of a date at exact beliefs."""
    terms.belief[0], terms.belief[1] = us, china
    v, base = d.values[d.ahead, t], NODES * rung
    for s in range(2):
        terms.gain[s] = d.gain[s]
        terms.toll[s] = d.toll_due[s] if t == OUTBREAK else d.toll_in[t, s]
        terms.yes[s] = -d.price[s] - (d.audience[s] if t == OUTBREAK else d.audience_in[t, s])
    for m in range(4):
        for k in range(3):
            a = base + 3 * k
            terms.about_us[k, m, 0] = between(china, d.prior[1], v[m, a], v[m, a + 1], v[m, a + 2])
            a = base + k
            terms.about_china[k, m, 0] = between(us, d.prior[0], v[m, a], v[m, a + 3], v[m, a + 6])


@njit
def chance_of_cut(d, t, us, china):
    """The chance that China cuts, at exact beliefs."""
    ends = np.zeros(3)
    for i in range(3):
        c = d.cut[d.ahead, t]
        ends[i] = between(china, d.prior[1], c[3 * i], c[3 * i + 1], c[3 * i + 2])
    return between(us, d.prior[0], ends[0], ends[1], ends[2])


@njit
def play(d, terms, date, seed, outbreak, runs, check):
    """Play runs of one world; with ``outbreak`` the first date fails whatever is said.

    ``check[kind, player]`` collects what was believed at dates and what came, by kind of date (the
    deadline; to week 12; to week 28; later) and player: number, believed, realised, squares.
    """
    np.random.seed(seed)
    believed, so_far, factor = (
        np.zeros((STEPS + 1, 2)),
        np.zeros((STEPS + 1, 2)),
        np.zeros((STEPS + 1, 2)),
    )
    met = np.zeros(STEPS + 1)
    for run in runs:
        us, china = d.prior[0], d.prior[1]
        resolute = np.array([int(np.random.random() < us), int(np.random.random() < china)])
        c, kept, rung, weeks = np.zeros(2), np.ones(2), FULL, 0.0
        met[:] = 0
        run.first, run.end = LAPSED, NEVER
        for k in range(-1, STEPS):
            t = OUTBREAK if k < 0 else k
            if k >= 0:
                for s in range(2):
                    c[s] -= kept[s] * (d.weight[s, resolute[s]] * d.cost[k, rung, s] + d.lost[k, s])
                    kept[s] *= d.discount[k, s]
                weeks += WEEKS[k]
                if np.random.random() >= d.meet[k, rung]:
                    continue
            lay_out(d, t, rung, us, china, terms)
            weigh_date(d, terms, date)
            met[k + 1] = 1
            for s in range(2):
                believed[k + 1, s] = date.worth[2 * s + resolute[s]]
                so_far[k + 1, s], factor[k + 1, s] = c[s], kept[s]
            lead, asker = (0 if np.random.random() < d.first else 1), -1
            if np.random.random() < date.speaks[lead]:
                asker = lead
            elif np.random.random() < date.replies[1 - lead]:
                asker = 1 - lead
            agreed = True
            if asker >= 0:
                other = 1 - asker
                c[asker] -= kept[asker] * terms.toll[asker]
                agreed = resolute[other] == 0 and np.random.random() < date.gives[other]
                if agreed:
                    c[asker] += kept[asker] * terms.gain[asker]
                    c[other] += kept[other] * terms.yes[other]
            if outbreak and k < 0:
                agreed = False
            if agreed:
                run.end = asker + 1
                if k < 0:
                    run.first = asker + 1
                break
            if not (outbreak and k < 0):  # a lapse that nobody chose teaches nothing
                if asker == 0:
                    china = date.learned[1]
                else:
                    us = date.learned[0]
            if k < 0:
                if not outbreak and np.random.random() < d.quiet:
                    run.end = QUIET
                    break
                u = np.random.random()
                rung = PART if u < d.part else PEAK if u < d.part + d.peak else FULL
            if rung == FULL and np.random.random() < chance_of_cut(d, t, us, china):
                rung = CUT
        if run.end == NEVER:
            for s in range(2):
                week = d.cost[STEPS - 1, rung, s] / WEEKS[STEPS - 1]
                c[s] -= kept[s] * d.weight[s, resolute[s]] * week / END_RATE
        run.weeks, run.rung = weeks, rung
        for k in range(STEPS + 1):
            if met[k] > 0:
                kind = 0 if k == 0 else 1 if k <= 12 else 2 if k <= 18 else 3
                for s in range(2):
                    came = (c[s] - so_far[k, s]) / factor[k, s]
                    cell = check[kind, 2 * s + resolute[s]]
                    cell[0] += 1
                    cell[1] += believed[k, s]
                    cell[2] += came
                    cell[3] += (came - believed[k, s]) ** 2


def played(dispute, runs, *, seed, outbreak=False, check=None):
    """Runs of a dispute as an array of ``RUN``."""
    rows = np.zeros(runs, RUN)
    check = np.zeros((4, 4, 4)) if check is None else check
    play(dispute, np.zeros(1, TERMS)[0], np.zeros(1, DATE)[0], seed, outbreak, rows, check)
    return rows


def first_date(dispute):
    """The deadline at the prior beliefs: a record of ``DATE``."""
    terms, date = np.zeros(1, TERMS), np.zeros(1, DATE)
    lay_out(dispute, OUTBREAK, FULL, *dispute["prior"], terms[0])
    weigh_date(dispute, terms[0], date[0])
    return date[0]


def shares(dispute):
    """How the deadline ends: evenly, the US gets what it asks, China does, it lapses."""
    date = first_date(dispute)
    p, q = dispute["prior"]
    us = date["asked"][0] * (1 - q) * date["gives"][1]
    china = date["asked"][1] * (1 - p) * date["gives"][0]
    return np.array([date["even"], us, china, 1 - date["even"] - us - china])
