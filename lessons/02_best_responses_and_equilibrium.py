import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="2. Best responses and equilibrium")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis.stage_games import mean_stance
    from negotiation.economy.dyads import dyad
    from negotiation.economy.political import best_response, nash_tariffs, political_payoffs

    tr = kit.words(2)
    scenario = ng.Scenario.load("stockholm-2025")
    TRUCE, APRIL = (  # points over 2024, the United States first
        tuple(round(100 * float(one.value)) for one in pair)
        for pair in (
            (scenario.tariffs.us_truce, scenario.tariffs.china_truce),
            (scenario.tariffs.us_peak, scenario.tariffs.china_peak),
        )
    )

    def governments(us_taste, china_taste):
        """Both payoffs, $bn a year, as a function of both tariffs (0.3 is 30 points over 2024)."""
        return political_payoffs(
            dyad(*scenario.regions),
            eps_goods=scenario.economy.elasticity.value,
            deficits=scenario.economy.deficits,
            b=(us_taste, china_taste),
            rho=(scenario.us.revenue_weight.value, scenario.china.revenue_weight.value),
        )

    tastes = mean_stance(scenario)
    HAWK = float(scenario.us.types.stance[-1].value)
    payoffs = governments(*tastes)


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
    us_points = mo.ui.slider(
        0, APRIL[0], 5, TRUCE[0], label=tr("US tariff, points over 2024"), show_value=True
    )
    china_points = mo.ui.slider(
        0, APRIL[1], 5, TRUCE[1], label=tr("China's tariff, points"), show_value=True
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Two students at one screen, one for each capital. The sliders stand at the tariffs of "
               "the truce. In turn, each moves **only its own** slider, to where its own number is "
               "largest. Stop when neither wants to move. Write down every step: it is the path that "
               "counts. Then begin again from {us} and {china} points, the height of April 2025. Do "
               "both paths end at the same place?", us=APRIL[0], china=APRIL[1])
        ),
        us_points,
        china_points,
    ])  # fmt: skip
    return china_points, us_points


@app.cell(hide_code=True)
def _(china_points, us_points):
    here = us_points.value / 100, china_points.value / 100
    _worth = payoffs(*map(np.array, here))
    _best = [best_response(payoffs, side, here[1 - side]) for side in (0, 1)]
    _could = [
        payoffs(*map(np.array, ((_best[0], here[1]), (here[0], _best[1]))[side]))[side]
        for side in (0, 1)
    ]
    _told = [
        tr(
            "**{name}**: {worth} $bn a year against 2024; it could do better alone.",
            name=name,
            worth=f"{worth:+.1f}",
        )
        if could > worth + 0.25
        else tr(
            "**{name}**: {worth} $bn a year against 2024; it would not move.",
            name=name,
            worth=f"{worth:+.1f}",
        )
        for name, worth, could in zip(
            (tr("The United States"), tr("China")), _worth, _could, strict=True
        )
    ]
    kit.say("\n\n".join(_told))
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    taste = mo.ui.slider(
        0.0,
        2.0,
        0.1,
        round(tastes[0], 1),
        label=tr("what protection is worth to Washington, $ per $"),
        show_value=True,
    )
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("A **best response** is the action that is best against a given action of the other. "
               "A pair of actions that are best responses to each other is a **Nash equilibrium**: "
               "nobody can do better by moving alone. It is not said that it is good for anybody, nor "
               "that players find it; only that nothing moves them away from it.\n\n"
               "Each curve below is the best response of one side to every tariff of the other. They "
               "cross at the equilibrium.")
        ),
        taste,
    ])  # fmt: skip
    return (taste,)


@app.cell(hide_code=True)
def _(taste):
    felt = governments(taste.value, tastes[1])
    equilibrium = tuple(100 * rate for rate in nash_tariffs(felt))
    _grid = np.linspace(0, APRIL[0] / 100, 9)
    kit.lines(
        {
            tr("United States"): [(100 * best_response(felt, 0, x), 100 * x) for x in _grid],
            tr("China"): [(100 * x, 100 * best_response(felt, 1, x)) for x in _grid],
        },
        sides=(tr("United States"), tr("China")),
        spots={tr("equilibrium"): equilibrium, tr("April 2025"): APRIL, tr("truce"): TRUCE},
        label=tr(
            "Best responses: they cross at {equilibrium_us} and {equilibrium_china} points.",
            equilibrium_us=f"{equilibrium[0]:.0f}",
            equilibrium_china=f"{equilibrium[1]:.0f}",
        ),
        x=tr("US tariff, points over 2024"),
        y=tr("China's tariff, points"),
    )
    return equilibrium, felt


@app.cell(hide_code=True)
def _(equilibrium, opened, taste):
    opened
    mo.vstack([
        kit.say(
            tr("With {taste} the equilibrium is **{equilibrium_us} points** by the "
               "United States and **{equilibrium_china}** by China. The American curve is almost "
               "upright and the Chinese almost level: what a side likes best hardly depends on what the "
               "other does. So a tariff is not laid "
               "because the other laid one, and {april_us} was not a best response to {april_china}.",
               april_us=APRIL[0], april_china=APRIL[1], taste=f"{taste.value:.1f}", equilibrium_us=f"{equilibrium[0]:.0f}",
               equilibrium_china=f"{equilibrium[1]:.0f}")
        ),
        kit.say(
            tr("Some games have no equilibrium in such **pure** actions. One side checks, the other "
               "hides: whoever is expected to do something surely is better met by the other action. "
               "Then each plays by chance, a **mixed** strategy, and the chances are those that leave "
               "*the other* indifferent.")
        ),
        kit.folded(
            tr("Derivation: why my chances depend on your payoffs"),
            tr("Let Row play its first action with chance `p`. Column gets from its first action "
               "`p b11 + (1-p) b21` and from its second `p b12 + (1-p) b22`. If one were larger, Column "
               "would play it for sure, and Row could use that. So they are equal:\n\n"
               "```text\np = (b22 - b21) / (b11 - b12 - b21 + b22)\n```\n\n"
               "Only Column's payoffs `b` stand here. Raise one of *Row's* payoffs and, in equilibrium, "
               "Row's own chances stay as they are: it is Column that answers. Nash (1950) showed that "
               "every game with finitely many actions has an equilibrium, perhaps a mixed one: the best "
               "responses of all players together map mixtures to mixtures, and such a map, being "
               "closed and convex-valued, has a fixed point (Kakutani)."),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    precision = mo.ui.slider(
        0.0, 10.0, 0.5, 4.0, label=tr("precision of choices, per dollar"), show_value=True
    )
    _rng = np.random.default_rng(7)
    rounds, ends = [], []
    for _ in range(6):
        _at, _steps = tuple(_rng.uniform(0.0, APRIL[0] / 100, 2)), 0
        while _steps < 20:
            _us = best_response(payoffs, 0, _at[1])
            _next = _us, best_response(payoffs, 1, _us)
            _steps += 1
            if max(abs(_next[0] - _at[0]), abs(_next[1] - _at[1])) < 0.005:
                break
            _at = _next
        rounds.append(_steps)
        ends.append(_next)
    _spread = 100 * np.ptp(np.array(ends), axis=0).max()
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**First experiment.** From {ends} random pairs of tariffs both reply in turn. "
               "Every path ends at the same pair, to {spread} points, and after "
               "{rounds} rounds at most it no longer moves by half a point.\n\n"
               "**Second experiment.** People err. In a *logit* equilibrium each action is the "
               "likelier the more it brings against the other's mixture; precision says how strongly. "
               "Goeree and Holt let 50 people play three versions of a game of hide and seek, once. "
               "Only Row's payoff at top left changes, so in Nash equilibrium Row plays *top* half "
               "of the time in all three.",
               ends=len(ends), spread=f"{max(_spread, 0.01):.2f}", rounds=max(rounds))
        ),
        precision,
    ])  # fmt: skip
    return ends, precision, rounds


@app.cell(hide_code=True)
def _(hide_and_seek, precision):
    _observed = {0.80: (48, 48), 3.20: (96, 16), 0.44: (8, 80)}  # percent, as published
    _rows = []
    for _worth, _game in hide_and_seek.items():
        _nash = _game.equilibria()[0]
        _p, _q = ng.theory.quantal_response(_game.A, _game.B, precision=precision.value)
        _rows.append(
            f"| {_worth:.2f} | {kit.brief(_nash.row[0])} | {kit.brief(_p[0])} | {_observed[_worth][0]}% "
            f"| {kit.brief(_nash.column[0])} | {kit.brief(_q[0])} | {_observed[_worth][1]}% |"
        )
    kit.say(
        tr(
            "| Row's payoff, $ | top: Nash | top: logit | top: people | left: Nash | left: logit "
            "| left: people |\n|---|---|---|---|---|---|---|\n{rows}\n\n"
            "Nash is right about Column and wrong about Row. With errors Row's own payoff counts, in the "
            "direction that people show. At no precision does logit reach all three.",
            rows="\n".join(_rows),
        )
    )
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
    # The numbers that exercises and answers speak of.
    hide_and_seek = {
        worth: ng.theory.Game(
            [[worth, 0.4], [0.4, 0.8]],
            [[0.4, 0.8], [0.8, 0.4]],
            ("top", "bottom"),
            ("left", "right"),
        )
        for worth in (0.80, 3.20, 0.44)
    }
    central = tuple(100 * rate for rate in nash_tariffs(payoffs))
    hawk = tuple(100 * rate for rate in nash_tariffs(governments(HAWK, tastes[1])))
    customs = ng.theory.Game(
        [[2, 2], [-4, 4]], [[-6, 0], [3, 0]], ("check", "wave through"), ("smuggle", "stay honest")
    )
    return central, customs, hawk, hide_and_seek


@app.cell(hide_code=True)
def _(central, customs, hawk, hide_and_seek):
    _goeree = kit.Source(
        "Goeree and Holt 2001, Ten little treasures of game theory",
        "https://doi.org/10.1257/aer.91.5.1402",
    )
    _left = hide_and_seek[3.20].equilibria()[0].column[0]
    _mix = customs.equilibria()[0]
    _off = [max(abs(a - b) for a, b in zip(central, one, strict=True)) for one in (TRUCE, (0, 0))]
    _came = (
        "stays" if _off[0] < 1 else "zero" if _off[1] < 1 else
        "climbs" if central[0] >= APRIL[0] and central[1] >= APRIL[1] else "meets"
    )  # fmt: skip
    lesson = kit.Lesson(
        number=2,
        title=tr("Best responses and equilibrium"),
        minutes={
            "question": 4, "prediction": 3, "play": 12, "theory": 12, "simulation": 8,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            tr("On 28 July 2025 the truce held the tariffs at 30 points and 10. If each side were free "
               "to set its own, would either move?"),
            tr("That day both sat down in Stockholm to put the end of the truce off. Without it, Reuters "
               "wrote, US duties would snap back to triple digits, as good as an embargo: in April "
               "they had stood at 145 points, against China's 125. The day before, the European "
               "Union had settled for 15% on its goods; its list of tariffs in answer, on €93bn of US "
               "goods, had been ready for 7 August. Does one side lay a tariff because the other does?"),
            (
                kit.Source(
                    "Reuters, 28 July 2025, in PerthNow",
                    "https://www.perthnow.com.au/news/business/"
                    "us-china-hold-new-talks-on-tariff-truce-in-sweden-c-19505014",
                ),
                kit.Source(
                    "Caliber.Az, 23 July 2025: EU consolidates €93 billion tariff package",
                    "https://caliber.az/en/post/"
                    "eu-consolidates-93-billion-tariff-retaliation-package-against-us",
                ),
                kit.Source(
                    "PIIE, US-China trade war tariffs: an up-to-date chart (2025)",
                    "https://www.piie.com/research/piie-charts/2019/"
                    "us-china-trade-war-tariffs-date-chart",
                ),
            ),
        ),
        prediction=kit.Prediction(
            tr("From the truce's {us} and {china} points on, each side in turn sets the tariff that is "
               "best for itself, given the other's. Where does it end?", us=TRUCE[0], china=TRUCE[1]),
            {
                "stays": tr("Where it is: nobody moves"),
                "climbs": tr("Back at {us} and {china} points or beyond: each answers the other",
                             us=APRIL[0], china=APRIL[1]),
                "meets": tr("Near {us} and {china} points, and so it would from any other start",
                            us=f"{central[0]:.0f}", china=f"{central[1]:.0f}"),
                "zero": tr("At zero for both: each rewards the other"),
            },
            _came,
            tr("At {us} and {china} points, with the tastes for protection that the scenario takes as "
               "likely; from April's {april_us} and {april_china} too. Beyond that a side's own tariff "
               "costs it more than it takes from the other; below that, raising it would still pay. "
               "So the truce is no equilibrium of this game: Beijing holds its tariff lower than it "
               "would like best. What makes it do so is the subject of lesson 6.",
               us=f"{central[0]:.0f}", china=f"{central[1]:.0f}", april_us=APRIL[0],
               april_china=APRIL[1]),
        ),
        exercises=(
            kit.Exercise(
                tr("Hide and seek with Row's payoff 3.20: Row gets 3.20 at top left, 0.80 at bottom "
                   "right, else 0.40; Column gets 0.80 where Row gets 0.40, else 0.40. With which chance "
                   "does **Column** play *left* in equilibrium?"),
                tr("Column's chance makes Row indifferent: `3.2 q + 0.4 (1-q) = 0.4 q + 0.8 (1-q)`."),
                tr("`2.8 q = 0.4 (1-q)`, so `q = 0.4/3.2` = **{left}**. Row plays *top* with 1/2, "
                   "as in the other versions.",
                   left=f"{_left:.3f}"),
                float(_left), within=0.003, mistakes=("0.5", "0.875", "1/7"),
            ),
            kit.Exercise(
                tr("In the theory part, set what protection is worth to Washington to {taste}, the "
                   "hawk of the scenario. At which pair of tariffs, in points, do the curves cross "
                   "now? (First the United States, then China.)", taste=f"{HAWK:g}"),
                tr("The sentence below the picture says it. Which curve has moved, and which has not?"),
                tr("At **{hawk_us}** and **{hawk_china}** points. Only the American curve has moved, "
                   "to the right; China's tariff is what it was, because its curve is flat. A US hawk "
                   "wants about the {truce} points of the truce.",
                   truce=round(100 * float(scenario.tariffs.us_truce.value)),
                   hawk_us=f"{hawk[0]:.0f}", hawk_china=f"{hawk[1]:.0f}"),
                (float(hawk[0]), float(hawk[1])), within=1.0, unit=tr("points"),
                mistakes=(
                    "; ".join(f"{one:.0f}" for one in central), "; ".join(map(str, TRUCE)),
                    f"{hawk[1]:.0f}; {hawk[0]:.0f}",
                ),
            ),
            kit.Exercise(
                tr("Customs looks for smuggled rare earths: it checks or "
                   "waves through; a trader smuggles or stays honest. Customs gets 2 whenever it checks, "
                   "-4 if it waves a smuggler through, 4 if it waves an honest trader through. The "
                   "trader gets -6 if caught, 3 if not, and 0 if honest. (The numbers are made up.) How "
                   "often does customs check in equilibrium?"),
                tr("Its chance of checking makes the *trader* indifferent: `-6 p + 3 (1-p) = 0`."),
                tr("`9 p = 3`, so it checks with **1/3** ({row_us}), and the trader smuggles "
                   "with {column_us}. A higher fine lowers the checking, not the smuggling: "
                   "the smuggling depends on what customs gets.",
                   row_us=f"{_mix.row[0]:.3f}", column_us=f"{_mix.column[0]:.2f}"),
                float(_mix.row[0]), within=0.005, mistakes=("0.25", "1/2", "2/3", "1"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("In a Nash equilibrium"),
                {
                    "a": tr("nobody can do better by changing alone"),
                    "b": tr("both get as much as possible together"),
                    "c": tr("each plays a dominant action"),
                },
                "a",
                tr("Together they might do much better, as in a prisoner's dilemma."),
            ),
            kit.Question(
                tr("In the tariff game one best-response curve is almost upright, the other almost level. So"),
                {
                    "a": tr("retaliation is what keeps tariffs low"),
                    "b": tr("each side's best tariff hardly depends on the other's"),
                    "c": tr("there are many equilibria"),
                },
                "b",
                tr("What the other's tariff changes is how much both get, not what is best."),
            ),
            kit.Question(
                tr("In a mixed equilibrium a player mixes so that"),
                {
                    "a": tr("its own payoff is largest"),
                    "b": tr("it is indifferent itself"),
                    "c": tr("the other is indifferent"),
                },
                "c",
                tr("It is indifferent too, but that is the other's doing."),
            ),
            kit.Question(
                tr("Row's payoff at one action is quadrupled in hide and seek. In Nash equilibrium"),
                {
                    "a": tr("Row plays that action more often"),
                    "b": tr("Row plays it as often, and Column makes it rarer that it pays"),
                    "c": tr("there is no equilibrium any more"),
                },
                "b",
                tr("People, however, played it nearly always: 96 of 100."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can find best responses, recognise an equilibrium, compute a mixed one, and "
               "know where people depart from it."),
            {
                "question": tr("Write 30/10 on the board, and 145/125 for April. Who would rather have another "
                               "number?"),
                "prediction": tr("Hands for each answer; keep the tally."),
                "play": tr("Pairs. Each may touch its own slider only. Collect where pairs ended."),
                "theory": tr("Draw the two curves by hand first: ask for one point of each. Then open "
                             "the picture and move the taste."),
                "simulation": tr("Let them guess Row's 96% before the table is read."),
                "exercises": tr("Exercise 3 first for those who like algebra, exercise 2 for others."),
                "quiz": tr("Everybody alone."),
            },
            (
                (
                    tr("With equal payoffs 48% of 50 people played *top*, as Nash says; with one payoff "
                       "of Row raised to 3.20 it was 96%, lowered to 0.44 it was 8%, though Nash says "
                       "one half each time. Columns moved as predicted."),
                    _goeree,
                ),
                (
                    tr("Logit equilibrium, in which costly errors are rarer, orders many such results; "
                       "it was proposed for laboratory data."),
                    kit.Source("McKelvey and Palfrey 1995", "https://doi.org/10.1006/game.1995.1023"),
                ),
            ),
            (
                (
                    tr("An equilibrium is where both are content."),
                    tr("It is where nobody gains by moving *alone*. China would gladly move with "
                       "the other."),
                ),
                (
                    tr("They lay tariffs because the other does."),
                    tr("Look at the curves: the best response to zero is nearly that to {april}.",
                       april=APRIL[1]),
                ),
                (
                    tr("If my payoff from an action rises I should play it more often."),
                    tr("Against somebody who never errs and knows it, no: the derivation has only the "
                       "other's payoffs. Against people, yes, as Goeree and Holt show."),
                ),
            ),
            (
                tr("The play with both sliders at the truce, then at {us} and {china}.",
                   us=APRIL[0], china=APRIL[1]),
                tr("The best-response picture, and the class's own end points as crosses on it."),
                tr("The table of hide and seek with the columns *people* covered."),
            ),
            tr("Three points an exercise. In 1 and 3 one of them is for setting the *other* player "
               "indifferent, even if the arithmetic fails. In 2 one is for saying which curve moved. A "
               "tenth point for a path of the play that is written down and ends at a best response."),
        ),
        reading=(
            kit.Source("Nash 1950, The bargaining problem", "https://doi.org/10.2307/1907266"),
            kit.Source(
                "Nash 1950, Equilibrium points in n-person games",
                "https://doi.org/10.1073/pnas.36.1.48",
            ),
            kit.Source(
                "Johnson 1953, Optimum tariffs and retaliation", "https://doi.org/10.2307/2296006"
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
