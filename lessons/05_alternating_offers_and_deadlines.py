import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="5. Alternating offers and deadlines")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis import thresholds
    from negotiation.ensemble import Ensemble
    from negotiation.theory import alternating_offers, screening_with_deadline

    tr = kit.words(5)
    scenario = ng.Scenario.load("stockholm-three-issues")
    RUNS = 600  # of each calendar in the second experiment
    FORTNIGHT = 14  # days
    LEFT = 25  # of 100 points, after a refusal in the play
    FIRM = scenario.calendar.horizon  # the firm date of the second experiment
    LAST = (FIRM - scenario.calendar.start).days

    def by_refusing(us, china, offers):
        """What China gets by refusing the first of so many offers, in today's cake."""
        if offers == 1:
            return 0.0
        left = None if offers is None else offers - 1
        return china * alternating_offers(us=china, china=us, rounds=left).us

    def signed(changes):
        """The days on which the negotiations are signed, of those that are."""
        days = Ensemble(scenario.replace(changes)).rows(seed=1, first=0, count=RUNS)["deal_day"]
        return days[days >= 0]


@app.cell(hide_code=True)
def _(lesson):
    kit.begin(lesson)
    return


@app.cell(hide_code=True)
def _(lesson):
    prediction = kit.commitment(lesson.prediction)
    return (prediction,)


@app.cell(hide_code=True)
def _(lesson, prediction):
    opened = kit.predict(lesson, prediction)
    opened
    return (opened,)


@app.cell(hide_code=True)
def _(lesson, opened):
    offers = kit.choose(
        {"1": "1", "2": "2", "3": "3", "6": "6", "endless": tr("no last offer")}, "2",
        tr("How many offers there may be:"),
    )  # fmt: skip
    us_left = mo.ui.slider(
        5,
        95,
        5,
        LEFT,
        label=tr("what a refusal leaves of it for the United States, %"),
        show_value=True,
    )
    china_left = mo.ui.slider(
        5, 95, 5, LEFT, label=tr("what a refusal leaves of it for China, %"), show_value=True
    )
    offer = mo.ui.slider(
        0, 100, 1, 50, label=tr("Washington's first offer to China"), show_value=True
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Play in pairs with 100 points: one is Washington and offers first, in writing. Beijing "
               "accepts, or refuses; then a quarter is left, Beijing offers once, and Washington "
               "accepts or both go home with nothing. Play twice with other partners, **and change "
               "seats for the second time**. Write down every first offer. Then set what you offered "
               "here, and move the rest.")
        ),
        offer,
        offers,
        us_left,
        china_left,
    ])  # fmt: skip
    return china_left, offer, offers, us_left


@app.cell(hide_code=True)
def _(china_left, offer, offers, us_left):
    _many = None if offers.value == "endless" else int(offers.value)
    _bar = 100 * by_refusing(us_left.value / 100, china_left.value / 100, _many)
    _least = int(np.ceil(_bar - 1e-9))
    _verdict = (
        tr("and **accepts**: Washington keeps {kept}.", kept=100 - offer.value)
        if offer.value >= _bar - 1e-9
        else tr("and **refuses**.")
    )
    kit.say(
        tr(
            "A Beijing that thinks it through gets {bar} by refusing, in points of now. It is "
            "offered {offer} {verdict} The least that it would take, in whole points, is "
            "**{least}**: Washington could keep {kept}.",
            bar=f"{_bar:.1f}",
            offer=offer.value,
            verdict=_verdict,
            least=_least,
            kept=100 - _least,
        )
    )
    return


@app.cell(hide_code=True)
def _(lesson, opened, patience):
    _ends = [(n, 100 * alternating_offers(us=0.9, china=0.9, rounds=n).us) for n in range(1, 21)]
    _limit = 100 * alternating_offers(us=0.9, china=0.9).us
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("A **discount factor** `d` says what a unit next round is worth now: 0.9 if a round of "
               "delay costs a tenth. In a game of **alternating offers** whoever refuses makes the "
               "next offer. Solve it from the end (**backward induction**): the last proposer keeps "
               "everything; knowing that, the one before offers just what the other would get by "
               "waiting; and so on to the first offer, which is accepted.")
        ),
        kit.lines(
            {tr("share of the opener"): _ends, tr("no last offer"): [(1, _limit), (20, _limit)]},
            label=tr("Share of the opener by the number of offers, discount factor 0.9: {shares}; "
                     "without a last offer {limit}.", limit=f"{_limit:.1f}",
                     shares=", ".join(f"{n:.0f}: {share:.0f}" for n, share in _ends[:6])),
            x=tr("how many offers there may be"),
            y=tr("share of the opener, %"),
        ),
        kit.say(
            tr("With few offers and little lost by waiting everything turns on who makes the last one: an "
               "odd number favours the opener, an even number the other. With many the share settles at Rubinstein's: with "
               "0.9 for both, {limit}% for the opener.\n\n"
               "- **Patience is power.** If `d` is 0.90 for the United States and 0.95 for China, the "
               "US gets {impatient}%, though it opens.\n"
               "- **An alternative elsewhere counts only if one would rather take it** (the outside "
               "option principle). Exercise 3 is about that.\n"
               "- In the simulation of this package a year's delay costs the United States "
               "{us_delay}% and China "
               "{china_delay}%, both guesses within ranges. "
               "Rubinstein's shares would be {us} and "
               "{china}.",
               limit=f"{_limit:.1f}",
               impatient=f"{100 * alternating_offers(us=0.9, china=0.95).us:.0f}",
               us_delay=f"{100 * (1 - scenario.us.patience.value):.0f}",
               china_delay=f"{100 * (1 - scenario.china.patience.value):.0f}",
               us=f"{100 * patience['shares']['us']:.0f}",
               china=f"{100 * patience['shares']['china']:.0f}")
        ),
        kit.folded(
            tr("Derivation: Rubinstein's shares"),
            tr("Let `x` be what the United States keeps when it proposes, and `y` what China keeps "
               "when China proposes. Each offers what makes the other indifferent between taking it "
               "and proposing a round later:\n\n"
               "```text\n1 - x = d2 y        (China, offered 1 - x, could have y a round later)\n"
               "1 - y = d1 x        (and the other way round)\n```\n\n"
               "Two equations, two unknowns:\n\n"
               "```text\nx = (1 - d2) / (1 - d1 d2)\n```\n\n"
               "Rubinstein (1982) showed that nothing else is subgame perfect, where no offer is the "
               "last. With `d1 = d2 = d` it is `1 / (1 + d)`: the opener's advantage goes to zero as "
               "rounds become short. With discount *rates* `r1`, `r2` and very short rounds the US "
               "gets `r2 / (r1 + r2)`.\n\n"
               "With a last offer (Stahl 1972) start there. One left: `1`. Two: `1 - d`. Three: "
               "`1 - d (1 - d)`. Each line is one minus `d` times the line before."),
        ),
        kit.say(
            tr("But here everybody agrees **at once**, and the delegations in Stockholm did not. What "
               "is missing? Everybody knows everything in this model. A side that does not know what "
               "the other can bear learns it from refusals; and while waiting costs little, there is "
               "little reason to give in before the last day.")
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    before = mo.ui.slider(2, 12, 1, 5, label=tr("offers before the deadline"), show_value=True)
    pairs = mo.ui.slider(100, 2000, 100, 500, label=tr("pairs to draw"), show_value=True)
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**First experiment: a deadline, and one side's limit not known.** China asks a "
               "price. What a deal is worth to the United States is anything from 0 to 1, all equally "
               "likely, and only the United States knows it. It accepts, or waits for a lower price; "
               "after the last offer nothing can be signed. Each round costs both 2%.")
        ),
        before,
        pairs,
    ])  # fmt: skip
    return before, pairs


@app.cell(hide_code=True)
def _(before, pairs):
    plan = screening_with_deadline(rounds=before.value, discount=0.98)
    _worth = np.random.default_rng(1988).random(pairs.value)
    _round = np.array([np.argmax(v >= np.array([*plan.cutoffs, 0.0])) for v in _worth])
    drawn = np.bincount(_round, minlength=before.value + 1)
    _rows = "\n".join(
        f"| {k + 1} | {price:.2f} | {100 * plan.agreements[k]:.0f}% | {drawn[k]} |"
        for k, price in enumerate(plan.prices)
    )
    kit.say(
        tr(
            "| offer | price asked | agree, in theory | of {pairs} drawn |\n"
            "|---|---|---|---|\n{rows}\n"
            "| no deal |  | {no_deal}% | {drawn} |\n\n"
            "Of all agreements **{last_round_share}** fall in the last round: the price "
            "falls slowly, because a low price early would be taken by those who would have paid more. "
            "And many pairs find no agreement, though one would have been good for both.",
            pairs=pairs.value,
            rows=_rows,
            no_deal=f"{100 * plan.no_deal:.0f}",
            drawn=drawn[-1],
            last_round_share=f"{plan.last_round_share:.0%}",
        )
    )
    return drawn, plan


@app.cell(hide_code=True)
def _(called, calendars, late, opened):
    _after = opened  # the prediction comes first
    _edges = np.arange(0, LAST + 2, FORTNIGHT)
    _counts = {name: np.histogram(days, _edges)[0] for name, days in calendars.items()}
    mo.vstack([
        kit.say(
            tr("**Second experiment: the talks of this package.** Two calendars, the same luck. In one "
               "the truce ends on 30 November, day {last}, and with it everything; in the other it "
               "ends then too, but may be put off, and the talks go on to the end of February. There "
               "is no summit, and delegations may sign.",
               last=LAST)
        ),
        kit.lines(
            {
                called[name]: [(edge + FORTNIGHT / 2, n) for edge, n in zip(_edges, counts, strict=False)]
                for name, counts in _counts.items()
            },
            label=tr("Signatures by fortnight, of {runs} negotiations. {counts}",
                     runs=RUNS,
                     counts="; ".join(
                         f"{called[name]}: {', '.join(map(str, n))}" for name, n in _counts.items()
                     )),
            x=tr("days after 28 July"),
            y=tr("signed in the fortnight, of {runs}",
                 runs=RUNS),
        ),
        kit.say(
            tr("Of the deals that are signed by day {last}, **{firm}** come in the "
               "last four weeks where the date is firm and **{put_off}** "
               "where it may be put off. A date that both can move moves what it presses for: instead "
               "of a deal there is an extension.",
               last=LAST, firm=kit.percent(late['firm']),
               put_off=kit.percent(late['put off']))
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    kit.found(lesson, opened)
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    exercises = kit.ask(lesson.exercises)
    kit.exercises(lesson, exercises, opened)
    return (exercises,)


@app.cell(hide_code=True)
def _(exercises, lesson):
    kit.marks(lesson.exercises, exercises)
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    quiz = kit.ask(lesson.quiz)
    kit.quiz(lesson, quiz, opened)
    return (quiz,)


@app.cell(hide_code=True)
def _(lesson, quiz):
    kit.marks(lesson.quiz, quiz)
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    kit.end(lesson, opened)
    return


@app.cell(hide_code=True)
def _():
    # The numbers that the text, exercises and answers speak of.
    patience = thresholds.patience(scenario)
    _firm = {
        "calendar.truce_expires": FIRM.isoformat(), "calendar.summit_from": None,
        "calendar.summit_to": None, "talks.full_powers": 1.0,
    }  # fmt: skip
    calendars = {
        "firm": signed(_firm | {"calendar.horizon": FIRM.isoformat()}),
        "put off": signed(_firm | {"calendar.horizon": "2026-02-28"}),
    }
    called = {"firm": tr("firm date"), "put off": tr("date that may be put off")}
    late = {
        name: float(np.mean(days[days <= LAST] > LAST - 2 * FORTNIGHT))
        for name, days in calendars.items()
    }  # of those signed by the end of the truce, how many in the last four weeks
    return called, calendars, late, patience


@app.cell(hide_code=True)
def _():
    _date = kit.Source(
        "WION, 28 July 2025",
        "https://www.wionews.com/business-economy/"
        "us-china-seek-90-day-trade-ceasefire-in-fresh-round-of-talks-1753680182153",
    )
    _deals = kit.Source(
        "AFP, 28 July 2025, in IndustryWeek",
        "https://www.industryweek.com/the-economy/trade/news/55306008/trumps-first-trade-deals",
    )
    _three = 100 * alternating_offers(us=0.6, china=0.6, rounds=3).us
    _endless = alternating_offers(us=0.8, china=0.9).us
    _bar = 1 - alternating_offers(us=0.9, china=0.9).us
    _play = 100 * alternating_offers(us=LEFT / 100, china=LEFT / 100, rounds=2).us
    lesson = kit.Lesson(
        number=5,
        title=tr("Alternating offers and deadlines"),
        minutes={
            "question": 4, "prediction": 3, "play": 14, "theory": 11, "simulation": 8,
            "exercises": 8, "quiz": 2,
        },
        news=kit.News(
            tr("The truce runs out on 12 August 2025. On 28 July both delegations sit in Stockholm. "
               "What is there to wait for?"),
            tr("Fifteen days are left. Others settled with the United States late too: "
               "its higher tariffs on most partners were to start on 1 August; Japan settled on 22 "
               "July, the European Union on 27 July. Analysts expect that China and the United "
               "States will agree on 90 more days."),
            (_date, _deals),
        ),
        prediction=kit.Prediction(
            tr("Two share 100 points. The first offers; if the second refuses, only {left} are left, and "
               "the second makes one last offer; if that is refused, both get nothing. Both care about "
               "their own points only and think it through. How many does the first keep?", left=LEFT),
            {"half": "50", "between": "62", "theory": f"{_play:.0f}", "all": "99"},
            "theory",
            tr("By refusing, the second gets all of the {left} that are left, as the first "
               "then takes anything. So the first offers {left} and keeps the rest, {play}. Most people who play it "
               "for the first time offer about half: see the teacher's page. What your class offered the "
               "second time, after changing seats, is the more interesting number.",
               left=LEFT, play=f"{_play:.0f}"),
        ),
        exercises=(
            kit.Exercise(
                tr("Of 100 points 60 are left after one refusal and 36 after two; there are **three** "
                   "offers, the first and the third by Washington. How many points does Washington "
                   "keep with its first offer?"),
                tr("Begin at the end: in the third round Washington gets all 36. What does Beijing keep "
                   "in the second?"),
                tr("Third round: Washington 36. Second: Beijing offers 36 of 60 and keeps 24. First: "
                   "Washington offers 24 and keeps **{three}**. As a formula: "
                   "`1 - 0.6 (1 - 0.6)` = 0.76.",
                   three=f"{_three:.0f}"),
                _three, within=0.5, unit=tr("points"),
                mistakes=("64", "40", "60", "62.5"),
            ),
            kit.Exercise(
                tr("There is no last offer. A round of delay leaves the United States 80% and China 90%. "
                   "The United States opens. What share does it get?"),
                tr("Put `d1` = 0.8 and `d2` = 0.9 into `(1 - d2) / (1 - d1 d2)`."),
                tr("`(1 - 0.9) / (1 - 0.72)` = 0.1 / 0.28 = "
                   "**{endless}**. The less patient side gets less, though it opens.",
                   endless=f"{_endless:.3f}"),
                _endless, within=0.005,
                mistakes=("0.5", "0.643", "0.714", "0.1"),
            ),
            kit.Exercise(
                tr("Again no last offer, and 0.9 for both. The United States opens. Now China, as soon as it "
                   "refuses, may also end the talks and sell elsewhere at once. From **what share of the "
                   "cake on** does what it could get elsewhere raise what it is offered?"),
                tr("An option that one would not take moves nothing. What is China offered without one?"),
                tr("Without it China is offered `1 - 1/(1 + 0.9)` = **{bar}** of the cake. An option "
                   "worth less is never taken, so it changes nothing; one worth more has to be matched.",
                   bar=f"{_bar:.3f}"),
                _bar, within=0.005,
                mistakes=("0", "0.526", "0.9", "0.5"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("In a game with one last offer, who gets everything in the *last* round?"),
                {"a": tr("whoever is more patient"), "b": tr("nobody: it is shared"), "c": tr("whoever makes that offer")},
                "c",
                tr("The other can only choose between the offer and nothing. Real people refuse "
                   "insulting offers, and proposers know it."),
            ),
            kit.Question(
                tr("A side becomes more patient. Its share"),
                {"a": tr("rises"), "b": tr("falls"), "c": tr("stays, as all is agreed at once")},
                "a",
                tr("Nobody waits in equilibrium, but what waiting would cost decides what is offered."),
            ),
            kit.Question(
                tr("Why do agreements crowd before a deadline in the first experiment?"),
                {
                    "a": tr("people are lazy"),
                    "b": tr("one side learns the other's limit from refusals, and a low price early "
                       "would give too much away"),
                    "c": tr("the pie grows"),
                },
                "b",
                tr("With all limits known the same game ends in the first round."),
            ),
            kit.Question(
                tr("The deadline may be put off if both agree. There will be"),
                {"a": tr("more extensions and fewer deals at the date"), "b": tr("more deals at the date"),
                 "c": tr("the same, as deadlines do not matter")},
                "a",
                tr("The second experiment shows both; a date presses only as far as it holds."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can solve a short game of offers from its end, say why patience is power, and "
               "explain why agreements come late although theory has them at once."),
            {
                "question": tr("Write 28 July and 12 August on the board. What would you do on 29 July?"),
                "prediction": tr("Everybody commits. Do not discuss 50 against 75 yet."),
                "play": tr("Paper slips for offers. The change of seats is the point: compare first "
                           "offers of the first and of the second time on the board."),
                "theory": tr("Solve two offers together, then three. Rubinstein is for a class that "
                             "likes algebra: open the derivation."),
                "simulation": tr("Ask in which round most agree before you scroll. Then the two "
                                 "calendars: what happens if the date can be moved?"),
                "exercises": tr("Alone, then with a neighbour. The first one at the board."),
                "quiz": tr("Hands for each question."),
            },
            (
                (
                    tr("With 100 pence, then 25, first offers were mostly about half; those who "
                       "had been second movers and then opened mostly offered about 25, as theory says. "
                       "The instructions asked them to maximise their winnings."),
                    kit.Source(
                        "Binmore, Shaked and Sutton 1985", "https://www.jstor.org/stable/1818658"
                    ),
                ),
                (
                    tr("In games of two and three offers about one first offer in six was refused, and "
                       "four in five of those who refused then asked for less than they had been "
                       "offered: they cared about more than their own money."),
                    kit.Source(
                        "Ochs and Roth 1989, American Economic Review 79, 355-384",
                        "https://ideas.repec.org/a/aea/aecrev/v79y1989i3p355-84.html",
                    ),
                ),
                (
                    tr("With a deadline and free talk, agreements crowd in the last seconds, a good part "
                       "of the pairs find none. Changes of the rules moved the terms of the agreements much "
                       "more than their timing."),
                    kit.Source(
                        "Roth, Murnighan and Schoumaker 1988, American Economic Review 78, 806-823",
                        "https://ideas.repec.org/a/aea/aecrev/v78y1988i4p806-23.html",
                    ),
                ),
                (
                    tr("With a single offer (the ultimatum game) openers offer 40 to 50% most often, and "
                       "small offers are often refused."),
                    kit.Source(
                        "Güth, Schmittberger and Schwarze 1982",
                        "https://doi.org/10.1016/0167-2681(82)90011-7",
                    ),
                ),
                (
                    tr("A version of that game for a class, with all that is to be printed and what to discuss."),
                    kit.Source("Dickinson 2002", "https://doi.org/10.1080/00220480209596463"),
                ),
            ),
            (
                (
                    tr("The first to make an offer always has the advantage."),
                    tr("With two offers and little lost by a refusal the second side has it. What counts is "
                       "who makes the last one, and how patient both are."),
                ),
                (
                    tr("A good alternative always gets me more."),
                    tr("Only if I would take it. The other side knows whether I would."),
                ),
                (
                    tr("Theory is refuted, as people offer half."),
                    tr("It is refuted as a description of people who play once, with these payoffs. With "
                       "the refusals that people make, an offer of half may be the best reply."),
                ),
                (
                    tr("An earlier deadline would bring an earlier deal."),
                    tr("If it binds. Both sides can move this one, and then what comes at the date is "
                       "an extension."),
                ),
            ),
            (
                tr("First offers of the first and of the second time as two rows of ticks."),
                tr("The zigzag of the opener's share, hidden from the fourth offer on until they guessed."),
                tr("The picture of the two calendars."),
            ),
            tr("Exercise 1: four points, one for each round and one for the number. Exercise 2: two "
               "points. Exercise 3: three points, two of them for the sentence that an option that is "
               "not taken moves nothing. One point for comparing one's own offers of both times with "
               "theory."),
        ),
        reading=(
            kit.Source("Rubinstein 1982", "https://doi.org/10.2307/1912531"),
            kit.Source(
                "Binmore, Rubinstein and Wolinsky 1986", "https://doi.org/10.2307/2555382"
            ),
            kit.Source(
                "Binmore, Shaked and Sutton 1989, An outside option experiment",
                "https://doi.org/10.2307/2937866",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
