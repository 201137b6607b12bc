import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="3. Commitment, threats and Chicken at a deadline")

with app.setup:
    import marimo as mo

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.lab.two_by_two import deadline
    from negotiation.theory import Decision, End

    tr = kit.words(3)
    scenario = ng.Scenario.load("stockholm-2025")
    RANGE = float(scenario.deadline.ultimatum.low), float(scenario.deadline.ultimatum.high)
    APPLAUDED = -2.0  # a price of a demand at which the date is a game of Chicken, $bn

    def priced(price):
        """The scenario in which a demand with a date costs its maker so much, $bn."""
        return scenario.replace({"deadline.ultimatum": price})


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
    price = mo.ui.slider(
        RANGE[0], RANGE[1], 0.5, APPLAUDED, label=tr("what a demand with a date costs its maker, $bn"),
        show_value=True,
    )  # fmt: skip
    tied = kit.choose(
        {
            "nobody": tr("nobody"), "us": tr("the United States"), "china": tr("China"),
            "both": tr("both"),
        },
        "nobody", tr("Who has tied its hands, so that it cannot give way?"),
    )  # fmt: skip
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("It is the eve of 12 August. Each side **gives way** (settles evenly, and pays if "
               "something is demanded) or **holds out** (demands, and refuses). Play in pairs, sheets "
               "turned over together, four times. Before the third and fourth time one of you, drawn "
               "by lot, may announce aloud that it will hold out; in the fourth its sheet is "
               "turned over *first*, for both to see.\n\n"
               "Below zero on the slider a demand is applauded at home, above zero it costs support.")
        ),
        price,
        tied,
    ])  # fmt: skip
    return price, tied


@app.cell(hide_code=True)
def _(price, tied):
    played = deadline(priced(price.value), ordinary=True)
    _us = (1,) if tied.value in ("us", "both") else (0, 1)
    _china = (1,) if tied.value in ("china", "both") else (0, 1)
    _stable = [
        (i, j)
        for i in _us
        for j in _china
        if played.A[i, j] >= max(played.A[k, j] for k in _us)
        and played.B[i, j] >= max(played.B[i, k] for k in _china)
    ]
    _does = tr("gives way"), tr("holds out")
    _told = tr("; or ").join(
        tr(
            "the United States *{us}* ({us_worth}), China *{china}* ({china_worth})",
            us=_does[i], us_worth=f"{played.A[i, j]:+.1f}",
            china=_does[j], china_worth=f"{played.B[i, j]:+.1f}",
        )
        for i, j in _stable
    )  # fmt: skip
    _free = {
        "nobody": tr("Nobody is tied. Neither side, once it sees what the other chose, wishes that "
                     "it had chosen otherwise, where: {told}.", told=_told),
        "us": tr("The United States is tied. China does not wish that it had chosen otherwise, "
                 "where: {told}.", told=_told),
        "china": tr("China is tied. The United States does not wish that it had chosen otherwise, "
                    "where: {told}.", told=_told),
        "both": tr("Both are tied, and nobody may choose any more: {told}.", told=_told),
    }  # fmt: skip
    mo.vstack([
        kit.matrix(played, marked=False),
        kit.say(_free[tied.value]),
    ])  # fmt: skip
    return (played,)


@app.cell(hide_code=True)
def _(chicken, lesson, opened, threat):
    _mixed = chicken.equilibria()[-1]
    _crash = _mixed.row[1] * _mixed.column[1]
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("If holding out pays against a side that gives way, and is a disaster against one that "
               "holds out too, the game is **Chicken**:\n\n```text\nT > R > S > P\n```\n\n"
               "Two equilibria, one for each winner, and a third by chance. Below is the deadline with "
               "a demand that is applauded with ${applause}bn, between two ordinary sides.",
               applause=f"{-APPLAUDED:g}")
        ),
        kit.matrix(chicken),
        kit.say(
            tr("In the mixed equilibrium the United States holds out with {us}, China "
               "with {china}, and the truce breaks with {crash}. Whoever fears the "
               "break *more* holds out *less* only in our intuition: each side's chance is set by what "
               "the **other** has at stake.\n\n"
               "**Commitment** takes an action away from oneself. It wins if it is seen, cannot be "
               "undone, and comes first (Schelling). A **threat** is a promise to do what will hurt "
               "oneself; it is **credible** if it would be carried out when the time comes. "
               "Backward induction leaves out those that would not be:\n\n"
               "- China moves first, the United States has only *said* it will hold out: "
               "**{path_said}**.\n"
               "- The United States has tied its hands before China moves: "
               "**{path_tied}**.",
               us=kit.percent(_mixed.row[1]), china=kit.percent(_mixed.column[1]),
               crash=kit.percent(_crash, places=1), path_said=" / ".join(map(kit.action, threat["said"].path)),
               path_tied=" / ".join(map(kit.action, threat["tied"].path)))
        ),
        kit.folded(
            tr("Derivation: how likely must holding out be, so that it does not pay to hold out?"),
            tr("Let the other hold out with chance `z`. Giving way brings `(1-z) R + z S`, holding out "
               "`(1-z) T + z P`. The second is smaller if\n\n"
               "```text\nz > z* = (T - R) / ((T - R) + (S - P))\n```\n\n"
               "In the mixed equilibrium the other holds out with exactly `z*`. The same line says when "
               "a few *resolute* sides, which never give in, keep everybody else from demanding: if "
               "their share is above `z*`. `T - R`, what a demand brings, is small; `S - P`, what the "
               "break costs beyond giving way, is large; so `z*` is small: "
               "{china} seen from Washington, {us} seen from Beijing.",
               china=kit.percent(_mixed.column[1]), us=kit.percent(_mixed.row[1])),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(by_price, lesson, opened, resolute):
    _rows = "\n".join(
        f"| {cost:+.1f} | {kit.brief(date.outcomes['even'])} | {kit.brief(date.outcomes['us_gives'])} "
        f"| {kit.brief(date.outcomes['china_gives'])} | {kit.brief(date.outcomes['no_agreement'])} |"
        for cost, date in by_price.items()
    )
    sample = mo.ui.slider(200, 2000, 200, 400, label=tr("negotiations to play"), show_value=True)
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("In the model nobody knows whether the other is ordinary or **resolute**; "
               "{resolute} are, in the central case. The date is a tree: a lot decides who speaks, "
               "that side settles or demands, the other pays or refuses, and everybody errs a little. "
               "How it ends, by what a demand costs its maker:\n\n"
               "| cost of a demand, $bn | even | the US pays | China pays | no agreement |\n"
               "|---|---|---|---|---|\n{rows}\n\n"
               "Applause for demands makes more of them, and more broken truces. Nobody who demands "
               "wants the break: it comes when an ordinary side meets a resolute one.\n\n"
               "Now the whole negotiation, with rounds of talks before the date, at the central cost "
               "and at the cost on the slider of the play:",
               resolute=kit.percent(resolute), rows=_rows)
        ),
        sample,
    ])  # fmt: skip
    return (sample,)


@app.cell(hide_code=True)
def _(price, sample):
    simulated = {
        cost: ng.odds(priced(cost), runs=sample.value, seed=1, worlds=0).events
        for cost in dict.fromkeys((scenario.deadline.ultimatum.value, price.value))
    }
    _names = {
        "first_extension_mutual": tr("extended evenly"),
        "first_extension_from_us": tr("the US pays for it"),
        "first_extension_from_china": tr("China pays for it"),
        "first_deadline_deal": tr("a deal before the date"),
        "first_deadline_lapsed": tr("lapsed"),
    }
    _rows = "\n".join(
        f"| {told} | "
        + " | ".join(
            tr(
                "{p} ({low} to {high})",
                p=kit.percent(e[name].p),
                low=kit.percent(e[name].low),
                high=kit.percent(e[name].high),
            )
            for e in simulated.values()
        )
        + " |"
        for name, told in _names.items()
    )
    _head = " | ".join(tr("demand costs {cost}", cost=f"{cost:+.1f}") for cost in simulated)
    kit.say(
        tr(
            "| first deadline | {head} |\n|---|{columns}\n{rows}\n\n"
            "In brackets is what {sample} negotiations can tell (95%).",
            head=_head,
            columns="---|" * len(simulated),
            rows=_rows,
            sample=sample.value,
        )
    )
    return (simulated,)


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
    chicken = deadline(priced(APPLAUDED), ordinary=True)
    resolute = scenario.us.types.resolve_prior.value
    by_price = {
        cost: ng.theory.decision_date(priced(cost))
        for cost in sorted({*RANGE, APPLAUDED, 0.0, float(scenario.deadline.ultimatum.value)})
    }

    def _ends(i):
        return {way: End((chicken.A[k, i], chicken.B[k, i])) for k, way in enumerate(chicken.rows)}

    _said = Decision(
        "china", {way: Decision("us", _ends(j)) for j, way in enumerate(chicken.columns)}
    )
    _tied = Decision(
        "china",
        {way: End((chicken.A[1, j], chicken.B[1, j])) for j, way in enumerate(chicken.columns)},
    )
    threat = {
        name: ng.theory.backward_induction(ng.theory.ExtensiveGame(tree))
        for name, tree in (("said", _said), ("tied", _tied))
    }
    starts = next(
        cost / 2
        for cost in range(10, -11, -1)
        if deadline(priced(cost / 2), ordinary=True).game_class.name == "Chicken"
    )  # the largest cost, in steps of half a billion, at which the date is a game of Chicken
    return by_price, chicken, resolute, starts, threat


@app.cell(hide_code=True)
def _(chicken, resolute, starts, threat):
    _gain = float(chicken.A[1, 0] - chicken.A[0, 0])
    _fear = float(chicken.A[0, 1] - chicken.A[1, 1])
    _limit = _gain / (_gain + _fear)
    _other = 3.0 - 0.0, -1.0 - -9.0  # T - R and S - P of the first exercise
    _share = _other[0] / sum(_other)
    _goeree = kit.Source("Goeree and Holt 2001", "https://doi.org/10.1257/aer.91.5.1402")
    # What each way brings Washington. Where Beijing sees nothing it plays as before, by chance.
    _mixed = chicken.equilibria()[-1]
    _worth = {
        "options": float(_mixed.row @ chicken.A @ _mixed.column),
        "seen": threat["tied"].payoffs[0],
        "secret": float(chicken.A[1] @ _mixed.column),
        "said": threat["said"].payoffs[0],
    }
    lesson = kit.Lesson(
        number=3,
        title=tr("Commitment, threats and Chicken at a deadline"),
        minutes={
            "question": 5, "prediction": 3, "play": 13, "theory": 11, "simulation": 7,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            tr("The truce would end on 12 August 2025. An extension was expected, and both would lose by "
               "its end. What is a threat worth that hurts the one who makes it?"),
            tr("The pause of Geneva had 90 days, until 12 August. In Stockholm they sought 90 more. In "
               "May the President had said that without a deal tariffs would go well above 30%, though "
               "not back to 145%. When the talks ended on 29 July the extension still waited for "
               "his word."),
            (
                kit.Source(
                    "WION, 28 July 2025: US, China seek 90-day trade ceasefire",
                    "https://www.wionews.com/business-economy/us-china-seek-90-day-trade-ceasefire-"
                    "in-fresh-round-of-talks-1753680182153",
                ),
                kit.Source(
                    "LiberoReporter, 12 May 2025: Understanding reached in Geneva",
                    "https://www.liberoreporter.it/2025/05/eng-news/403877.html",
                ),
                kit.Source(
                    "High Street Journal, 30 July 2025: truce extension awaits Trump's approval",
                    "https://thehighstreetjournal.com/us-china-talks-yield-progress-but-truce-"
                    "extension-awaits-trumps-approval",
                ),
            ),
        ),
        prediction=kit.Prediction(
            tr("Each side can hold out or give way on the last day; if both hold out, both lose much. "
               "Before that day Washington may do one thing. Which one helps it most?"),
            {
                "options": tr("Collect more options, to be flexible on the day"),
                "seen": tr("Make it impossible for itself to give way, for all to see"),
                "secret": tr("Make it impossible for itself to give way, and tell nobody"),
                "said": tr("Say that it will never give way"),
            },
            max(_worth, key=_worth.__getitem__),
            tr("China then chooses between giving way and the break, and gives way. A secret commitment cannot move "
               "anybody; words alone change no payoff; and an option more is an option that the other "
               "expects to be used. If *both* tie themselves at the same time, the truce breaks."),
        ),
        exercises=(
            kit.Exercise(
                tr("In another Chicken the United States gets 3 if it alone holds out, 0 if both give "
                   "way, -1 if it alone gives way and -9 if both hold out. From which chance on that "
                   "**China** holds out does it no longer pay the **United States** to hold out?"),
                tr("`z* = (T-R) / ((T-R) + (S-P))`, as in the derivation."),
                tr("`T-R` = {gain} and `S-P` = {fear}, so `z*` = 3/11 = "
                   "**{share}**. In the deadline's Chicken, where the break costs far more, it is "
                   "{limit}.",
                   gain=f"{_other[0]:.0f}", fear=f"{_other[1]:.0f}",
                   share=f"{_share:.3f}", limit=f"{_limit:.3f}"),
                _share, within=0.004, mistakes=("8/11", "1/3", "0.5", "0.06"),
            ),
            kit.Exercise(
                tr("In the scenario {resolute} of the sides are resolute and never give in. An "
                   "ordinary Washington knows this, and believes that an ordinary Beijing would give "
                   "way. Does holding out pay, in the Chicken of the deadline?",
                   resolute=kit.percent(resolute)),
                tr("Compare that share with `z*` of the theory part: the chance with which China holds "
                   "out in the mixed equilibrium."),
                tr("**No, giving way is better.** {resolute} is far above `z*` = {limit}: what "
                   "the demand brings from the ordinary does not make up for the break with the "
                   "resolute. So a few who never give in make the rest settle evenly.",
                   resolute=f"{resolute:.2f}", limit=f"{_limit:.3f}"),
                "give way",
                choices={
                    "hold out": tr("Yes, holding out pays"),
                    "give way": tr("No, giving way is better"),
                    "either": tr("It makes no difference"),
                },
                mistakes=("hold out", "either"),
            ),
            kit.Exercise(
                tr("Move the price of a demand in the play. What is the **largest** cost, in $bn and in "
                   "steps of 0.5, at which the date is a game of Chicken between ordinary sides?"),
                tr("Chicken needs that holding out against a side that gives way brings *each* of them "
                   "more than 0."),
                tr("At **{starts}**: there *T* is above *R* = 0 for both. At the scenario's "
                   "{ultimatum} it is not for the United States, and nobody "
                   "wants to be the one who demands: the game is harmony. The scenario's range, from "
                   "{least} to {most}, holds both games.", least=f"{RANGE[0]:g}", most=f"{RANGE[1]:g}",
                   starts=f"{starts:.1f}", ultimatum=f"{scenario.deadline.ultimatum.value:.1f}"),
                float(starts), within=0.0, unit=tr("$bn"),
                mistakes=tuple(
                    f"{wrong:g}"
                    for wrong in (starts + 0.5, starts - 0.5, scenario.deadline.ultimatum.value, RANGE[0])
                ),
            ),
        ),
        quiz=(
            kit.Question(
                tr("In Chicken the worst cell for both is"),
                {"a": tr("both give way"), "b": tr("one holds out alone"), "c": tr("both hold out")},
                "c",
                tr("`P` is the lowest payoff. In a prisoner's dilemma it is `S`."),
            ),
            kit.Question(
                tr("A threat is credible if"),
                {
                    "a": tr("it would hurt the other very much"),
                    "b": tr("carrying it out is best when the time has come"),
                    "c": tr("it is repeated often and in public"),
                },
                "b",
                tr("Publicity helps only as far as it changes the payoff of giving way (audience costs)."),
            ),
            kit.Question(
                tr("Burning one's own bridge may help because"),
                {
                    "a": tr("it changes what the other expects one to do"),
                    "b": tr("it saves the cost of the bridge"),
                    "c": tr("it makes one stronger in the fight"),
                },
                "a",
                tr("One's own options are fewer, and the other's best response is another."),
            ),
            kit.Question(
                tr("If demands with a date are applauded at home, the model says"),
                {
                    "a": tr("more truces are extended, because both are tougher"),
                    "b": tr("more truces break"),
                    "c": tr("nothing changes: payoffs abroad are the same"),
                },
                "b",
                tr("More demands meet more resolute sides: compare the rows of the table."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can tell Chicken from the prisoner's dilemma, find all its equilibria, say "
               "when a commitment works, and test a threat by backward induction."),
            {
                "question": tr("Ask who would have believed the threat, and why."),
                "prediction": tr("Count hands. Ask one student for each answer to defend it."),
                "play": tr("Four times in pairs: silent twice, one announcement, then one sheet turned "
                           "over first. Tally the four cells of each time."),
                "theory": tr("Compare the tallies of announcement and open sheet before the page says "
                             "what commitment needs."),
                "simulation": tr("Guess the last column before it is read. Then move the price and draw."),
                "exercises": tr("1 and 2 belong together; 3 is an experiment with the slider."),
                "quiz": tr("Everybody alone."),
            },
            (
                (
                    tr("In Chicken with partners of unknown kind people gave way much more often "
                       "than theory says; higher rewards for giving way lowered holding out."),
                    kit.Source(
                        "Cabon-Dhersin and Etchart-Vincent 2012",
                        "https://doi.org/10.1007/s11238-010-9220-9",
                    ),
                ),
                (
                    tr("Threats that would not be carried out by a selfish player did move first movers "
                       "where carrying them out cost little (2 cents), and did not where it cost more "
                       "(40 cents)."),
                    _goeree,
                ),
                (
                    tr("Where bargaining ends at a fixed time, agreements crowd into its last moments, "
                       "and some never come."),
                    kit.Source(
                        "Roth, Murnighan and Schoumaker 1988, The deadline effect in bargaining",
                        "https://ideas.repec.org/a/aea/aecrev/v78y1988i4p806-23.html",
                    ),
                ),
            ),
            (
                (
                    tr("More options are always better."),
                    tr("For one who decides alone. In a game the others react to what one *can* do."),
                ),
                (
                    tr("The side that would lose more from the break must give way."),
                    tr("There is an equilibrium in which it wins. In the mixed one, whoever loses more "
                       "makes the *other* hold out less."),
                ),
                (
                    tr("A strong threat is a credible one."),
                    tr("The larger the damage to oneself, the less it will be believed: do the "
                       "backward induction."),
                ),
                (
                    tr("The break shows that somebody wanted it."),
                    tr("In the model nobody does; it is what happens when a demand meets a side that "
                       "turns out to be resolute."),
                ),
            ),
            (
                tr("The matrix of the play, and the tallies of the four times beside it."),
                tr("The two paths of backward induction, with the tree drawn on the board."),
                tr("The table of the simulation, its last column covered."),
            ),
            tr("Three points an exercise. In 1 one of them is for the four letters put in the right "
               "places; in 2 two are for comparing a belief with `z*`; in 3 one is for saying whose *T* "
               "decides. One point more for a commitment of July 2025 that a student names with what "
               "made it visible, lasting and first."),
        ),
        reading=(
            kit.Source(
                "Fearon 1994, Domestic political audiences and the escalation of international disputes",
                "https://doi.org/10.2307/2944796",
            ),
            kit.Source(
                "Abreu and Gul 2000, Bargaining and reputation",
                "https://doi.org/10.1111/1468-0262.00094",
            ),
            kit.Source(
                "Schelling 1960, The Strategy of Conflict (Harvard University Press)",
                "https://www.hup.harvard.edu/books/9780674840317",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
