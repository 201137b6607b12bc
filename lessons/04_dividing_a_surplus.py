import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="4. Dividing a surplus")

with app.setup:
    from dataclasses import replace

    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation import theory
    from negotiation.ensemble import Ensemble

    tr = kit.words(4)
    scenario = ng.Scenario.load("stockholm-three-issues")
    problem = theory.bargaining_problem(scenario)
    NEEDS = problem.disagreement  # what either delegation has to bring home, $bn a year
    WHOLE = np.array(
        [  # all that is conceded: points of duty, % of the throttle, $bn a year
            abs(issue.full - issue.status_quo) * (100 if issue.kind == "rare_earths" else 1)
            for issue in scenario.issues.values()
        ]
    )
    MOST = tuple(float(most) for most in WHOLE * problem.reach)  # how far each may go
    GOAL = 6.0  # what the deal of the second exercise has to bring both, $bn a year

    def package(points, licences, purchases):
        """A deal as shares of each concession: points of duty, % of the throttle, $bn a year."""
        return np.array([points, licences, purchases]) / WHOLE

    def worth(deal):
        """What a deal is worth to both, $bn a year over the truce."""
        return problem.gains(deal) + np.array(NEEDS)


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
    points, licences, purchases = (
        mo.ui.slider(0, most, step, 0, label=label, show_value=True)
        for most, step, label in zip(
            MOST,
            (0.2, 5, 1),
            (
                tr("fentanyl duty cut by, points"),
                tr("rare-earth throttle lifted by, %"),
                tr("China buys more, $bn a year"),
            ),
            strict=True,
        )
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("**First round, without the page (5 minutes).** Pairs divide $10bn a year. One "
               "proposes, in writing, how much each gets; the other says yes or no; a no leaves both "
               "with nothing. Change seats once.\n\n"
               "**Second round.** Washington moves the first slider, Beijing the other two. Agree on a "
               "deal that brings **both** at least {needs} $bn a year, which is what each needs "
               "to come home with. Then see how far you can raise both at once.",
               needs=f"{NEEDS[0]:.0f}")
        ),
        points,
        licences,
        purchases,
    ])  # fmt: skip
    return licences, points, purchases


@app.cell(hide_code=True)
def _(frontier, licences, points, purchases):
    deal = worth(package(points.value, licences.value, purchases.value))
    _signs = [
        tr("would sign") if value >= need else tr("would go home")
        for value, need in zip(deal, NEEDS, strict=True)
    ]
    mo.vstack([
        kit.say(
            tr("Your deal brings the United States **{deal_us} $bn a year** (it {signs_us}) and "
               "China **{deal_china}** (it {signs_china}).",
               deal_us=f"{deal[0]:+.1f}", signs_us=_signs[0], deal_china=f"{deal[1]:+.1f}",
               signs_china=_signs[1])
        ),
        kit.lines(
            {tr("as much as both can get"): frontier},
            spots={tr("your deal"): deal, tr("what they need"): NEEDS},
            label=tr("As much as both can get, what both need, and your deal at {deal_us} and "
                     "{deal_china}.", deal_us=f"{deal[0]:.1f}", deal_china=f"{deal[1]:.1f}"),
            x=tr("worth to the United States, $bn a year"),
            y=tr("worth to China"),
        ),
    ])  # fmt: skip
    return (deal,)


@app.cell(hide_code=True)
def _(called, lesson, opened, solutions):
    us_needs = mo.ui.slider(
        0.0, 6.0, 0.5, NEEDS[0], label=tr("what Washington needs to come home with, $bn a year"),
        show_value=True,
    )  # fmt: skip
    _rows = "\n".join(
        f"| {called[name]} | {rule} | {solutions[name].us:.2f} | {solutions[name].china:.2f} "
        f"| {WHOLE[0] * solutions[name].package[0]:.1f} |"
        for name, rule in (
            ("Nash", tr("the product of both gains is largest")),
            ("Kalai-Smorodinsky", tr("both get the same share of the most they could hope for")),
            ("egalitarian", tr("both gain the same")),
        )
    )
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("A deal is **efficient** if no other is better for both; these lie on the frontier. What "
               "each gets without a deal is the **disagreement point**; gains count from there. "
               "Efficiency says *not to waste*. It does not say *who gets how much*; for that one "
               "needs a rule of fairness:\n\n"
               "| solution | picks the deal at which | US | China | points cut |\n"
               "|---|---|---|---|---|\n{rows}\n\n"
               "All three lift the throttle and raise the purchases as far as they go, because those "
               "bring Washington more than they cost Beijing. They divide by one number only: how "
               "far the duty falls.",
               rows=_rows)
        ),
        kit.folded(
            tr("Derivation: why the product of gains"),
            tr("Nash asked what a fair arbiter's rule must satisfy. (1) It wastes nothing. (2) It does "
               "not depend on the units of either side's utility. (3) If the problem is symmetric, so "
               "is the answer. (4) Taking away deals that were not chosen changes nothing. There is "
               "exactly one such rule:\n\n"
               "```text\nmaximise (u1 - d1) (u2 - d2)\n```\n\n"
               "Why? Choose units in which `d = (0, 0)` and the best product lies at (1, 1), allowed by "
               "(2). The frontier then lies below the line `u1 + u2 = 2`, which touches it there: a "
               "point above the line, mixed a little with (1, 1), would have a larger product. On the "
               "whole symmetric triangle below the line, (1) and (3) give (1, 1), and by (4) it stays "
               "the answer on the smaller set.\n\n"
               "If what is divided is money `S`, and a dollar is a dollar, then\n\n"
               "```text\nx1 = d1 + (S - d1 - d2) / 2\n```\n\n"
               "Half of the surplus each, *on top of* what it has without a deal. So a better "
               "alternative is worth half of itself at the table."),
        ),
        us_needs,
    ])  # fmt: skip
    return (us_needs,)


@app.cell(hide_code=True)
def _(called, frontier, solutions, us_needs):
    moved = replace(problem, disagreement=(float(us_needs.value), NEEDS[1])).nash()
    mo.vstack([
        kit.say(
            tr("If Washington needs {us_needs}, Nash's deal gives it **{moved_us}** and China "
               "**{moved_china}** (at {needs} it was {nash_us} and "
               "{nash_china}). The duty falls by {cut} points.",
               us_needs=f"{us_needs.value:.1f}", moved_us=f"{moved.us:.2f}",
               moved_china=f"{moved.china:.2f}", needs=f"{NEEDS[0]:.0f}",
               nash_us=f"{solutions['Nash'].us:.2f}", nash_china=f"{solutions['Nash'].china:.2f}",
               cut=f"{WHOLE[0] * moved.package[0]:.1f}")
        ),
        kit.lines(
            {tr("as much as both can get"): frontier},
            spots={called["Nash"]: moved.utilities, tr("what they need"): (us_needs.value, NEEDS[1])},
            label=tr("What both need, at {needs_us} and {needs_china}, and Nash's deal on the "
                     "frontier, at {us} and {china}.",
                     needs_us=f"{us_needs.value:.1f}", needs_china=f"{NEEDS[1]:.1f}",
                     us=f"{moved.us:.1f}", china=f"{moved.china:.1f}"),
            x=tr("worth to the United States, $bn a year"),
            y=tr("worth to China"),
        ),
    ])  # fmt: skip
    return (moved,)


@app.cell(hide_code=True)
def _(lesson, opened):
    sample = mo.ui.slider(200, 2000, 200, 600, label=tr("negotiations to play"), show_value=True)
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("What is signed, if nobody solves a problem but two delegations make offers, each "
               "bound by a mandate, each unsure of the other, while the texts of the issues are still "
               "being written? Every dot is a deal of the model, at what both could expect of it on "
               "the first day.")
        ),
        sample,
    ])  # fmt: skip
    return (sample,)


@app.cell(hide_code=True)
def _(called, frontier, sample, solutions):
    _rows = Ensemble(scenario).rows(seed=1, first=0, count=sample.value)
    _packages = _rows["package"][:, : len(scenario.issues)]
    signed = _packages[(_rows["deal_day"] >= 0) & (_packages.sum(axis=1) > 0)]
    deals = problem.worth(signed)
    issues = float((signed > 0).sum(axis=1).mean())
    mo.vstack([
        kit.lines(
            {tr("as much as both can get"): frontier},
            spots={called["Nash"]: solutions["Nash"].utilities, tr("what they need"): NEEDS},
            cloud=(tr("a simulated deal"), deals),
            label=tr("{deals} simulated deals, on average at {us} and "
                     "{china}, inside the frontier.",
                     deals=len(deals), us=f"{deals[:, 0].mean():.1f}",
                     china=f"{deals[:, 1].mean():.1f}"),
            x=tr("worth to the United States, $bn a year"),
            y=tr("worth to China"),
        ),
        kit.say(
            tr("Of {sample} negotiations **{share}** end with a deal. "
               "On average it is worth {us} and {china} $bn a "
               "year; Nash's would be worth {nash_us} and "
               "{nash_china}. They hold {issues} of the three issues "
               "on average. (A dot beyond the curve is from a world in which more may be conceded: how "
               "far each may go is uncertain, and drawn.) Money is left on the table because a text that is not ready cannot be "
               "signed, and because each side holds back what it might still need.",
               sample=sample.value, share=kit.percent(len(deals) / sample.value),
               us=f"{deals[:, 0].mean():.1f}", china=f"{deals[:, 1].mean():.1f}",
               nash_us=f"{solutions['Nash'].us:.1f}", nash_china=f"{solutions['Nash'].china:.1f}",
               issues=f"{issues:.1f}")
        ),
    ])  # fmt: skip
    return deals, issues, signed


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
    solutions = {
        "Nash": theory.nash_solution(problem),
        "Kalai-Smorodinsky": theory.kalai_smorodinsky(problem),
        "egalitarian": theory.egalitarian(problem),
    }
    called = {
        "Nash": tr("Nash"),
        "Kalai-Smorodinsky": tr("Kalai-Smorodinsky"),
        "egalitarian": tr("egalitarian"),
    }
    frontier = np.array(theory.pareto_frontier(problem, points=31))
    frontier = frontier[(frontier > -6).all(axis=1)]  # nobody looks at the far ends
    pie = theory.Packages(
        [[-20.0], [20.0]], [[0.0], [0.0]], fixed=(20.0, 0.0), disagreement=(6.0, 0.0)
    )
    share = pie.nash().us
    needier = replace(problem, disagreement=(2 * NEEDS[0], NEEDS[1])).nash()
    return called, frontier, needier, share, solutions


@app.cell(hide_code=True)
def _(needier, share, solutions):
    _nash = solutions["Nash"]
    _example = (WHOLE[0] * solutions["egalitarian"].package[0], *MOST[1:])
    _lost = float(_nash.china - needier.china)

    def _both(given):
        """Whether a deal within reach brings both so much."""
        inside = all(0 <= x <= most for x, most in zip(given, MOST, strict=True))
        return inside and min(worth(package(*given))) >= GOAL

    _cuts = [cut for cut in np.arange(0, MOST[0], 0.1) if _both((cut, *MOST[1:]))]
    _gained = needier.us - _nash.us, needier.china - _nash.china
    _still = [abs(one) < 0.05 for one in _gained]
    _came = (
        "nothing"
        if all(_still)
        else "less"
        if _gained[0] < 0
        else "alone"
        if _still[1]
        else "shift"
    )
    lesson = kit.Lesson(
        number=4,
        title=tr("Dividing a surplus"),
        minutes={
            "question": 4, "prediction": 3, "play": 15, "theory": 11, "simulation": 6,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            tr("Washington could cut its fentanyl duty, Beijing could let rare earths flow and buy more. "
               "Both would gain. Which deal would be fair?"),
            tr("Of the 30 points in force in July 2025, 20 were the duty that the United States ties to "
               "fentanyl. China had limited its rare-earth licences to six months in London in June. "
               "And of the extra purchases that it promised in 2020, $200bn in two years, it bought "
               "none. Here these three are all there is on the table."),
            (
                kit.Source(
                    "summary of the Geneva joint statement, 12 May 2025, PortNews",
                    "https://en.portnews.ru/news/376823/",
                ),
                kit.Source(
                    "Alston & Bird, June 2025: US-China framework after London",
                    "https://alstontrade.com/?p=477",
                ),
                kit.Source(
                    "PIIE (Bown) 2022: China bought none of the extra $200 billion",
                    "https://www.piie.com/blogs/realtime-economics/2022/"
                    "china-bought-none-extra-200-billion-us-exports-trumps-trade-deal",
                ),
            ),
        ),
        prediction=kit.Prediction(
            tr("Washington finds a better alternative: from now on it needs twice as much to come home "
               "with. Both know it. What happens to a fair deal?"),
            {
                "nothing": tr("Nothing: fair is fair"),
                "shift": tr("Washington gets more, China less"),
                "alone": tr("Washington gets more, and China's share stays"),
                "less": tr("Washington gets less, because it is greedy"),
            },
            _came,
            tr("Gains count from what each has without a deal. "
               "When Washington needs {twice} instead of {needs}, Nash's deal moves along the frontier "
               "from ({nash_us}, {nash_china}) to ({needier_us}, {needier_china}): "
               "about half of what it needs more, at China's expense.",
               needs=f"{NEEDS[0]:.0f}", twice=f"{2 * NEEDS[0]:.0f}", nash_us=f"{_nash.us:.1f}",
               nash_china=f"{_nash.china:.1f}", needier_us=f"{needier.us:.1f}",
               needier_china=f"{needier.china:.1f}"),
        ),
        exercises=(
            kit.Exercise(
                tr("Two sides divide $20bn a year, and a dollar is a dollar to both. Without a deal the "
                   "first has $6bn from another partner, the second nothing. How much does the **first** "
                   "get by Nash's solution, in $bn?"),
                tr("`x1 = d1 + (S - d1 - d2) / 2`."),
                tr("`6 + (20 - 6)/2` = **{share}**. The second gets {rest}. The other "
                   "partner's 6 are worth 3 more than half of the pie.",
                   share=f"{share:.0f}", rest=f"{20 - share:.0f}"),
                float(share), within=0.01, unit=tr("$bn"), mistakes=("10", "16", "7"),
            ),
            kit.Exercise(
                tr("Find a deal that is worth at least {goal} to **both**. Give points of duty, per cent of "
                   "the throttle, and $bn of purchases, as in 5; 30; 10. Several are right.",
                   goal=f"{GOAL:g}"),
                tr("First go where both gain: what costs Beijing little and brings Washington much? Then "
                   "look for the points that divide it."),
                tr("For instance **{cut}; {licences}; {purchases}**. With both "
                   "of China's concessions as far as they go, a duty cut of {least} to {most} points "
                   "brings both {goal} and more. What little else works lies right beside it.",
                   least=f"{min(_cuts):.1f}", most=f"{max(_cuts):.1f}",
                   cut=f"{_example[0]:.1f}", licences=f"{_example[1]:.0f}",
                   purchases=f"{_example[2]:.0f}", goal=f"{GOAL:g}"),
                _example, unit=tr("points; %; $bn"),
                mistakes=("5; 30; 10", "15; 70; 25", "10.2; 70; 10", "10.2; 35; 25"),
                accepts=_both,
            ),
            kit.Exercise(
                tr("Set what Washington needs from {needs} to {twice} in the theory part. By how much "
                   "does **China's** worth fall in Nash's deal, in $bn a year?",
                   needs=f"{NEEDS[0]:.0f}", twice=f"{2 * NEEDS[0]:.0f}"),
                tr("Subtract the two numbers for China in the sentence below the slider."),
                tr("{nash_china} - {needier_china} = **{lost}**. On a straight frontier it "
                   "would be exactly half of the {needs}; this one bends.", needs=f"{NEEDS[0]:.0f}",
                   nash_china=f"{_nash.china:.2f}", needier_china=f"{needier.china:.2f}",
                   lost=f"{_lost:.2f}"),
                _lost, within=0.02, unit=tr("$bn a year"), mistakes=("2", "1", "0.5", "0"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("A deal is efficient if"),
                {
                    "a": tr("both gain the same"),
                    "b": tr("no other deal is better for both"),
                    "c": tr("the sum of both is largest"),
                },
                "b",
                tr("Many deals are, and some of them are very unequal."),
            ),
            kit.Question(
                tr("Nash's solution makes largest"),
                {
                    "a": tr("the product of both gains over no deal"),
                    "b": tr("the sum of both gains"),
                    "c": tr("the smaller of both gains"),
                },
                "a",
                tr("The sum is the utilitarian solution, the smaller gain the egalitarian one."),
            ),
            kit.Question(
                tr("Measuring China's utility in yuan instead of dollars changes"),
                {
                    "a": tr("Nash's deal"),
                    "b": tr("the egalitarian deal"),
                    "c": tr("both deals"),
                },
                "b",
                tr("A product is largest at the same deal in any unit; equal gains are equal in one."),
            ),
            kit.Question(
                tr("A better alternative elsewhere is worth something at the table"),
                {
                    "a": tr("only if it is taken"),
                    "b": tr("only if it is kept secret"),
                    "c": tr("even if it is never taken"),
                },
                "c",
                tr("It moves the point from which gains count. In lesson 5 only an alternative that is "
                   "better than the deal counts: the two theories differ, and that is worth a debate."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can tell waste from division, compute Nash's solution on a straight frontier, "
               "and say what an alternative is worth."),
            {
                "question": tr("Ask for the three concessions by name, and who would miss each."),
                "prediction": tr("Hands; let one of each camp say why."),
                "play": tr("Five minutes ultimatum on paper: collect all offers and every no. Ten minutes "
                           "with the sliders; stop when the first pair has {goal} for both.",
                           goal=f"{GOAL:g}"),
                "theory": tr("Draw the frontier as a straight line, then derive the half of the surplus. "
                             "Axioms for a class that likes them."),
                "simulation": tr("Ask why the dots lie inside before you say it."),
                "exercises": tr("Exercise 2 in pairs."),
                "quiz": tr("Everybody alone. Question 3 makes a good argument."),
            },
            (
                (
                    tr("The first ultimatum experiment: proposers offer far more than the least possible, "
                       "and unequal offers are refused."),
                    kit.Source(
                        "Güth, Schmittberger and Schwarze 1982",
                        "https://doi.org/10.1016/0167-2681(82)90011-7",
                    ),
                ),
                (
                    tr("Over 75 results of 37 papers proposers offer 40% of the pie on average, and 16% "
                       "of the offers are refused."),
                    kit.Source(
                        "Oosterbeek, Sloof and van de Kuilen 2004",
                        "https://doi.org/10.1023/B:EXEC.0000026978.14316.74",
                    ),
                ),
                (
                    tr("Two divide the tickets of a lottery in which each may win its own prize. If they "
                       "know both prizes they lean to equal money; if each knows its own only, to "
                       "equal tickets, as Nash's solution says."),
                    kit.Source(
                        "Roth and Malouf 1979", "https://doi.org/10.1037/0033-295X.86.6.574"
                    ),
                ),
            ),
            (
                (
                    tr("Efficient means fair."),
                    tr("All of the curve is efficient, its ends too."),
                ),
                (
                    tr("Bargaining is about dividing a pie."),
                    tr("First it is about baking it: two of the three concessions should go to their "
                       "end, whatever the division."),
                ),
                (
                    tr("Half and half is half of everything."),
                    tr("It is half of the surplus over what each has without a deal."),
                ),
                (
                    tr("Whoever says no to a poor offer is irrational."),
                    tr("Refusing costs money, and people pay it: 16% of offers. What they want is not "
                       "only money."),
                ),
            ),
            (
                tr("The class's ultimatum offers as a list, the refused ones struck out."),
                tr("The picture of the play, with the best pair's deal."),
                tr("The picture of the simulation beside it."),
            ),
            tr("Three points each. In 1 one is for the disagreement point; in 2 the deal itself is two "
               "and a sentence on what goes to its end is one; in 3 one is for the sign. One point for "
               "a pair that raised both sides at once and can say how."),
        ),
        reading=(
            kit.Source("Nash 1950, The bargaining problem", "https://doi.org/10.2307/1907266"),
            kit.Source(
                "Kalai and Smorodinsky 1975, Other solutions to Nash's bargaining problem",
                "https://doi.org/10.2307/1914280",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
