import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="6. Repeated play: can a truce hold?")

with app.setup:
    import math

    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis.stage_games import tariffs
    from negotiation.analysis.thresholds import promise
    from negotiation.theory import (
        folk_theorem,
        grim_trigger,
        repeated_match,
        replicator,
        tolerable_lag,
        trajectory,
    )

    tr = kit.words(6)
    scenario = ng.Scenario.load("stockholm-2025")
    KEEP_OR_BREAK = [[3, 0], [5, 1]], [[3, 5], [0, 1]]  # Axelrod's payoffs: T 5, R 3, P 1, S 0
    PLANS = {
        "tit-for-tat": tr("tit-for-tat"), "grim": tr("grim"),
        "always-defect": tr("always-defect"), "always-cooperate": tr("always-cooperate"),
        "generous-tit-for-tat": tr("generous-tit-for-tat"),
        "tit-for-two-tats": tr("tit-for-two-tats"),
        "win-stay-lose-shift": tr("win-stay-lose-shift"),
        "suspicious-tit-for-tat": tr("suspicious-tit-for-tat"),
        "alternator": tr("alternator"), "joss": tr("joss"),
    }  # fmt: skip
    NAMES = tuple(PLANS)
    SIDES = {"us": tr("United States"), "china": tr("China")}
    CERTAIN = ("tit-for-tat", "grim", "always-defect", "always-cooperate", "alternator")

    def breach(points, us_taste, china_taste):
        """Both keep free trade, or lay a tariff of so many points: $bn a year."""
        return tariffs(scenario, rates=(points / 100,) * 2, taste=(us_taste, china_taste))

    def needed(discount):
        """How likely the other must be to play grim, rather than always to break."""
        kept, cheated, cheats, both = (
            repeated_match(*KEEP_OR_BREAK, mine, other, discount=discount).payoffs[0]
            for mine in ("grim", "always-defect")
            for other in ("grim", "always-defect")
        )
        return (both - cheated) / (both - cheated + kept - cheats)


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
    _plans = {PLANS[name]: name for name in CERTAIN}
    us_plays = mo.ui.dropdown(_plans, PLANS["tit-for-tat"], label=tr("The United States plays"))
    china_plays = mo.ui.dropdown(_plans, PLANS["alternator"], label=tr("China plays"))
    again = mo.ui.slider(
        0.0, 0.95, 0.05, 0.75, label=tr("chance that there is another round"), show_value=True
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Pairs, a red and a black card each: red keeps the truce, black breaks it. Both lay a "
               "card face down and turn it over together. Points: both keep **3** each; both break "
               "**1** each; one breaks alone **5**, the other **0**. After each round the teacher rolls "
               "a die for everybody: at a **1** or a **2** the game is over (second game: only at a 1). "
               "Then new partners.\n\n"
               "Afterwards let two plans meet here.")
        ),
        us_plays,
        china_plays,
        again,
    ])  # fmt: skip
    return again, china_plays, us_plays


@app.cell(hide_code=True)
def _(again, china_plays, us_plays):
    _plans = us_plays.value, china_plays.value
    _kept = [repeated_match(*KEEP_OR_BREAK, *_plans, rounds=n).cooperation for n in range(1, 9)]
    _sums = [(n * us, n * china) for n, (us, china) in enumerate(_kept, 1)]
    _before = [(0.0, 0.0), *_sums]
    _lines = []
    for _side, _name in enumerate(SIDES.values()):
        _did = [round(now[_side] - was[_side]) for was, now in zip(_before, _sums, strict=False)]
        _lines.append(
            f"| {_name} | " + " | ".join((tr("break"), tr("keep"))[k] for k in _did) + " |"
        )
    _worth = repeated_match(*KEEP_OR_BREAK, *_plans, discount=again.value).payoffs
    kit.say(
        tr(
            "| round | {rounds} |\n{columns}|\n{lines}\n\n"
            "If another round follows with a chance of {again}, a round brings "
            "**{worth_us}** and **{worth_china}** points on average, each counted by the chance "
            "that it is reached.",
            rounds=" | ".join(map(str, range(1, 9))),
            columns="|---" * 9,
            lines="\n".join(_lines),
            again=kit.percent(again.value),
            worth_us=f"{_worth[0]:.2f}",
            worth_china=f"{_worth[1]:.2f}",
        )
    )
    return


@app.cell(hide_code=True)
def _(lesson, opened, sustained):
    _closed = [*sustained.feasible.tolist(), sustained.feasible[0].tolist()]
    _inside = [*sustained.sustainable.tolist(), sustained.sustainable[0].tolist()]
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("Played once, breaking is dominant (lesson 1). Played again and again, what one does "
               "today can be answered tomorrow. A **trigger strategy** keeps the deal as long as the "
               "other does; **grim** never forgives, **tit-for-tat** does what the other did last. The "
               "**discount factor** `d` says how much the next round counts: what it is worth, and how "
               "likely it is to come.\n\n"
               "Against grim, breaking brings `T - R` more once, and `R - P` less in every later round. "
               "So both keep the deal if\n\n"
               "```text\nd >= (T - R) / (T - P)\n```\n\n"
               "With 5, 3 and 1 that is {grim_trigger}.",
               grim_trigger=f"{grim_trigger(temptation=5, reward=3, punishment=1):.2f}")
        ),
        kit.folded(
            tr("Derivation: the critical discount factor"),
            tr("Keeping for ever is worth `R + d R + d^2 R + ... = R / (1 - d)`. Breaking now, and being "
               "punished for ever, is worth `T + d P / (1 - d)`. Keeping is better if\n\n"
               "```text\nR / (1 - d)  >=  T + d P / (1 - d)\nR  >=  T - d T + d P\n"
               "d (T - P)  >=  T - R\n```\n\n"
               "Is the threat believed? After a breach both play *break* for ever, which is an "
               "equilibrium of the one-shot game: given that the other breaks, so should I. That makes "
               "grim subgame perfect (Friedman 1971).\n\n"
               "With a **known** last round the argument turns round: in it nobody keeps, so there is "
               "nothing to lose in the one before, and so on to the first. It needs an end that nobody "
               "knows."),
        ),
        kit.say(
            tr("The **folk theorem**: if the players are patient enough, *every* division that gives "
               "both more than they can secure alone can be held up by some threats. Below: all "
               "payoffs that mixing can bring, and those that the patient can sustain. That the truce "
               "*can* hold does not say that it will: both breaking for ever is an equilibrium too.")
        ),
        kit.lines(
            {tr("what can be had"): _closed, tr("what can be sustained"): _inside},
            spots={tr("both keep"): (3.0, 3.0), tr("both break"): (1.0, 1.0)},
            label=tr("Payoffs a round. What can be had has the corners {had}; what can be sustained "
                     "{held}.",
                     had=", ".join(f"({a:g}, {b:g})" for a, b in sustained.feasible.tolist()),
                     held=", ".join(f"({a:.3g}, {b:.3g})" for a, b in sustained.sustainable.tolist())),
            x=tr("points of the United States a round"),
            y=tr("points of China"),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(opened, truces):
    opened
    _rows = "\n".join(
        f"| {points} | {SIDES[side]} | {told['temptation']:+.1f} | {told['punishment']:+.1f} "
        f"| {kit.named(told['class'])} | "
        + (tr("never") if told["grim_trigger"] is None else f"{told['grim_trigger']:.2f}")
        + " |"
        for (points, side), told in truces.items()
    )
    kit.say(
        tr(
            "**The tariff truce as a repeated game.** Both keep the tariffs of 2024 (`R` = 0), or lay so "
            "many points more. Governments that like protection little, $bn a year:\n\n"
            "| points | government | T | P | its game | critical d |\n|---|---|---|---|---|---|\n"
            "{rows}\n\n"
            "A large punishment holds a truce more easily than a small one. Where `P` is above `R` no "
            "patience is enough: such a government likes the trade war better than the truce, and the "
            "other side's threat is none. With a stronger liking for protection it is so at 30 points too.",
            rows=_rows,
        )
    )
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    slips = mo.ui.slider(
        0.0,
        0.1,
        0.01,
        0.0,
        label=tr("chance that a move turns out as the other one"),
        show_value=True,
    )
    future = mo.ui.slider(
        0.3, 0.95, 0.05, 0.95, label=tr("chance that there is another round"), show_value=True
    )
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**A tournament, and what spreads.** Ten plans meet each other and themselves, as in "
               "Axelrod's tournaments. Then those that did better than average become more frequent, "
               "generation by generation (the replicator). Raise the chance of slips, then make the "
               "future shorter.")
        ),
        kit.folded(
            tr("What the ten plans do"),
            tr("- *tit-for-tat* keeps first, then does what the other did last; *suspicious-tit-for-tat* is "
               "the same, but breaks first\n"
               "- *generous-tit-for-tat* forgives one breach in three; *tit-for-two-tats* answers only "
               "two breaches in a row\n"
               "- *grim* keeps until the first breach, and never again after it\n"
               "- *win-stay-lose-shift* repeats a move that brought 3 or 5 points, and changes one that "
               "brought 1 or 0\n"
               "- *joss* is tit-for-tat that, one time in ten, breaks where it would keep\n"
               "- *alternator* keeps and breaks in turn; *always-cooperate* and *always-defect* do what "
               "they are called"),
            "plans",
        ),
        slips,
        future,
    ])  # fmt: skip
    return future, slips


@app.cell(hide_code=True)
def _(future, slips):
    _cells = {}
    for _i, _a in enumerate(NAMES):
        for _b in NAMES[_i:]:
            _cells[_a, _b], _cells[_b, _a] = repeated_match(
                *KEEP_OR_BREAK, _a, _b, discount=future.value, noise=slips.value
            ).payoffs
    points = np.array([[_cells[_a, _b] for _b in NAMES] for _a in NAMES])
    _path = trajectory(
        lambda shares: replicator(points, shares), np.full(len(NAMES), 1 / len(NAMES)), until=100
    )
    _mean = points.mean(axis=1)
    last = _path.shares[-1]
    _rows = "\n".join(
        f"| {PLANS[NAMES[k]]} | {_mean[k]:.2f} | {100 / len(NAMES):.0f}% | {100 * last[k]:.0f}% |"
        for k in np.argsort(-_mean, kind="stable")
    )
    together = float(last @ points @ last)
    kit.say(
        tr(
            "| plan | points a round | share at first | share at the end |\n|---|---|---|---|\n"
            "{rows}\n\n"
            "At the end the population earns **{together}** points a round; 3 would be a truce that "
            "is always kept, 1 one that never is.",
            rows=_rows,
            together=f"{together:.2f}",
        )
    )
    return last, points, together


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
    sustained = folk_theorem(*KEEP_OR_BREAK)
    _tastes = scenario.us.types.stance[0].value, scenario.china.types.stance[1].value
    truces = {}
    for _points in (20, 30, 45):
        _game = breach(_points, *_tastes)
        for _side, _name in enumerate(SIDES):
            _patience = (scenario.us, scenario.china)[_side].patience.value
            truces[_points, _name] = promise(_game, _side, _patience)
    return sustained, truces


@app.cell(hide_code=True)
def _(truces):
    _london = kit.Source(
        "Clash Report, 10 June 2025", "https://clashreport.com/world/articles/keg34eoame"
    )
    _stockholm = kit.Source(
        "AFP, 28 July 2025, in TAG24",
        "https://www.tag24.com/world/china/china-and-us-launch-into-fresh-round-of-trade-talks-"
        "as-fragile-truce-nears-expiration-3407512",
    )
    _bar = grim_trigger(temptation=9, reward=6, punishment=1)
    _us = truces[30, "us"]["grim_trigger"]
    _rate = -math.log(scenario.us.patience.value)
    _years = tolerable_lag(critical=_us, rate=_rate)
    _sure = needed(0.75)
    _critical = grim_trigger(temptation=5, reward=3, punishment=1)
    lesson = kit.Lesson(
        number=6,
        title=tr("Repeated play: can a truce hold?"),
        minutes={
            "question": 4, "prediction": 3, "play": 15, "theory": 11, "simulation": 7,
            "exercises": 8, "quiz": 2,
        },
        news=kit.News(
            tr("No court enforces the truce of Geneva. Why does anybody keep it?"),
            tr("Within four weeks of the statement of 12 May 2025 both governments said that the other had "
               "broken it: rare-earth licences came slowly, and the United States stopped sales of "
               "software for chip design. They met in London and mended it. On 28 July they sit in "
               "Stockholm, and newspapers expect 90 more days in which neither lays new tariffs."),
            (_london, _stockholm),
        ),
        prediction=kit.Prediction(
            tr("Both keep a truce: 3 points each a round. Who breaks it alone gets 5, the other 0; if "
               "both break it, 1 each. After each round there is another one with a certain chance. "
               "From which chance on can threats hold the truce?"),
            {
                "never": tr("Never: in each round breaking pays"),
                "early": tr("From 1 in {many} on", many=f"{2 / _critical:g}"),
                "theory": tr("From 1 in {many} on", many=f"{1 / _critical:g}"),
                "always": tr("Only if there is always another round"),
            },
            "theory",
            tr("If a breach is never forgiven, it is `(5 - 3) / (5 - 1)`. Below that nobody "
               "can be held to it by any threat of this kind. Above it the truce *can* hold; whether it "
               "does depends on what each believes of the other. In experiments the chance has to be "
               "clearly higher before most people keep it."),
        ),
        exercises=(
            kit.Exercise(
                tr("Who breaks a deal alone gets 9, keeping it brings 6 each, both breaking it 1 each. "
                   "From which discount factor on does grim hold the deal?"),
                tr("`(T - R) / (T - P)`. Which of the three numbers is which letter?"),
                tr("`T` = 9, `R` = 6, `P` = 1: 3/8 = **{bar}**.",
                   bar=f"{_bar:.3f}"),
                _bar, within=0.005,
                mistakes=("0.333", "0.6", "0.625", "0.5"),
            ),
            kit.Exercise(
                tr("Take the United States of the table at 30 points: its critical discount factor "
                   "between a breach and the answer is {us}, and money a year away is worth "
                   "{patience} to it. For how many **years** may a breach go "
                   "unanswered before the truce no longer holds?",
                   us=f"{_us:.3f}", patience=f"{scenario.us.patience.value:.2f}"),
                tr("Over `L` years the discount factor is {patience} to the power "
                   "`L`. When is it equal to the critical one?",
                   patience=f"{scenario.us.patience.value:.2f}"),
                tr("`{patience}^L = {us}`, so `L = ln({us}) / "
                   "ln({patience})` = **{years} years**. Watching trade "
                   "figures every month is plenty; but a government that thinks of the next election "
                   "only is far less patient than this.",
                   patience=f"{scenario.us.patience.value:.2f}", us=f"{_us:.3f}",
                   years=f"{_years:.2f}"),
                _years, within=0.05, unit=tr("years"),
                mistakes=("0.11", "1.12", "12", "0.97"),
            ),
            kit.Exercise(
                tr("Points 5, 3, 1, 0, and another round with a chance of 3/4. The other plays either "
                   "grim or always breaks. How likely must grim be at least, so that grim is the better "
                   "plan for you too?"),
                tr("Per round, grim against grim brings 3, breaking against grim 2, grim against a "
                   "breaker 0.75, breaking against a breaker 1."),
                tr("Grim is better if `3 p + 0.75 (1-p) >= 2 p + 1 (1-p)`, that is `p >= 0.25 (1-p)`: "
                   "**{sure}**. At a chance of 1/2 it would be 1: the truce can hold in theory, but "
                   "only if each is certain of the other.",
                   sure=f"{_sure:.2f}"),
                _sure, within=0.01,
                mistakes=("0.25", "0.5", "0.75", "0.8"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("It is known that round 10 is the last. By backward induction"),
                {
                    "a": tr("they keep the deal until round 9"),
                    "b": tr("they break it from the first round on"),
                    "c": tr("they break it in the last round only"),
                },
                "b",
                tr("Nothing can be lost in the last round, hence nothing in the one before, and so on. "
                   "People keep it for a while all the same."),
            ),
            kit.Question(
                tr("The folk theorem says that patient players"),
                {
                    "a": tr("will keep the deal"),
                    "b": tr("reach the fair division"),
                    "c": tr("can be held to a great many divisions, the bad ones too"),
                },
                "c",
                tr("It says what can be an equilibrium, not which one is played."),
            ),
            kit.Question(
                tr("Moves sometimes turn out wrong. What happens to a pair of grim players?"),
                {
                    "a": tr("after the first slip they punish each other for ever"),
                    "b": tr("nothing, as both meant well"),
                    "c": tr("they forgive after one round"),
                },
                "a",
                tr("Set the slips above zero and look at grim and at generous tit-for-tat."),
            ),
            kit.Question(
                tr("A treaty lets a side that breaks it pay a fine instead. The fine is backed only by "
                   "the threat to end the truce. It"),
                {
                    "a": tr("makes smaller patience enough"),
                    "b": tr("is gentler, but cannot hold more promises than the threat behind it"),
                    "c": tr("replaces patience"),
                },
                "b",
                tr("Nobody pays more than the deal is still worth (Limão and Saggi 2008; "
                   "`theory.penalty_payment`)."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can compute from when on a threat holds a deal, and say why *can hold* is not "
               "*will hold*."),
            {
                "question": tr("Read it aloud. Collect what could make a government keep it."),
                "prediction": tr("Everybody commits; tally."),
                "play": tr("Cards and one die for the whole class. Play the first game three times with "
                           "new partners, then the second. Tally the share of red cards in first rounds."),
                "theory": tr("Derive the inequality with the class from *once more* against *less for "
                             "ever*; open the derivation only for the known end."),
                "simulation": tr("Ask for the winner before you scroll. Then slips of 3%."),
                "exercises": tr("Alone. The third is hard: do it at the board if few get it."),
                "quiz": tr("Hands for each question."),
            },
            (
                (
                    tr("Where keeping is no equilibrium, people learn to break. Where it is one, many "
                       "break too; most learn to keep only where the reward and the future are large "
                       "enough, more so than theory asks for."),
                    kit.Source(
                        "Dal Bó and Fréchette 2011", "https://doi.org/10.1257/aer.101.1.411"
                    ),
                ),
                (
                    tr("A survey over many such experiments: what predicts first moves best is how "
                       "sure one has to be of the other (exercise 3), and always breaking, grim and "
                       "tit-for-tat describe most of the play."),
                    kit.Source("Dal Bó and Fréchette 2018", "https://doi.org/10.1257/jel.20160980"),
                ),
                (
                    tr("A random end brings more cooperation than a known one with as many rounds on "
                       "average, and the more so the longer it lasts."),
                    kit.Source("Dal Bó 2005", "https://doi.org/10.1257/000282805775014434"),
                ),
                (
                    tr("Where moves sometimes turn out wrong, those do best who let a first breach "
                       "pass, and many return to keeping after a punishment."),
                    kit.Source(
                        "Fudenberg, Rand and Dreber 2012", "https://doi.org/10.1257/aer.102.2.720"
                    ),
                ),
            ),
            (
                (
                    tr("The folk theorem proves that repetition brings cooperation."),
                    tr("It proves that it can. Always breaking is an equilibrium at every discount "
                       "factor."),
                ),
                (
                    tr("A harsher threat is always better."),
                    tr("If no move ever turns out wrong. With slips, grim ends in punishment without end; "
                       "and a threat has to be one that would be carried out."),
                ),
                (
                    tr("Tit-for-tat wins because it beats the others."),
                    tr("It never gets more than its opponent in a match. It does well on average because "
                       "it does well against itself and against others that keep deals."),
                ),
                (
                    tr("If breaking pays in each round, it pays over all rounds."),
                    tr("Each round taken alone, yes. But what I do now changes what the other does later."),
                ),
            ),
            (
                tr("The points of the game, and the share of red cards by round."),
                tr("The table of the truce, with the last column covered."),
                tr("The tournament before and after slips of 3%."),
            ),
            tr("Exercise 1: two points. Exercise 2: three, one of them for setting up the power. "
               "Exercise 3: four, two of them for the inequality. One point for a sentence in the "
               "discussion that keeps *can* and *will* apart."),
        ),
        reading=(
            kit.Source("Friedman 1971", "https://doi.org/10.2307/2296617"),
            kit.Source("Fudenberg and Maskin 1986", "https://doi.org/10.2307/1911307"),
            kit.Source(
                "Axelrod and Hamilton 1981, The evolution of cooperation",
                "https://doi.org/10.1126/science.7466396",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
