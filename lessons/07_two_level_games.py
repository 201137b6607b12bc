import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="7. Two-level games and ratification")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis.first_day import bargaining_problem, first_day
    from negotiation.analysis.thresholds import passing_chance
    from negotiation.ensemble import Ensemble
    from negotiation.outcome import EVENTS
    from negotiation.rules.home import group_support
    from negotiation.scenario import MAX_ISSUES
    from negotiation.theory import agreement_chance, ratified_split, win_sets

    tr = kit.words(7)
    scenario = ng.Scenario.load("stockholm-three-issues")
    problem = bargaining_problem(scenario)
    world = first_day(scenario)[0]
    RUNS = 1000  # of each threshold in the second experiment

    def support(side, group, package):
        """The share of a group that is for a package."""
        whole = np.zeros(MAX_ISSUES)
        whole[: len(package)] = package
        return float(group_support(world, side, group, whole))

    def tied(need, drawn):
        """Signed or not, and what the US gets of 100, if China needs what was drawn."""
        fits = [win_sets(us=need, china=other, size=100).agree for other in drawn]
        got = [
            ratified_split(us=need, china=other, size=100).us if fit else 0.0
            for fit, other in zip(fits, drawn, strict=True)
        ]
        return np.array(fits), np.array(got)


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
    moves = mo.ui.array([
        mo.ui.slider(0, 100, 5, start, label=label, show_value=True)
        for label, start in (
            (tr("United States: how much of the fentanyl tariff goes, %"), 30),
            (tr("China: how much of the hold on rare-earth licences goes, %"), 50),
            (tr("China: purchases, % of $50bn a year more"), 50),
        )
    ])  # fmt: skip
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Groups of four: two negotiators, each with a **home** behind them. Home writes a secret "
               "number from 0 to 60 on a slip: so many of 100 points are needed, or it will not ratify. "
               "Only its own negotiator sees it, and may show it, or claim anything. Five minutes to "
               "agree on a division; then both homes vote by their slips. Play twice: the second time the "
               "United States must **show** its slip at the start.\n\n"
               "Then build a package of the three issues of Stockholm, and look at both homes.")
        ),
        *moves,
    ])  # fmt: skip
    return (moves,)


@app.cell(hide_code=True)
def _(moves):
    _package = np.array([value / 100 for value in moves.value])
    _gains = problem.gains(_package)
    _lines = []
    for _side, (_name, _delegation) in enumerate(
        ((tr("United States"), scenario.us), (tr("China"), scenario.china))
    ):
        _groups = list(_delegation.constituencies.items())
        _for = [support(_side, k, _package) for k in range(len(_groups))]
        _told = kit.in_list(
            f"{kit.data(group.replace('_', ' '))} {share:.0%}"
            for (group, _), share in sorted(
                zip(_groups, _for, strict=True), key=lambda pair: -pair[1]
            )
        )
        _whole = np.average(_for, weights=[group.weight.value for _, group in _groups])
        _lines.append(
            f"| {_name} | {_gains[_side]:+.1f} | {_told} | {_whole:.0%} "
            f"| {_delegation.ratification.value:.0%} "
            f"| {kit.brief(passing_chance(world, _side, _package))} |"
        )
    kit.say(
        tr(
            "| side | gain over its need, $bn a year | for it at home | together | needed | passes |\n"
            "|---|---|---|---|---|---|\n{lines}",
            lines="\n".join(_lines),
        )
    )
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    us_needs = mo.ui.slider(0, 100, 5, 30, label=tr("the US needs, of 100"), show_value=True)
    china_needs = mo.ui.slider(0, 100, 5, 20, label=tr("China needs, of 100"), show_value=True)
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("**Level I** is the table of the negotiators, **level II** is home, which has to ratify. "
               "The **win-set** of a side is all that its home would let pass. A deal exists only where "
               "both win-sets overlap (Putnam 1988). Say that 100 are divided and that what neither home "
               "needs is split evenly:")
        ),
        us_needs,
        china_needs,
    ])  # fmt: skip
    return china_needs, us_needs


@app.cell(hide_code=True)
def _(china_needs, opened, us_needs):
    opened
    _sets = win_sets(us=us_needs.value, china=china_needs.value, size=100)
    if _sets.agree:
        _split = ratified_split(us=us_needs.value, china=china_needs.value, size=100)
        _told = tr(
            "The US may get anything from {lowest} to {highest}. Split evenly, it gets **{us}** and "
            "China **{china}**.",
            lowest=f"{_sets.lowest:.0f}",
            highest=f"{_sets.highest:.0f}",
            us=f"{_split.us:.1f}",
            china=f"{_split.china:.1f}",
        )
    else:
        _told = tr("**No deal**: together both homes need more than there is.")
    mo.vstack([
        kit.say(_told),
        kit.say(
            tr("A smaller win-set makes a deal **less likely**, and, where there is one, **better for "
               "its owner**. That is Schelling's paradox of weakness: *my parliament would never let me* "
               "is a strength at the table. Three things limit it:\n\n"
               "- it has to be believed, so it has to be seen, or costly to undo;\n"
               "- tied too tightly, nothing is left to agree on;\n"
               "- if both tie their hands without knowing of each other, they may end with nothing that "
               "both homes accept: **involuntary defection**, if it is signed and then fails at home. "
               "Iida (1993) showed that where negotiators do not know their own home exactly, ratification "
               "may fail, and where they do, it does not.")
        ),
        kit.folded(
            tr("Derivation: how tightly to tie one's hands"),
            tr("100 are divided; the United States lets itself be bound to `a`; China's need `c` is "
               "anything from 0 to 100, all equally likely. They agree if `c <= 100 - a`, and the United "
               "States gets `a + (100 - a - c)/2 = (100 + a - c)/2`. Each point of `a` is worth half a "
               "point **if** they agree. On average, in units of 100,\n\n"
               "```text\nU(a) = integral from 0 to 1-a of (1 + a - c)/2 dc = (1 - a)(1 + 3a)/4\n```\n\n"
               "The slope is `(2 - 6a)/4`: zero at `a = 1/3`. A side that needs nothing does best if it is "
               "bound to a third. It then gets a third on average instead of a quarter (over all cases, "
               "agreed or not), and agreement fails in a third of the cases. China, and both "
               "together, would rather that it were not bound."),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    bound = mo.ui.slider(
        0, 100, 5, 35, label=tr("the US is bound to at least, of 100"), show_value=True
    )
    draws = mo.ui.slider(200, 1000, 200, 400, label=tr("needs of China to draw"), show_value=True)
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**First experiment.** China's need is drawn, anything from 0 to 100. How tightly should "
               "the United States let itself be bound, if nothing at home really needs it?")
        ),
        bound,
        draws,
    ])  # fmt: skip
    return bound, draws


@app.cell(hide_code=True)
def _(bound, draws):
    _drawn = np.random.default_rng(1988).uniform(0, 100, draws.value)
    _signed, _got = tied(bound.value, _drawn)
    _expected = {float(a): float(np.mean(tied(a, _drawn)[1])) for a in range(0, 101, 10)}
    mo.vstack([
        kit.say(
            tr("Bound to {bound}: **{share}** of {draws} talks end with a "
               "deal, and the United States gets {of_a_deal} in "
               "those, so **{over_all}** on average over all.",
               bound=bound.value, share=kit.percent(_signed.mean()), draws=draws.value,
               of_a_deal=f"{_got[_signed].mean() if _signed.any() else 0.0:.1f}",
               over_all=f"{_got.mean():.1f}")
        ),
        kit.lines(
            {tr("on average over all talks"): _expected.items()},
            label=tr("What the US gets on average, by what it is bound to: {worth}",
                     worth=kit.in_list(f"{a:.0f}: {worth:.0f}" for a, worth in _expected.items())),
            x=tr("bound to at least"),
            y=tr("average of the United States"),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(opened, thresholds):
    opened
    _rows = "\n".join(
        f"| {needed:.0%} | {kit.brief(told['deals'])} | {told['us']:+.1f} | {told['china']:+.1f} "
        f"| {told['deals'] * told['us']:+.2f} |"
        for needed, told in thresholds.items()
    )
    kit.say(
        tr(
            "**Second experiment: the talks of this package.** Support at home that a package needs in "
            "the United States is set, in China it is uncertain around "
            "{ratification}. {runs} negotiations each, under the same luck; "
            "gains in $bn a year of what was signed:\n\n"
            "| US home needs | deals | US, of a deal | China, of a deal | US, over all |\n"
            "|---|---|---|---|---|\n{rows}\n\n"
            "Nobody typed the paradox in. It follows from delegations that draft what would pass at both "
            "homes: a demanding home shifts the draft its way, and where it asks for much fewer drafts are "
            "signed. Each share is known to about {error} either way. The gains "
            "are those of the deals that are signed, so they also tell *which* are: do not read every "
            "step of a column as an effect.",
            ratification=f"{scenario.china.ratification.value:.0%}",
            runs=RUNS,
            rows=_rows,
            error=f"{1.96 * 0.5 / RUNS**0.5:.0%}",
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
    # The second experiment: the threshold at home in the US, all else as it was.
    thresholds = {}
    for _needed in (0.30, 0.45, 0.60):
        _rows = Ensemble(scenario.replace({"us.ratification": _needed})).rows(
            seed=1, first=0, count=RUNS
        )
        _standing = _rows["deal_day"] >= 0
        _gain = _rows["yearly_gain"][_standing].mean(axis=0)
        thresholds[_needed] = {
            "deals": float(_rows["events"][:, EVENTS.index("deal")].mean()),
            "us": float(_gain[0]),
            "china": float(_gain[1]),
        }
    return (thresholds,)


@app.cell(hide_code=True)
def _():
    _afp = kit.Source(
        "AFP, 30 July 2025, in Hürriyet Daily News",
        "https://www.hurriyetdailynews.com/trump-has-final-call-on-china-trade-truce-says-greer-212014",
    )
    _approval = kit.Source(
        "The High Street Journal, 30 July 2025",
        "https://thehighstreetjournal.com/"
        "us-china-talks-yield-progress-but-truce-extension-awaits-trumps-approval",
    )
    _share = ratified_split(us=40, china=10, size=100)
    _chance = agreement_chance(us=(0.5, 1.0), china=(0.0, 1.0))
    _bounds = np.linspace(0, 1, 301)
    _average = [  # exact: the average over needs below 1 - a is what it is at their middle
        agreement_chance(us=(a, a + 1e-6), china=(0.0, 1.0))
        * ratified_split(us=a, china=(1 - a) / 2).us
        for a in _bounds
    ]
    _best = float(_bounds[int(np.argmax(_average))])
    _shown = ratified_split(us=30, china=0, size=100).us
    lesson = kit.Lesson(
        number=7,
        title=tr("Two-level games and ratification"),
        minutes={
            "question": 4, "prediction": 3, "play": 15, "theory": 10, "simulation": 8,
            "exercises": 8, "quiz": 2,
        },
        news=kit.News(
            tr("On 29 July 2025 the Treasury Secretary leaves the table in Stockholm and says that "
               "nothing is agreed until the President has spoken. Does that weaken his hand?"),
            tr("After two days both delegations want to extend the truce that ends on 12 August. The US "
               "Trade Representative says that the President has the final call. The Chinese side's "
               "negotiator speaks of an extension as common ground. Behind both stand those who would "
               "have to live with it: farmers and protected industries, export provinces and "
               "the ministry that gives rare-earth licences."),
            (_afp, _approval),
        ),
        prediction=kit.Prediction(
            tr("100 are to be divided, and usually two negotiators split evenly what neither home needs. "
               "Now everybody knows that the US home lets nothing below 30 pass; China's home needs "
               "nothing. What does the US get?"),
            {
                "less": tr("{us}: it is the weaker side now", us=f"{100 - _shown:.0f}"),
                "same": tr("50, as before"),
                "more": f"{_shown:.0f}",
                "nothing": tr("Nothing: the talks fail"),
            },
            "more" if _shown > 50 else "less",
            tr("The 30 are off the table, and the 70 that are left are split: 30 + 35 = {shown}. "
               "Needing more at home brought more abroad. But had China's home needed more than 70, there "
               "would have been no deal at all.",
               shown=f"{_shown:.0f}"),
        ),
        exercises=(
            kit.Exercise(
                tr("The US home needs 40 of 100, China's home 10. What is left is split evenly. What does "
                   "the **United States** get?"),
                tr("What is left is 50."),
                tr("40 + (100 - 40 - 10)/2 = **{share_us}**; China gets {share_china}. Each "
                   "point more that the US home needs shifts half a point.",
                   share_us=f"{_share.us:.0f}", share_china=f"{_share.china:.0f}"),
                float(_share.us), within=0.01, unit=tr("points"),
                mistakes=("40", "50", "60", "75"),
            ),
            kit.Exercise(
                tr("Neither side knows the other's home. China's need is anything from 0 to 100 and that "
                   "of the United States anything from **50** to 100, all equally likely. With what "
                   "probability is there any division that both homes ratify?"),
                tr("Draw the rectangle of both needs and the line on which they sum to 100. Which part of "
                   "the rectangle lies below it?"),
                tr("The rectangle is 50 by 100; below the line lies a triangle with sides 50 and 50: "
                   "1250 of 5000, so **{chance}**. With 0 to 100 for both it would be 1/2.",
                   chance=f"{_chance:.2f}"),
                _chance, within=0.005,
                mistakes=("0.5", "0.75", "0.125", "1/3"),
            ),
            kit.Exercise(
                tr("China's need is anything from 0 to 100 points. The US home needs nothing, but the US can "
                   "let itself be bound to `a` points at least, and this is seen. Which `a` brings the US "
                   "most **on average**, talks without a deal counted as 0? (Use the first experiment, or "
                   "the derivation.)"),
                tr("With the chance `1 - a/100` there is a deal, and then the US gets `(100 + a - c)/2`, "
                   "where `c` is on average the middle of 0 and `100 - a`."),
                tr("In units of 100 the average is `(1 - a)(1 + 3a)/4`, largest at a = 1/3: **{best} "
                   "points**. Anything from 30 to 36 (or 0.30 to 0.36) is accepted, as a curve is flat at its top.",
                   best=f"{100 * _best:.0f}"),
                100 * _best, unit=tr("points"),
                mistakes=("50", "0", "25", "67"),
                accepts=lambda given: 30 <= given[0] <= 36 or 0.3 <= given[0] <= 0.36,
            ),
        ),
        quiz=(
            kit.Question(
                tr("A side's win-set is"),
                {
                    "a": tr("what it would like best"),
                    "b": tr("all agreements that its home would ratify"),
                    "c": tr("what it has won so far"),
                },
                "b",
                tr("A deal needs a point in both win-sets."),
            ),
            kit.Question(
                tr("A side's home becomes harder to please, and everybody knows it. Then"),
                {
                    "a": tr("deals become rarer, and better for that side where there are any"),
                    "b": tr("deals become rarer and worse for that side"),
                    "c": tr("nothing changes"),
                },
                "a",
                tr("Half of each further need is won abroad, as long as the win-sets overlap."),
            ),
            kit.Question(
                tr("A negotiator signs in good faith, and parliament says no. Putnam calls that"),
                {"a": tr("voluntary defection"), "b": tr("cheap talk"), "c": tr("involuntary defection")},
                "c",
                tr("The other side cannot easily tell it from a trick, which is why it hurts trust."),
            ),
            kit.Question(
                tr("A negotiator claims a strict home, and nobody can check it. The claim is worth"),
                {
                    "a": tr("as much as a real one"),
                    "b": tr("little: whoever has an easy home would say the same"),
                    "c": tr("more, as it surprises"),
                },
                "b",
                tr("To bind, it has to be seen, or costly to undo."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can say when a deal exists at both levels, why a difficult home is a strength, and "
               "what that strength costs."),
            {
                "question": tr("Read the news aloud. Ask for hands: weaker or stronger?"),
                "prediction": tr("Everybody commits; tally."),
                "play": tr("Fours; five minutes a round. Collect: agreed or not, division, both slips. "
                           "Compare the round with the shown slip. Last three minutes: the package on the page."),
                "theory": tr("Draw the line from 0 to 100 with both win-sets. Move one end."),
                "simulation": tr("Ask for the best binding before you scroll. Then the table of the talks: "
                                 "what does the US gain by each deal, and what does it lose in deals?"),
                "exercises": tr("The rectangle of the second one at the board."),
                "quiz": tr("Hands for each question."),
            },
            (
                (
                    tr("Negotiators who were watched by the one they spoke for used more threats and "
                       "fixed positions, and both sides got less."),
                    kit.Source(
                        "Carnevale, Pruitt and Britton 1979",
                        "https://doi.org/10.1177/014616727900500126",
                    ),
                ),
                (
                    tr("Having to answer to somebody made for tougher talk and smaller joint gains when "
                       "they met face to face; with a barrier between them it did not."),
                    kit.Source(
                        "Carnevale, Pruitt and Seilheimer 1981",
                        "https://doi.org/10.1037/0022-3514.40.1.111",
                    ),
                ),
                (
                    tr("In ultimatum games proposers got more when a delegate made the offer, though the "
                       "delegate could not be bound."),
                    kit.Source(
                        "Fershtman and Gneezy 2001", "https://doi.org/10.2307/2696414"
                    ),
                ),
            ),
            (
                (
                    tr("A strong leader at home is strong abroad."),
                    tr("A leader who can sign anything can be asked for anything. The one who cannot is "
                       "offered what passes."),
                ),
                (
                    tr("So it is always good to be bound."),
                    tr("Only up to a point: the first experiment falls from a third on, and if both do it "
                       "nothing may be left."),
                ),
                (
                    tr("Ratification is a matter for democracies."),
                    tr("Putnam means anybody whose consent is needed: a ministry, a party, a leader, a "
                       "market. In the model both sides have constituencies."),
                ),
                (
                    tr("If it fails at home, they never meant it."),
                    tr("It may be involuntary: who signs may not know exactly what passes."),
                ),
            ),
            (
                tr("The line of 100 with both win-sets, drawn by hand."),
                tr("The table of the play's groups at home for the package of the class."),
                tr("The table of the second experiment, the column *US, of a deal* covered at first."),
            ),
            tr("Exercise 1: two points. Exercise 2: three, one for the picture. Exercise 3: three for a "
               "number with a reason, by experiment or by calculus. Two points for a sentence that says "
               "what a small win-set brings **and** what it costs."),
        ),
        reading=(
            kit.Source("Putnam 1988", "https://doi.org/10.1017/S0020818300027697"),
            kit.Source(
                "Iida 1993, When and how do domestic constraints matter?",
                "https://doi.org/10.1177/0022002793037003001",
            ),
            kit.Source(
                "Schelling 1956, An essay on bargaining, American Economic Review 46, 281-306",
                "https://www.jstor.org/stable/1805498",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
