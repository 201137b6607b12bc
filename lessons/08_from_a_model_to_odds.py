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

    tr = kit.words(8)
    scenario = ng.Scenario.load("stockholm-three-issues")
    RUNS, PARTS = 1000, 20  # negotiations in all, and the parts that they are cut into
    FEW = 500  # of each end of a setting
    EXTENDED = EVENTS.index("first_deadline_extended")
    LETTERS = "ABCD"
    ASKED = ("T104", "T091", "T139", "T136")  # decisions of the record that a class forecasts
    LEVERS = {
        tr("how likely a resolute US leadership is"): "us.types.resolve_prior",
        tr("how likely a resolute Chinese leadership is"): "china.types.resolve_prior",
        tr("how precisely Washington weighs its choices"): "us.precision",
        tr("what a lapse costs the US beside trade"): "us.other_lapse_cost",
    }

    FORECASTERS = {
        "base rates": tr("base rates"),
        "base rates by stratum": tr("base rates by stratum"),
        "the model": tr("the model"),
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
    prediction = kit.commitment(lesson.prediction)
    return (prediction,)


@app.cell(hide_code=True)
def _(lesson, prediction):
    opened = kit.predict(lesson, prediction)
    opened
    return (opened,)


@app.cell(hide_code=True)
def _(asked, lesson, opened):
    guesses = kit.guesses(
        [tr("{letter}: chance of a penalty, %", letter=letter) for letter in LETTERS], 50
    )
    _rows = "\n".join(
        f"| {letter} | {kit.full_month(row.date)} | "
        + tr(
            "{sender} against {target}",
            sender=kit.country(row.sender),
            target=kit.country(row.target),
        )
        + f" | {tr('not known') if row.lead_days is None else tr('{n} days before', n=row.lead_days)} "
        f"| {kit.data(row.binding.about.partition(':')[0])} | {kit.data(row.regime_before.about)} |"
        for letter, row in zip(LETTERS, asked, strict=True)
    )
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Forecast. Below are four decisions of the past: one government has threatened another "
               "with a trade penalty. How likely is it that the penalty takes effect, in full or in part? "
               "Alone and in silence, one number each, and then commit to all four: what happened is "
               "shown only then. You are scored by the squared error. 50% always costs 0.25.\n\n"
               "| case | when | who | announced | how the date binds | what was in force |\n"
               "|---|---|---|---|---|---|\n{rows}", rows=_rows)
        ),
    ])  # fmt: skip
    return (guesses,)


@app.cell(hide_code=True)
def _(asked, guesses, hindcast):
    guessed = kit.guessed(guesses, LETTERS)  # what happened is told only after
    _place = {str(name): k for k, name in enumerate(hindcast.cases.ids)}
    _all = {} if guessed.given is None else {"you": np.array(guessed.given)}
    _all |= {
        "base rates": hindcast.of("base rates")[[_place[row.id] for row in asked], :2].sum(axis=1),
        "the model": hindcast.of("the model")[[_place[row.id] for row in asked], :2].sum(axis=1),
    }
    _came = np.array([hindcast.truth[_place[row.id]] < 2 for row in asked], dtype=float)
    _rows = "\n".join(
        f"| {letter} | {kit.data(row.what)} | {tr('yes') if came else tr('no')} | "
        + " | ".join(kit.brief(p[k]) for p in _all.values())
        + " |"
        for k, (letter, row, came) in enumerate(zip(LETTERS, asked, _came, strict=True))
    )
    _errors = " | ".join(f"**{np.mean((p - _came) ** 2):.2f}**" for p in _all.values())
    _called = {"you": tr("you"), "base rates": tr("base rates"), "the model": tr("the model")}
    _told = kit.folded(
        tr("What happened: open it when all have committed"),
        tr(
            "| case | what it was | penalty | {heads} |\n|---|---|---|{columns}\n"
            "{rows}\n| | mean squared error | | {errors} |\n\n"
            "Base rates say of every case what happened on average in *other* disputes; the model was "
            "taught by other disputes only, too. Four cases prove nothing about anybody: lucky numbers "
            "look like skill. Hence the rest of the lesson.",
            heads=" | ".join(_called[name] for name in _all),
            columns="---|" * len(_all),
            rows=_rows,
            errors=_errors,
        ),
        "play",
    )
    mo.vstack([guessed, _told])
    return


@app.cell(hide_code=True)
def _(flags, lesson, opened):
    _all = share(int(flags.sum()), RUNS)
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("**Odds by simulation** (Monte Carlo). One run draws all that is uncertain, the private "
               "types of both sides and the news, and plays the talks to the end. The odds of an event "
               "are the share of runs in which it happens. Of {runs} runs the truce of August 2025 is "
               "extended in **{all}**. Three things stand between this number and the world:\n\n"
               "1. **Sampling error.** Other runs would give another share. The standard error is\n\n"
               "```text\nsqrt(p (1 - p) / n)\n```\n\n"
               "so the 95% interval is {low} to {high}. Four times as many runs halve "
               "it.\n\n"
               "2. **Unknown numbers.** What a lapse costs, how resolute the leaders are: these have "
               "ranges, many of them guesses. Hold them at one draw (a *world*) and the odds are others. "
               "No number of runs narrows this; only knowledge does.\n\n"
               "3. **The model** may be wrong: rules that are left out are in no interval. For that "
               "there is only the test against what happened (**hindcast**).",
               runs=RUNS, all=kit.percent(_all.p), low=kit.percent(_all.low, places=1),
               high=kit.percent(_all.high, places=1))
        ),
        kit.folded(
            tr("Derivation: the standard error, and why it needs four times as many runs"),
            tr("Let each run be 1 if the event happens and 0 if not. Its mean is `p`, its variance\n\n"
               "```text\nE[X^2] - E[X]^2 = p - p^2 = p (1 - p)\n```\n\n"
               "Runs are independent, so the variance of their sum is `n p (1 - p)`, that of their mean "
               "`p (1 - p) / n`. Its root goes with `1 / sqrt(n)`: half the error takes four times the "
               "runs. For large `n` the mean lies within 1.96 standard errors in 95 of 100 cases.\n\n"
               "Near 0 and 1 that interval is bad: after 20 runs without the event it would be *0 to 0*. "
               "Wilson (1927) asks instead for which `p` what was seen is within 1.96 of **its own** "
               "standard errors. After 0 of 20 he says 0 to {high}. This package uses "
               "his.",
               high=kit.percent(share(0, 20).high)),
        ),
        kit.say(
            tr("**Scores.** The *Brier score* sums the squared differences between the probabilities and "
               "what came (1 for it, 0 for the rest): 0 is perfect, and with five outcomes a fifth on each "
               "scores 0.80. A forecast has **skill** if it beats the *base rates*, what happened "
               "on average elsewhere. It is **calibrated** if of all things called 30% likely 30% come. "
               "Base rates are calibrated and know nothing of the case: one needs both.")
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(lesson, opened):
    many = mo.ui.slider(10, 50, 10, 20, label=tr("runs of each student"), show_value=True)
    lever = mo.ui.dropdown(
        list(LEVERS), next(iter(LEVERS)), label=tr("Set to both ends of its range:")
    )
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**First experiment: sampling error.** {parts} students each play so many runs, and each "
               "says an interval. How many of the intervals hold what all runs together say?",
               parts=PARTS)
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
                tr("upper end"): [(k, 100 * one.high) for k, one in enumerate(intervals, 1)],
                tr("lower end"): [(k, 100 * one.low) for k, one in enumerate(intervals, 1)],
                tr("all runs together"): [(1, 100 * _whole), (PARTS, 100 * _whole)],
            },
            label=tr("Of {parts} intervals from {many} runs each, {inside} hold the share of all "
                     "{runs}, {whole}. They go from {intervals}.",
                     parts=PARTS, many=many.value, inside=inside, runs=RUNS, whole=kit.percent(_whole),
                     intervals=tr(", ").join(
                         tr("{low} to {high}", low=kit.percent(one.low), high=kit.percent(one.high))
                         for one in intervals
                     )),
            x=tr("student"),
            y=tr("truce extended, %"),
        ),
        kit.say(
            tr("**{inside} of {parts}** hold it, on average they are "
               "{wide} points wide. A 95% "
               "interval is to fail in one case of twenty.",
               inside=inside, parts=PARTS,
               wide=f"{100 * np.mean([one.high - one.low for one in intervals]):.0f}")
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
        kit.say(tr("**Second experiment: one unknown number** at a time, under the same luck.")),
        lever,
        kit.say(
            tr("With {low} the truce is extended in {at_low} of {few} runs, with "
               "{high} in {at_high}: a difference of {moved} points "
               "({moved_low} to {moved_high}).\n\n"
               "**All unknown numbers at once:** in the central 95% of the worlds that are drawn here the odds "
               "go from **{worlds_low} to {worlds_high}**. So *{flags}* alone "
               "would promise more than anybody knows.",
               low=f"{_number.low:g}", at_low=kit.percent(_low.mean()), few=FEW,
               high=f"{_number.high:g}", at_high=kit.percent(_high.mean()),
               moved=f"{100 * moved.value:+.0f}", moved_low=f"{100 * moved.low:+.0f}",
               moved_high=f"{100 * moved.high:+.0f}", worlds_low=kit.percent(over_worlds[0]),
               worlds_high=kit.percent(over_worlds[1]), flags=kit.percent(flags.mean()))
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
            f"| {FORECASTERS[_name]} | {_told.value:.3f} | "
            + (
                tr("is the measure")
                if _gain.low is None
                else tr(
                    "{gain} ({low} to {high})",
                    gain=f"{_gain.value:+.3f}",
                    low=f"{_gain.low:+.3f}",
                    high=f"{_gain.high:+.3f}",
                )
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
                tr(
                    "| {low} to {high} | {cases} | {called} | {p} ({p_low} to {p_high}) |",
                    low=f"{_from:.0%}",
                    high=f"{_to:.0%}",
                    cases=_in.sum(),
                    called=kit.percent(_p[_in].mean()),
                    p=kit.percent(_true.p),
                    p_low=kit.percent(_true.low),
                    p_high=kit.percent(_true.high),
                )
            )
    mo.vstack([
        kit.say(
            tr("**Third experiment: the hindcast.** {truth} decisions in "
               "{disputes} disputes, each forecast by what learned from the *other* disputes "
               "only. Lower is better; the gain counts each dispute once.\n\n"
               "| forecaster | Brier score | better than base rates by |\n|---|---|---|\n{rows}\n\n"
               "Is the model calibrated? Every probability for one of five outcomes is a case:\n\n"
               "| called | cases | called on average | came true |\n|---|---|---|---|\n{bins}\n\n"
               "By and large what it calls likelier comes more often. Mind the cases: the last row has few. "
               "*By stratum* knows only how the date binds and what was in force; over it the model gains "
               "{over} ({low} to {high}), which may be nothing. And "
               "whoever wrote the model and coded the decisions knew how they ended.",
               truth=len(hindcast.truth), disputes=hindcast.disputes, rows="\n".join(_rows),
               bins="\n".join(_bins), over=f"{_over.value:+.3f}", low=f"{_over.low:+.3f}", high=f"{_over.high:+.3f}")
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
        title=tr("From a model to odds, and why this is not a forecast"),
        minutes={
            "question": 4, "prediction": 3, "play": 12, "theory": 11, "simulation": 10,
            "exercises": 8, "quiz": 2,
        },
        news=kit.News(
            tr("On 29 July 2025 analysts put still higher tariffs between the US and China that year at "
               "10%, down from 15%. Where does such a number come from, and what is it worth?"),
            tr("Two days earlier a market desk had called a return of the high tariffs a remote "
               "possibility. This package plays the talks thousands of times and says odds as well. Do "
               "they mean the same?"),
            (_analysts, _desk),
        ),
        prediction=kit.Prediction(
            tr("The model of this package forecasts {truth} past decisions about trade penalties, each after "
               "learning from other disputes only. Five outcomes; 0 is perfect, a fifth on each scores "
               "0.80, and what happened on average elsewhere (base rates) {base}. What does the model "
               "score?",
               truth=len(hindcast.truth), base=f"{_base:.2f}"),
            {
                "half": tr("About {model}", model=f"{_model / 2:.2f}"),
                "good": tr("About {model}", model=f"{_model * 3 / 4:.2f}"),
                "model": tr("About {model}", model=f"{_model:.2f}"),
                "worse": tr("About {model}: worse than base rates", model=f"{_base * 5 / 4:.2f}"),
            },
            "model",
            tr("It scores {model}, a little better than base rates: it takes {skill} of their error "
               "away. A model of a negotiation is a way to think about what moves the odds. Whoever "
               "sells its odds as a forecast sells more than it has shown.",
               model=f"{_model:.2f}", skill=f"{_skill:.0%}"),
        ),
        exercises=(
            kit.Exercise(
                tr("In 400 runs the truce is extended in 80%. How far does the 95% interval by `1.96 "
                   "sqrt(p (1 - p) / n)` reach on **each side**, as a share?"),
                tr("`0.8 * 0.2 / 400`, the root of it, times 1.96."),
                tr("`sqrt(0.0004)` = 0.02, times 1.96 = **{error}**: from 76% to 84%. With 1,600 runs "
                   "it would be half of that.",
                   error=f"{_error:.1%}"),
                _error, within=0.001,
                mistakes=("0.02", "0.0784", "0.4", "0.0004"),
            ),
            kit.Exercise(
                tr("A forecast for five outcomes, in this order: penalty in full 0.40, in part 0.10, "
                   "extended 0.30, deal 0.15, dropped 0.05. A **deal** comes. What is its Brier score?"),
                tr("Five squares: for the deal `(0.15 - 1)^2`, for the others the probability squared."),
                tr("0.16 + 0.01 + 0.09 + 0.7225 + 0.0025 = "
                   "**{brier}**. That is worse than a fifth on each (0.80): most of the "
                   "probability was elsewhere.",
                   brier=f"{_brier:.3f}"),
                _brier, within=0.005,
                mistakes=("0.7225", "0.197", "0.85", "0.8"),
            ),
            kit.Exercise(
                tr("From the table of the hindcast: which **share** of the Brier score of base rates does "
                   "the model take away?"),
                tr("One minus the ratio of both scores."),
                tr("`1 - {model} / {base}` = **{skill}**. With 95% it is "
                   "anything from {low} to {high}: disputes are few.",
                   model=f"{_model:.3f}", base=f"{_base:.3f}", skill=f"{_skill:.1%}",
                   low=f"{_gain.low / _base:.1%}", high=f"{_gain.high / _base:.1%}"),
                _skill, within=0.003,
                mistakes=(f"{_base - _model:.3f}", f"{_model / _base:.3f}", "0.49"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("A hundred times as many runs narrow"),
                {
                    "a": tr("the interval over the unknown numbers"),
                    "b": tr("the sampling error, to a tenth"),
                    "c": tr("both intervals"),
                },
                "b",
                tr("It goes with one over the root of the runs. What nobody knows, no run tells."),
            ),
            kit.Question(
                tr("A forecaster says base rates every time. This forecaster"),
                {
                    "a": tr("is calibrated, and knows nothing of the single case"),
                    "b": tr("has skill"),
                    "c": tr("cannot be scored"),
                },
                "a",
                tr("Calibration alone is cheap. Skill is being better than this."),
            ),
            kit.Question(
                tr("Why is each decision forecast from *other disputes* only?"),
                {
                    "a": tr("it is faster"),
                    "b": tr("there are too many decisions"),
                    "c": tr("whoever has seen a dispute's other decisions has seen part of the answer"),
                },
                "c",
                tr("Two decisions of one quarrel share their people, their goods and their news."),
            ),
            kit.Question(
                tr("The model said {mean} and the truce was extended. That shows",
                   mean=kit.percent(flags.mean())),
                {
                    "a": tr("that the model is right"),
                    "b": tr("very little: one case"),
                    "c": tr("that the odds should have been 100%"),
                },
                "b",
                tr("Somebody who said 55% was on the same side. Scores need many cases."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can say where simulated odds come from, tell sampling error from what is not "
               "known, and ask of any forecast: better than which base rate, on how many cases?"),
            {
                "question": tr("Write 10% and 15% on the board. What would have to happen for either to be "
                               "wrong?"),
                "prediction": tr("Everybody commits; tally. Ask who hoped for more."),
                "play": tr("In silence, numbers first. Only then open the fold. Compute the mean squared error of "
                           "the class average too, and ask why it does well."),
                "theory": tr("Ask for the error of 100 runs before the formula. Derivation for a class "
                             "with statistics."),
                "simulation": tr("Set 10 runs, then 50. Then the levers. Read the last table aloud from "
                                 "left to right."),
                "exercises": tr("Alone; the second with a calculator."),
                "quiz": tr("Hands for each question."),
            },
            (
                (
                    tr("Asked for intervals that hold the truth with a given certainty, people give "
                       "intervals that hold it much less often."),
                    kit.Source(
                        "Soll and Klayman 2004", "https://doi.org/10.1037/0278-7393.30.2.299"
                    ),
                ),
                (
                    tr("Those who give intervals that are to be 90% certain may believe in them by half only, "
                       "and the intervals hit less often still."),
                    kit.Source("Teigen and Jørgensen 2005", "https://doi.org/10.1002/acp.1085"),
                ),
                (
                    tr("In a tournament of forecasts on world politics, training in probability, "
                       "work in teams, and putting the best together made forecasts more accurate and "
                       "better calibrated."),
                    kit.Source(
                        "Mellers and others 2014", "https://doi.org/10.1177/0956797614524255"
                    ),
                ),
                (
                    tr("Even those who know statistics expect a small sample to look like the whole."),
                    kit.Source("Tversky and Kahneman 1971", "https://doi.org/10.1037/h0031322"),
                ),
            ),
            (
                (
                    tr("More runs make the odds more true."),
                    tr("They make them more exact answers to the model's question. The wide interval stays."),
                ),
                (
                    tr("70% and it did not happen: the forecast was wrong."),
                    tr("It has to fail in three of ten cases. Ask how often things called 70% came."),
                ),
                (
                    tr("A model that fits the past is good."),
                    tr("It has to forecast what it has not learned from, and beat the base rates there."),
                ),
                (
                    tr("In August the truce was extended, so the model was right."),
                    tr("One case. And whoever wrote it may have known what was likely."),
                ),
            ),
            (
                tr("The four cases without the answers, for silent guessing."),
                tr("The intervals of twenty students, with 10 and with 50 runs."),
                tr("The table of the hindcast and that of the calibration."),
            ),
            tr("Exercise 1: three points, one for the formula. Exercise 2: three. Exercise 3: two, and one "
               "more for saying how uncertain the share is. One point for naming, in the discussion, "
               "something that is in no interval."),
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
