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

    scenario = ng.Scenario.load("stockholm-three-issues")
    problem = theory.bargaining_problem(scenario)
    NEEDS = problem.disagreement  # what either delegation has to bring home, $bn a year

    def package(points, licences, purchases):
        """A deal as shares of each concession: points of duty, % of the throttle, $bn a year."""
        return np.array([points / 20, licences / 100, purchases / 50])

    def worth(deal):
        """What a deal is worth to both, $bn a year over the truce."""
        return problem.gains(deal) + np.array(NEEDS)


@app.cell(hide_code=True)
def _(lesson):
    kit.begin(lesson)
    return


@app.cell(hide_code=True)
def _(lesson):
    prediction = kit.ask(lesson.prediction)
    kit.predict(lesson, prediction)
    return (prediction,)


@app.cell(hide_code=True)
def _(lesson, prediction):
    opened = kit.committed(lesson.prediction, prediction)
    opened
    return (opened,)


@app.cell(hide_code=True)
def _(lesson, opened):
    points = mo.ui.slider(0, 15, 0.2, 0, label="fentanyl duty cut by, points", show_value=True)
    licences = mo.ui.slider(0, 70, 5, 0, label="rare-earth throttle lifted by, %", show_value=True)
    purchases = mo.ui.slider(0, 25, 1, 0, label="China buys more, $bn a year", show_value=True)
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            "**First round, without the page (5 minutes).** Pairs divide $10bn a year. One "
            "proposes, in writing, how much each gets; the other says yes or no; a no leaves both "
            "with nothing. Change seats once.\n\n"
            "**Second round.** Washington moves the first slider, Beijing the other two. Agree on a "
            f"deal that brings **both** at least {NEEDS[0]:.0f} $bn a year, which is what each needs "
            "to come home with. Then see how far you can raise both at once."
        ),
        points,
        licences,
        purchases,
    ])  # fmt: skip
    return licences, points, purchases


@app.cell(hide_code=True)
def _(frontier, licences, points, purchases, solutions):
    deal = worth(package(points.value, licences.value, purchases.value))
    _signs = [
        "would sign" if value >= need else "would go home"
        for value, need in zip(deal, NEEDS, strict=True)
    ]
    mo.vstack([
        kit.say(
            f"Your deal brings the United States **{deal[0]:+.1f} $bn a year** (it {_signs[0]}) and "
            f"China **{deal[1]:+.1f}** (it {_signs[1]})."
        ),
        kit.lines(
            {"as much as both can get": frontier},
            spots={"your deal": deal, "what they need": NEEDS}
            | {name: found.utilities for name, found in solutions.items()},
            label=f"The frontier, your deal at {deal[0]:.1f} and {deal[1]:.1f}, and three solutions: "
            + ", ".join(f"{n} {f.us:.1f} and {f.china:.1f}" for n, f in solutions.items()) + ".",
            x="worth to the United States, $bn a year",
            y="worth to China",
        ),
    ])  # fmt: skip
    return (deal,)


@app.cell(hide_code=True)
def _(lesson, opened, solutions):
    us_needs = mo.ui.slider(
        0.0, 6.0, 0.5, NEEDS[0], label="what Washington needs to come home with, $bn a year",
        show_value=True,
    )  # fmt: skip
    _rows = "\n".join(
        f"| {name} | {rule} | {solutions[name].us:.2f} | {solutions[name].china:.2f} "
        f"| {20 * solutions[name].package[0]:.1f} |"
        for name, rule in (
            ("Nash", "the product of both gains is largest"),
            ("Kalai-Smorodinsky", "both get the same share of the most they could hope for"),
            ("egalitarian", "both gain the same"),
        )
    )
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            "A deal is **efficient** if no other is better for both; these lie on the frontier. What "
            "each gets without a deal is the **disagreement point**; gains count from there. "
            "Efficiency says *not to waste*. It does not say *who gets how much*; for that one "
            "needs a rule of fairness:\n\n"
            "| solution | picks the deal at which | US | China | points cut |\n"
            f"|---|---|---|---|---|\n{_rows}\n\n"
            "All three lift the throttle and raise the purchases as far as they go, because those "
            "bring Washington more than they cost Beijing. They divide by one number only: how "
            "far the duty falls."
        ),
        kit.folded(
            "Derivation: why the product of gains",
            "Nash asked what a fair arbiter's rule must satisfy. (1) It wastes nothing. (2) It does "
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
            "alternative is worth half of itself at the table.",
        ),
        us_needs,
    ])  # fmt: skip
    return (us_needs,)


@app.cell(hide_code=True)
def _(solutions, us_needs):
    moved = replace(problem, disagreement=(float(us_needs.value), NEEDS[1])).nash()
    kit.say(
        f"If Washington needs {us_needs.value:.1f}, Nash's deal gives it **{moved.us:.2f}** and China "
        f"**{moved.china:.2f}** (at {NEEDS[0]:.0f} it was {solutions['Nash'].us:.2f} and "
        f"{solutions['Nash'].china:.2f}). The duty falls by {20 * moved.package[0]:.1f} points."
    )
    return (moved,)


@app.cell(hide_code=True)
def _(lesson, opened):
    sample = mo.ui.slider(200, 2000, 200, 600, label="negotiations to play", show_value=True)
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            "What is signed, if nobody solves a problem but two delegations make offers, each "
            "bound by a mandate, each unsure of the other, while the texts of the issues are still "
            "being written? Every dot is a deal of the model, at what both could expect of it on "
            "the first day."
        ),
        sample,
    ])  # fmt: skip
    return (sample,)


@app.cell(hide_code=True)
def _(frontier, sample, solutions):
    _rows = Ensemble(scenario).rows(seed=1, first=0, count=sample.value)
    _packages = _rows["package"][:, : len(scenario.issues)]
    signed = _packages[(_rows["deal_day"] >= 0) & (_packages.sum(axis=1) > 0)]
    deals = problem.worth(signed)
    issues = float((signed > 0).sum(axis=1).mean())
    mo.vstack([
        kit.lines(
            {"as much as both can get": frontier},
            spots={"Nash": solutions["Nash"].utilities, "what they need": NEEDS},
            cloud=("a simulated deal", deals),
            label=f"{len(deals)} simulated deals, on average at {deals[:, 0].mean():.1f} and "
            f"{deals[:, 1].mean():.1f}, inside the frontier.",
            x="worth to the United States, $bn a year",
            y="worth to China",
        ),
        kit.say(
            f"Of {sample.value} negotiations **{len(deals) / sample.value:.0%}** end with a deal. "
            f"On average it is worth {deals[:, 0].mean():.1f} and {deals[:, 1].mean():.1f} $bn a "
            f"year; Nash's would be worth {solutions['Nash'].us:.1f} and "
            f"{solutions['Nash'].china:.1f}. They hold {issues:.1f} of the three issues "
            "on average. (A dot beyond the curve is from a world in which more may be conceded: how "
            "far each may go is uncertain, and drawn.) Money is left on the table because a text that is not ready cannot be "
            "signed, and because each side holds back what it might still need."
        ),
    ])  # fmt: skip
    return deals, issues, signed


@app.cell(hide_code=True)
def _(lesson, opened):
    kit.found(lesson, opened)
    return


@app.cell(hide_code=True)
def _(lesson):
    exercises = kit.ask(lesson.exercises)
    kit.exercises(lesson, exercises)
    return (exercises,)


@app.cell(hide_code=True)
def _(exercises, lesson):
    kit.marks(lesson.exercises, exercises)
    return


@app.cell(hide_code=True)
def _(lesson):
    quiz = kit.ask(lesson.quiz)
    kit.quiz(lesson, quiz)
    return (quiz,)


@app.cell(hide_code=True)
def _(lesson, quiz):
    kit.marks(lesson.quiz, quiz)
    return


@app.cell(hide_code=True)
def _(lesson):
    kit.end(lesson)
    return


@app.cell(hide_code=True)
def _():
    # The numbers that exercises and answers speak of.
    solutions = {
        "Nash": theory.nash_solution(problem),
        "Kalai-Smorodinsky": theory.kalai_smorodinsky(problem),
        "egalitarian": theory.egalitarian(problem),
    }
    frontier = np.array(theory.pareto_frontier(problem, points=31))
    frontier = frontier[(frontier > -6).all(axis=1)]  # nobody looks at the far ends
    pie = theory.Packages(
        [[-20.0], [20.0]], [[0.0], [0.0]], fixed=(20.0, 0.0), disagreement=(6.0, 0.0)
    )
    share = pie.nash().us
    needier = replace(problem, disagreement=(4.0, NEEDS[1])).nash()
    return frontier, needier, share, solutions


@app.cell(hide_code=True)
def _(needier, share, solutions):
    _nash = solutions["Nash"]
    _example = (20 * solutions["egalitarian"].package[0], 70.0, 25.0)
    _lost = float(_nash.china - needier.china)

    def _both(given, least=6.0):
        """Whether a deal within reach brings both so much."""
        inside = all(0 <= x <= most for x, most in zip(given, (15, 70, 25), strict=True))
        return inside and min(worth(package(*given))) >= least

    lesson = kit.Lesson(
        number=4,
        title="Dividing a surplus",
        minutes={
            "question": 4, "prediction": 3, "play": 15, "theory": 11, "simulation": 6,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            "Washington could cut its fentanyl duty, Beijing could let rare earths flow and buy more. "
            "Both would gain. Which deal would be fair?",
            "Of the 30 points in force in July 2025, 20 were the duty that the United States ties to "
            "fentanyl. China had limited its rare-earth licences to six months in London in June. "
            "And of the extra purchases that it promised in 2020, $200bn in two years, it bought "
            "none. Here these three are all there is on the table.",
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
            "Washington finds a better alternative: from now on it needs twice as much to come home "
            "with. Both know it. What happens to a fair deal?",
            (
                "Nothing: fair is fair",
                "Washington gets more, China less",
                "Washington gets more, and China's share stays",
                "Washington gets less, because it is greedy",
            ),
            "**Washington gets more, China less.** Gains count from what each has without a deal. "
            f"When Washington needs 4 instead of {NEEDS[0]:.0f}, Nash's deal moves along the frontier "
            f"from ({_nash.us:.1f}, {_nash.china:.1f}) to ({needier.us:.1f}, {needier.china:.1f}): "
            "about half of what it needs more, at China's expense.",
        ),
        exercises=(
            kit.Exercise(
                "Two sides divide $20bn a year, and a dollar is a dollar to both. Without a deal the "
                "first has $6bn from another partner, the second nothing. How much does the **first** "
                "get by Nash's solution, in $bn?",
                "`x1 = d1 + (S - d1 - d2) / 2`.",
                f"`6 + (20 - 6)/2` = **{share:.0f}**. The second gets {20 - share:.0f}. The other "
                "partner's 6 are worth 3 more than half of the pie.",
                float(share), within=0.01, unit="$bn", mistakes=("10", "16", "7"),
            ),
            kit.Exercise(
                "Find a deal that is worth at least 6 to **both**. Give points of duty, per cent of "
                "the throttle, and $bn of purchases, as in 5; 30; 10. Several are right.",
                "First go where both gain: what costs Beijing little and brings Washington much? Then "
                "look for the points that divide it.",
                f"For instance **{_example[0]:.1f}; {_example[1]:.0f}; {_example[2]:.0f}**. With both "
                "of China's concessions as far as they go, a duty cut of about 10 to 10.4 points "
                "brings both 6 and more. What little else works lies right beside it.",
                _example, unit="points; %; $bn",
                mistakes=("5; 30; 10", "15; 70; 25", "10.2; 70; 10", "10.2; 35; 25"),
                accepts=_both,
            ),
            kit.Exercise(
                "Set what Washington needs from 2 to 4 in the theory part. By how much does **China's** "
                "worth fall in Nash's deal, in $bn a year?",
                "Subtract the two numbers for China in the sentence below the slider.",
                f"{_nash.china:.2f} - {needier.china:.2f} = **{_lost:.2f}**. On a straight frontier it "
                "would be exactly half of the 2; this one bends.",
                _lost, within=0.02, unit="$bn a year", mistakes=("2", "1", "0.5", "0"),
            ),
        ),
        quiz=(
            kit.Question(
                "A deal is efficient if",
                (
                    "both gain the same",
                    "no other deal is better for both",
                    "the sum of both is largest",
                ),
                "no other deal is better for both",
                "Many deals are, and some of them are very unequal.",
            ),
            kit.Question(
                "Nash's solution makes largest",
                (
                    "the product of both gains over no deal",
                    "the sum of both gains",
                    "the smaller of both gains",
                ),
                "the product of both gains over no deal",
                "The sum is the utilitarian solution, the smaller gain the egalitarian one.",
            ),
            kit.Question(
                "Measuring China's utility in yuan instead of dollars changes",
                (
                    "Nash's deal",
                    "the egalitarian deal",
                    "both deals",
                ),
                "the egalitarian deal",
                "A product is largest at the same deal in any unit; equal gains are equal in one.",
            ),
            kit.Question(
                "A better alternative elsewhere is worth something at the table",
                (
                    "only if it is taken",
                    "only if it is kept secret",
                    "even if it is never taken",
                ),
                "even if it is never taken",
                "It moves the point from which gains count. In lesson 5 only an alternative that is "
                "better than the deal counts: the two theories differ, and that is worth a debate.",
            ),
        ),
        teacher=kit.Teacher(
            "Students can tell waste from division, compute Nash's solution on a straight frontier, "
            "and say what an alternative is worth.",
            {
                "question": "Ask for the three concessions by name, and who would miss each.",
                "prediction": "Hands; let one of each camp say why.",
                "play": "Five minutes ultimatum on paper: collect all offers and every no. Ten minutes "
                "with the sliders; stop when the first pair has 6 for both.",
                "theory": "Draw the frontier as a straight line, then derive the half of the surplus. "
                "Axioms for a class that likes them.",
                "simulation": "Ask why the dots lie inside before you say it.",
                "exercises": "Exercise 2 in pairs.",
                "quiz": "Everybody alone. Question 3 makes a good argument.",
            },
            (
                (
                    "The first ultimatum experiment: proposers offer far more than the least possible, "
                    "and unequal offers are refused.",
                    kit.Source(
                        "Güth, Schmittberger and Schwarze 1982",
                        "https://doi.org/10.1016/0167-2681(82)90011-7",
                    ),
                ),
                (
                    "Over 75 results of 37 papers proposers offer 40% of the pie on average, and 16% "
                    "of the offers are refused.",
                    kit.Source(
                        "Oosterbeek, Sloof and van de Kuilen 2004",
                        "https://doi.org/10.1023/B:EXEC.0000026978.14316.74",
                    ),
                ),
                (
                    "Two divide the tickets of a lottery in which each may win its own prize. If they "
                    "know both prizes they lean to equal money; if each knows its own only, to "
                    "equal tickets, as Nash's solution says.",
                    kit.Source(
                        "Roth and Malouf 1979", "https://doi.org/10.1037/0033-295X.86.6.574"
                    ),
                ),
            ),
            (
                (
                    "Efficient means fair.",
                    "All of the curve is efficient, its ends too.",
                ),
                (
                    "Bargaining is about dividing a pie.",
                    "First it is about baking it: two of the three concessions should go to their "
                    "end, whatever the division.",
                ),
                (
                    "Half and half is half of everything.",
                    "It is half of the surplus over what each has without a deal.",
                ),
                (
                    "Whoever says no to a poor offer is irrational.",
                    "Refusing costs money, and people pay it: 16% of offers. What they want is not "
                    "only money.",
                ),
            ),
            (
                "The class's ultimatum offers as a list, the refused ones struck out.",
                "The picture of the play, with the best pair's deal.",
                "The picture of the simulation beside it.",
            ),
            "Three points each. In 1 one is for the disagreement point; in 2 the deal itself is two "
            "and a sentence on what goes to its end is one; in 3 one is for the sign. One point for "
            "a pair that raised both sides at once and can say how.",
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
