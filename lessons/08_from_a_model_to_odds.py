import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="8. From a model to odds, and why this is not a forecast")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.ensemble import Ensemble
    from negotiation.estimates import mean_of, share
    from negotiation.hindcast import record, scoring
    from negotiation.outcome import EVENTS
    from negotiation.skill import assess
    from negotiation.skill.of_the_model import of_the_model
    from negotiation.skill.rates import base_rates, by_stratum
    from negotiation.skill.whole import main_rows

    scenario = ng.Scenario.load("stockholm-three-issues")
    RUNS, PARTS = 1000, 20  # negotiations in all, and the parts that they are cut into
    FEW = 500  # of each end of a setting
    EXTENDED = EVENTS.index("first_deadline_extended")
    ASKED = ("T104", "T091", "T139", "T136")  # decisions of the record that a class forecasts
    LEVERS = {
        "how likely a resolute US leadership is": "us.types.resolve_prior",
        "how likely a resolute Chinese leadership is": "china.types.resolve_prior",
        "how precisely Washington weighs its choices": "us.precision",
        "what a lapse costs the US beside trade": "us.other_lapse_cost",
    }

    def happened(given, runs):
        """Whether the truce is extended at its first deadline, run by run."""
        return Ensemble(given).rows(seed=1, first=0, count=runs)["events"][:, EXTENDED]


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
def _(asked, lesson, opened):
    guesses = mo.ui.array([
        mo.ui.slider(0, 100, 5, 50, label=f"{letter}: chance of a penalty, %", show_value=True)
        for letter, _ in zip("ABCD", asked, strict=True)
    ])  # fmt: skip
    _rows = "\n".join(
        f"| {letter} | {row.date:%B %Y} | {row.sender} against {row.target} "
        f"| {'not known' if row.lead_days is None else f'{row.lead_days} days before'} "
        f"| {row.binding.about.partition(':')[0]} | {row.regime_before.about} |"
        for letter, row in zip("ABCD", asked, strict=True)
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            "Forecast. Below are four decisions of the past: one government has threatened another "
            "with a trade penalty. How likely is it that the penalty takes effect, in full or in part? "
            "Alone and in silence, one number each; you are scored by the squared error. 50% always "
            "costs 0.25.\n\n"
            "| case | when | who | announced | how the date binds | what was in force |\n"
            "|---|---|---|---|---|---|\n"
            + _rows
        ),
        *guesses,
    ])  # fmt: skip
    return (guesses,)


@app.cell(hide_code=True)
def _(asked, guesses, hindcast):
    _place = {str(name): k for k, name in enumerate(hindcast.cases.ids)}
    _all = {
        "you": np.array([guess / 100 for guess in guesses.value]),
        "base rates": hindcast.of("base rates")[[_place[row.id] for row in asked], :2].sum(axis=1),
        "the model": hindcast.of("the model")[[_place[row.id] for row in asked], :2].sum(axis=1),
    }
    _came = np.array([hindcast.truth[_place[row.id]] < 2 for row in asked], dtype=float)
    _rows = "\n".join(
        f"| {letter} | {row.what} | {'yes' if came else 'no'} | "
        + " | ".join(f"{p[k]:.0%}" for p in _all.values())
        + " |"
        for k, (letter, row, came) in enumerate(zip("ABCD", asked, _came, strict=True))
    )
    _errors = " | ".join(f"**{np.mean((p - _came) ** 2):.2f}**" for p in _all.values())
    kit.folded(
        "What happened: open it when all have set their numbers",
        "| case | what it was | penalty | you | base rates | the model |\n|---|---|---|---|---|---|\n"
        f"{_rows}\n| | mean squared error | | {_errors} |\n\n"
        "Base rates say of every case what happened on average in *other* disputes; the model was "
        "taught by other disputes only, too. Four cases prove nothing about anybody: lucky numbers "
        "look like skill. Hence the rest of the lesson.",
        "play",
    )
    return


@app.cell(hide_code=True)
def _(flags, lesson, opened):
    _all = share(int(flags.sum()), RUNS)
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            "**Odds by simulation** (Monte Carlo). One run draws all that is uncertain, the private "
            "types of both sides and the news, and plays the talks to the end. The odds of an event "
            f"are the share of runs in which it happens. Of {RUNS} runs the truce of August 2025 is "
            f"extended in **{_all.p:.0%}**. Three things stand between this number and the world:\n\n"
            "1. **Sampling error.** Other runs would give another share. The standard error is\n\n"
            "```text\nsqrt(p (1 - p) / n)\n```\n\n"
            f"so the 95% interval is {_all.low:.1%} to {_all.high:.1%}. Four times as many runs halve "
            "it.\n\n"
            "2. **Unknown numbers.** What a lapse costs, how resolute the leaders are: these have "
            "ranges, many of them guesses. Hold them at one draw (a *world*) and the odds are others. "
            "No number of runs narrows this; only knowledge does.\n\n"
            "3. **The model** may be wrong: rules that are left out are in no interval. For that "
            "there is only the test against what happened (**hindcast**)."
        ),
        kit.folded(
            "Derivation: the standard error, and why it needs four times as many runs",
            "Let each run be 1 if the event happens and 0 if not. Its mean is `p`, its variance\n\n"
            "```text\nE[X^2] - E[X]^2 = p - p^2 = p (1 - p)\n```\n\n"
            "Runs are independent, so the variance of their sum is `n p (1 - p)`, that of their mean "
            "`p (1 - p) / n`. Its root goes with `1 / sqrt(n)`: half the error takes four times the "
            "runs. For large `n` the mean lies within 1.96 standard errors in 95 of 100 cases.\n\n"
            "Near 0 and 1 that interval is bad: after 20 runs without the event it would be *0 to 0*. "
            "Wilson (1927) asks instead for which `p` what was seen is within 1.96 of **its own** "
            f"standard errors. After 0 of 20 he says 0 to {share(0, 20).high:.0%}. This package uses "
            "his.",
        ),
        kit.say(
            "**Scores.** The *Brier score* sums the squared differences between the probabilities and "
            "what came (1 for it, 0 for the rest): 0 is perfect, and with five outcomes a fifth on each "
            "scores 0.80. A forecast has **skill** if it beats the *base rates*, what happened "
            "on average elsewhere. It is **calibrated** if of all things called 30% likely 30% come. "
            "Base rates are calibrated and know nothing of the case: one needs both."
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    many = mo.ui.slider(10, 50, 10, 20, label="runs of each student", show_value=True)
    lever = mo.ui.dropdown(list(LEVERS), next(iter(LEVERS)), label="Set to both ends of its range:")
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            f"**First experiment: sampling error.** {PARTS} students each play so many runs, and each "
            "says an interval. How many of the intervals hold what all runs together say?"
        ),
        many,
    ])  # fmt: skip
    return lever, many


@app.cell(hide_code=True)
def _(flags, many):
    _whole = float(flags.mean())
    intervals = [
        share(int(flags[k * many.value : (k + 1) * many.value].sum()), many.value)
        for k in range(PARTS)
    ]
    inside = sum(one.low <= _whole <= one.high for one in intervals)
    mo.vstack([
        kit.lines(
            {
                "upper end": [(k, 100 * one.high) for k, one in enumerate(intervals, 1)],
                "lower end": [(k, 100 * one.low) for k, one in enumerate(intervals, 1)],
                "all runs together": [(1, 100 * _whole), (PARTS, 100 * _whole)],
            },
            label=f"Of {PARTS} intervals from {many.value} runs each, {inside} hold the share of all "
            f"{RUNS}, {_whole:.0%}. They go from "
            + ", ".join(f"{one.low:.0%} to {one.high:.0%}" for one in intervals)
            + ".",
            x="student",
            y="truce extended, %",
        ),
        kit.say(
            f"**{inside} of {PARTS}** hold it, on average they are "
            f"{100 * np.mean([one.high - one.low for one in intervals]):.0f} points wide. A 95% "
            "interval is to fail in one case of twenty."
        ),
    ])  # fmt: skip
    return inside, intervals


@app.cell(hide_code=True)
def _(flags, lever, opened, over_worlds):
    opened
    _path = LEVERS[lever.value]
    _number = scenario
    for _part in _path.split("."):
        _number = getattr(_number, _part)
    _low, _high = (
        happened(scenario.replace({_path: end}), FEW) for end in (_number.low, _number.high)
    )
    moved = mean_of((_high - _low).astype(float))
    mo.vstack([
        kit.say("**Second experiment: one unknown number** at a time, under the same luck."),
        lever,
        kit.say(
            f"With {_number.low:g} the truce is extended in {_low.mean():.0%} of {FEW} runs, with "
            f"{_number.high:g} in {_high.mean():.0%}: a difference of {100 * moved.value:+.0f} points "
            f"({100 * moved.low:+.0f} to {100 * moved.high:+.0f}).\n\n"
            "**All unknown numbers at once:** in the central 95% of the worlds that are drawn here the odds "
            f"go from **{over_worlds[0]:.0%} to {over_worlds[1]:.0%}**. So *{flags.mean():.0%}* alone "
            "would promise more than anybody knows."
        ),
    ])  # fmt: skip
    return (moved,)


@app.cell(hide_code=True)
def _(hindcast, opened):
    opened
    _rows = []
    for _name in hindcast.forecasts:
        _told = hindcast.score(_name)
        _gain = hindcast.gain(_name, "base rates").over_disputes
        _rows.append(
            f"| {_name} | {_told.value:.3f} | "
            + (
                "is the measure"
                if _gain.low is None
                else f"{_gain.value:+.3f} ({_gain.low:+.3f} to {_gain.high:+.3f})"
            )
            + " |"
        )
    _over = hindcast.gain("the model", "base rates by stratum").over_disputes
    _edges = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)
    _p = hindcast.of("the model").ravel()
    _came = np.eye(5)[hindcast.truth].ravel()
    _bins = []
    for _from, _to in zip(_edges, _edges[1:], strict=False):
        _in = (_p >= _from) & (_p < _to)
        if _in.any():
            _true = share(int(_came[_in].sum()), int(_in.sum()))
            _bins.append(
                f"| {_from:.0%} to {_to:.0%} | {_in.sum()} | {_p[_in].mean():.0%} "
                f"| {_true.p:.0%} ({_true.low:.0%} to {_true.high:.0%}) |"
            )
    mo.vstack([
        kit.say(
            f"**Third experiment: the hindcast.** {len(hindcast.truth)} decisions in "
            f"{hindcast.disputes} disputes, each forecast by what learned from the *other* disputes "
            "only. Lower is better; the gain counts each dispute once.\n\n"
            "| forecaster | Brier score | better than base rates by |\n|---|---|---|\n"
            + "\n".join(_rows)
            + "\n\nIs the model calibrated? Every probability for one of five outcomes is a case:\n\n"
            "| called | cases | called on average | came true |\n|---|---|---|---|\n"
            + "\n".join(_bins)
            + "\n\nWhat it calls likelier comes more often. Mind the cases: the top row has few. "
            "*By stratum* knows only how the date binds and what was in force; over it the model gains "
            f"{_over.value:+.3f} ({_over.low:+.3f} to {_over.high:+.3f}), which may be nothing. And "
            "whoever wrote the model and coded the decisions knew how they ended."
        ),
    ])  # fmt: skip
    return


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
    # The numbers that the text, exercises and answers speak of.
    flags = happened(scenario, RUNS)
    over_worlds = ng.odds(scenario, runs=FEW, seed=1, worlds=48).parameter_interval[
        "first_deadline_extended"
    ]
    _decisions = main_rows(everyone=True)
    asked = [next(row for row in _decisions if row.id == name) for name in ASKED]
    _forecasters = {
        "base rates": base_rates,
        "base rates by stratum": by_stratum,
        "the model": of_the_model(record.shipped()),
    }
    hindcast = assess(_decisions, _forecasters, "dispute")
    return asked, flags, hindcast, over_worlds


@app.cell(hide_code=True)
def _(flags, hindcast):
    _analysts = kit.Source(
        "Continuum Economics, 29 July 2025",
        "https://continuumeconomics.com/a/f870367f/chinaus-trade-talks-into-the-autumn",
    )
    _desk = kit.Source("investingLive, 27 July 2025, reposted", "https://beforedusk.com/?p=132124")
    _error = 1.96 * (0.8 * 0.2 / 400) ** 0.5
    _said = (0.4, 0.1, 0.3, 0.15, 0.05)
    _brier = float(scoring.brier(np.array([_said]), np.array([3]))[0])
    _base, _model = (hindcast.score(name).value for name in ("base rates", "the model"))
    _skill = 1 - _model / _base
    _gain = hindcast.gain("the model", "base rates").over_decisions
    lesson = kit.Lesson(
        number=8,
        title="From a model to odds, and why this is not a forecast",
        minutes={
            "question": 4, "prediction": 3, "play": 12, "theory": 11, "simulation": 10,
            "exercises": 8, "quiz": 2,
        },
        news=kit.News(
            "On 29 July 2025 analysts put still higher tariffs between the US and China that year at "
            "10%, down from 15%. Where does such a number come from, and what is it worth?",
            "Two days earlier a market desk had called a return of the high tariffs a remote "
            "possibility. This package plays the talks thousands of times and says odds as well. Do "
            "they mean the same?",
            (_analysts, _desk),
        ),
        prediction=kit.Prediction(
            f"The model of this package forecasts {len(hindcast.truth)} past decisions about trade penalties, each after "
            "learning from other disputes only. Five outcomes; 0 is perfect, a fifth on each scores "
            f"0.80, and what happened on average elsewhere (base rates) {_base:.2f}. What does the model "
            "score?",
            ("About 0.3", "About 0.5", f"About {_model:.2f}", "About 0.9: worse than base rates"),
            f"**{_model:.2f}**, a little better than base rates: it takes {_skill:.0%} of their error "
            "away. A model of a negotiation is a way to think about what moves the odds. Whoever "
            "sells its odds as a forecast sells more than it has shown.",
        ),
        exercises=(
            kit.Exercise(
                "In 400 runs the truce is extended in 80%. How far does the 95% interval by `1.96 "
                "sqrt(p (1 - p) / n)` reach on **each side**, as a share?",
                "`0.8 * 0.2 / 400`, the root of it, times 1.96.",
                f"`sqrt(0.0004)` = 0.02, times 1.96 = **{_error:.1%}**: from 76% to 84%. With 1,600 runs "
                "it would be half of that.",
                _error, within=0.001,
                mistakes=("0.02", "0.0784", "0.4", "0.0004"),
            ),
            kit.Exercise(
                "A forecast for five outcomes, in this order: penalty in full 0.40, in part 0.10, "
                "extended 0.30, deal 0.15, dropped 0.05. A **deal** comes. What is its Brier score?",
                "Five squares: for the deal `(0.15 - 1)^2`, for the others the probability squared.",
                "0.16 + 0.01 + 0.09 + 0.7225 + 0.0025 = "
                f"**{_brier:.3f}**. That is worse than a fifth on each (0.80): most of the "
                "probability was elsewhere.",
                _brier, within=0.005,
                mistakes=("0.7225", "0.197", "0.85", "0.8"),
            ),
            kit.Exercise(
                "From the table of the hindcast: which **share** of the Brier score of base rates does "
                "the model take away?",
                "One minus the ratio of both scores.",
                f"`1 - {_model:.3f} / {_base:.3f}` = **{_skill:.1%}**. With 95% it is "
                f"anything from {_gain.low / _base:.1%} to {_gain.high / _base:.1%}: disputes are few.",
                _skill, within=0.003,
                mistakes=(f"{_base - _model:.3f}", f"{_model / _base:.3f}", "0.49"),
            ),
        ),
        quiz=(
            kit.Question(
                "A hundred times as many runs narrow",
                (
                    "the interval over the unknown numbers",
                    "the sampling error, to a tenth",
                    "both intervals",
                ),
                "the sampling error, to a tenth",
                "It goes with one over the root of the runs. What nobody knows, no run tells.",
            ),
            kit.Question(
                "A forecaster says base rates every time. This forecaster",
                (
                    "is calibrated, and knows nothing of the single case",
                    "has skill",
                    "cannot be scored",
                ),
                "is calibrated, and knows nothing of the single case",
                "Calibration alone is cheap. Skill is being better than this.",
            ),
            kit.Question(
                "Why is each decision forecast from *other disputes* only?",
                (
                    "it is faster",
                    "there are too many decisions",
                    "whoever has seen a dispute's other decisions has seen part of the answer",
                ),
                "whoever has seen a dispute's other decisions has seen part of the answer",
                "Two decisions of one quarrel share their people, their goods and their news.",
            ),
            kit.Question(
                f"The model said {flags.mean():.0%} and the truce was extended. That shows",
                (
                    "that the model is right",
                    "very little: one case",
                    "that the odds should have been 100%",
                ),
                "very little: one case",
                "Somebody who said 55% was on the same side. Scores need many cases.",
            ),
        ),
        teacher=kit.Teacher(
            "Students can say where simulated odds come from, tell sampling error from what is not "
            "known, and ask of any forecast: better than which base rate, on how many cases?",
            {
                "question": "Write 10% and 15% on the board. What would have to happen for either to be "
                "wrong?",
                "prediction": "Everybody commits; tally. Ask who hoped for more.",
                "play": "In silence, numbers first. Only then open the fold. Compute the mean squared error of "
                "the class average too, and ask why it does well.",
                "theory": "Ask for the error of 100 runs before the formula. Derivation for a class "
                "with statistics.",
                "simulation": "Set 10 runs, then 100. Then the levers. Read the last table aloud from "
                "left to right.",
                "exercises": "Alone; the second with a calculator.",
                "quiz": "Hands for each question.",
            },
            (
                (
                    "Asked for intervals that hold the truth with a given certainty, people give "
                    "intervals that hold it much less often.",
                    kit.Source(
                        "Soll and Klayman 2004", "https://doi.org/10.1037/0278-7393.30.2.299"
                    ),
                ),
                (
                    "Those who give intervals that are to be 90% certain may believe in them by half only, "
                    "and the intervals hit less often still.",
                    kit.Source("Teigen and Jørgensen 2005", "https://doi.org/10.1002/acp.1085"),
                ),
                (
                    "In a tournament of forecasts on world politics, training in probability, "
                    "work in teams, and putting the best together made forecasts more accurate and "
                    "better calibrated.",
                    kit.Source(
                        "Mellers and others 2014", "https://doi.org/10.1177/0956797614524255"
                    ),
                ),
                (
                    "Even those who know statistics expect a small sample to look like the whole.",
                    kit.Source("Tversky and Kahneman 1971", "https://doi.org/10.1037/h0031322"),
                ),
            ),
            (
                (
                    "More runs make the odds more true.",
                    "They make them more exact answers to the model's question. The wide interval stays.",
                ),
                (
                    "70% and it did not happen: the forecast was wrong.",
                    "It has to fail in three of ten cases. Ask how often things called 70% came.",
                ),
                (
                    "A model that fits the past is good.",
                    "It has to forecast what it has not learned from, and beat the base rates there.",
                ),
                (
                    "In August the truce was extended, so the model was right.",
                    "One case. And whoever wrote it may have known what was likely.",
                ),
            ),
            (
                "The four cases without the answers, for silent guessing.",
                "The intervals of twenty students, with 10 and with 100 runs.",
                "The table of the hindcast and that of the calibration.",
            ),
            "Exercise 1: three points, one for the formula. Exercise 2: three. Exercise 3: two, and one "
            "more for saying how uncertain the share is. One point for naming, in the discussion, "
            "something that is in no interval.",
        ),
        reading=(
            kit.Source("Metropolis and Ulam 1949", "https://doi.org/10.1080/01621459.1949.10483310"),
            kit.Source("Wilson 1927", "https://doi.org/10.1080/01621459.1927.10502953"),
            kit.Source(
                "Gneiting and Raftery 2007, Strictly proper scoring rules",
                "https://doi.org/10.1198/016214506000001437",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
