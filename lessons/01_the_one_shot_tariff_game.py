import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="1. The one-shot tariff game")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis.stage_games import tariffs

    tr = kit.words(1)
    scenario = ng.Scenario.load("stockholm-2025")
    RATES = tuple(  # of the truce, in points over 2024
        round(100 * float(one.value))
        for one in (scenario.tariffs.us_truce, scenario.tariffs.china_truce)
    )

    PEAK = round(100 * float(scenario.tariffs.us_peak.value))  # of April 2025
    ENDS = {(0, 0): "neither", (1, 0): "us", (0, 1): "china", (1, 1): "both"}  # who lays a tariff

    def laid(us, china):
        """The tariff game at these tariffs, in points over 2024."""
        return tariffs(scenario, rates=(us / 100, china / 100))


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
    us_rate = mo.ui.slider(
        5, 120, 5, RATES[0], label=tr("US tariff on top of 2024, points"), show_value=True
    )
    china_rate = mo.ui.slider(
        5, 120, 5, RATES[1], label=tr("China's tariff, points"), show_value=True
    )
    _choices = {"free trade": tr("free trade"), "tariff": tr("tariff")}
    us_choice = kit.choose(_choices, "tariff", tr("The United States:"))
    china_choice = kit.choose(_choices, "free trade", tr("China:"))
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            tr("Play in pairs: one is Washington, the other Beijing, and nobody talks. Write down "
               "*free trade* or *tariff*, turn the sheets over together, then set both choices here. "
               "Play three times, each time with somebody else. Only then move the sliders: what "
               "would you do if the tariffs were other ones?")
        ),
        us_choice,
        china_choice,
        us_rate,
        china_rate,
    ])  # fmt: skip
    return china_choice, china_rate, us_choice, us_rate


@app.cell(hide_code=True)
def _(china_choice, china_rate, us_choice, us_rate):
    played = laid(us_rate.value, china_rate.value)
    _cell = played.rows.index(us_choice.value), played.columns.index(china_choice.value)
    mo.vstack([
        kit.say(
            tr("Against 2024 the United States gains **{us} $bn a year** "
               "and China **{china}**. All four cells:",
               us=f"{played.A[_cell]:+.1f}", china=f"{played.B[_cell]:+.1f}")
        ),
        kit.matrix(played, marked=False),
    ])  # fmt: skip
    return (played,)


@app.cell(hide_code=True)
def _(income, lesson, opened, truce):
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            tr("A **game** is players, their actions, and what each combination of actions is worth "
               "to each player. In a *one-shot* game nobody can answer later. An action is "
               "**dominant** if it is better than the other one whatever the opponent does. Whoever "
               "has one needs no guess about the opponent.\n\n"
               "Below the tariffs are those of the truce, {us} points and {china}. Underlined is what "
               "is best for a side against that choice of the other.",
               us=RATES[0], china=RATES[1])
        ),
        kit.matrix(truce),
        kit.say(
            tr("Four letters name a player's payoffs: *R* if both trade freely (reward), *T* for "
               "laying a tariff alone (temptation), *S* for being hit alone (sucker), *P* if both lay "
               "tariffs (punishment). {because}\n\n"
               "The American numbers hold what protected jobs and tariff revenue are worth to a "
               "government. Counted in national income alone, the United States would be in a "
               "**{game}** too: `T` = {us_t}, `R` = 0, `P` = "
               "{us_p}, `S` = {us_s}.",
               because=kit.classed(truce.game_class), game=kit.named(income.game_class.row),
               us_t=f"{income.A[1, 0]:.1f}", us_p=f"{income.A[1, 1]:.1f}",
               us_s=f"{income.A[0, 1]:.1f}")
        ),
        kit.folded(
            tr("Derivation: when a tariff is dominant, and when both lose by it"),
            tr("A tariff is dominant if it is better both against free trade and against a tariff:\n\n"
               "```text\nT > R   and   P > S\n```\n\n"
               "Then both lay it, and each gets *P*. If `R > P` as well, both would rather have had "
               "free trade. Together,\n\n```text\nT > R > P > S\n```\n\n"
               "is a **prisoner's dilemma**. If `P > R` instead, the player prefers mutual tariffs to "
               "free trade: **deadlock**. No promise of the other side changes what such a player "
               "does.\n\n"
               "Why is `T > R` at all? A large country buys so much that its tariff pushes down the "
               "price that foreigners get. That gain grows with the tariff, and the loss from buying "
               "less grows with its square. So a small tariff pays, and a very large one does not "
               "(Johnson 1953). The model solves this with seven sectors of trade, and adds what "
               "protection is worth to a government."),
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(by_size, lesson, opened):
    runs = mo.ui.slider(20, 200, 20, 60, label=tr("worlds to draw"), show_value=True)
    _rows = "\n".join(
        f"| {size} | {game.A[1, 0]:+.1f} | {game.A[1, 1]:+.1f} | {kit.named(game.game_class.row)} "
        f"| {game.B[0, 1]:+.1f} | {game.B[1, 1]:+.1f} | {kit.named(game.game_class.column)} |"
        for size, game in by_size.items()
        if size in (5, 10, 20, 30, 45, 60, 80, 120)
    )
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            tr("**First experiment.** Both lay the same tariff, from a small one to a near-embargo. "
               "*R* is 0, as everything is measured against 2024.\n\n"
               "| points | US: T | US: P | its game | China: T | China: P | its game |\n"
               "|---|---|---|---|---|---|---|\n{rows}\n\n"
               "Small tariffs tempt; embargo-sized ones do not. From some size on the game is one of "
               "**harmony**: nobody wants the tariff, even alone. A duty of {us}% and a threat of {peak}% "
               "are different games. Lesson 3 is about threats.\n\n"
               "**Second experiment.** Nobody knows how strongly trade answers to tariffs, nor how "
               "much each government likes protection. Both are drawn from what is known of them; "
               "the tariffs are those of the truce.",
               rows=_rows, us=RATES[0], peak=PEAK)
        ),
        runs,
    ])  # fmt: skip
    return (runs,)


@app.cell(hide_code=True)
def _(runs):
    _rng = np.random.default_rng(2025)
    _elasticity = scenario.economy.elasticity
    worlds = []
    for _ in range(runs.value):
        _eps = _rng.triangular(_elasticity.low, _elasticity.value, _elasticity.high)
        _taste = tuple(
            _rng.choice([stance.value for stance in side.types.stance], p=side.types.stance_prior)
            for side in (scenario.us, scenario.china)
        )
        worlds.append(tariffs(scenario.replace({"economy.elasticity": float(_eps)}), taste=_taste))
    _pairs = [(game.game_class.row, game.game_class.column) for game in worlds]
    _rows = "\n".join(
        f"| {kit.named(us)} | {kit.named(china)} | {_pairs.count((us, china))} |"
        for us, china in sorted(set(_pairs), key=lambda pair: (-_pairs.count(pair), pair))
    )
    _tempted = [game.B[0, 1] - game.B[0, 0] for game in worlds]
    both = sum(game.pure_equilibria == ((1, 1),) for game in worlds) / len(worlds)
    kit.say(
        tr(
            "| game of the US | game of China | of {runs} worlds |\n|---|---|---|\n{rows}\n\n"
            "China's temptation `T - R` lies between {low} and {high} $bn a "
            "year. In **{both}** of these worlds there is one equilibrium, and in it both lay the "
            "tariff.",
            runs=runs.value,
            rows=_rows,
            low=f"{min(_tempted):.1f}",
            high=f"{max(_tempted):.1f}",
            both=kit.percent(both),
        )
    )
    return both, worlds


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
    truce = laid(*RATES)
    income = tariffs(
        scenario.replace({"us.revenue_weight": 0.0, "china.revenue_weight": 0.0}), taste=(0.0, 0.0)
    )
    by_size = {size: laid(size, size) for size in range(5, 125, 5)}
    harmony = min(
        size for size, game in by_size.items() if game.B[0, 1] < game.B[0, 0]
    )  # from here on China would rather lay no tariff, even if the US lays none
    return by_size, harmony, income, truce


@app.cell(hide_code=True)
def _(harmony, income, truce):
    _reuters = kit.Source(
        "Reuters and AFP, 28 July 2025, in The Sun",
        "https://thesun.my/world-news/"
        "us-china-tariff-talks-resume-in-stockholm-to-extend-trade-truce-AG14560145",
    )
    _geneva = kit.Source(
        "summary of the Geneva joint statement, 12 May 2025, PortNews",
        "https://en.portnews.ru/news/376823/",
    )
    _temptation = float(truce.B[0, 1] - truce.B[0, 0])
    _other = float(truce.B[1, 1] - truce.B[1, 0])
    lesson = kit.Lesson(
        number=1,
        title=tr("The one-shot tariff game"),
        minutes={
            "question": 5, "prediction": 3, "play": 13, "theory": 11, "simulation": 7,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            tr("On 28 July 2025 both sides sat in Stockholm, and both still taxed each other's goods. "
               "Why does nobody simply take the tariff off?"),
            tr("The Geneva statement of 12 May had put most of the spring's tariffs off for 90 days. "
               "What stayed in force from 2025 was 30 percentage points on China's goods and 10 on US "
               "goods. What the delegations met for was to extend this pause; the tariffs that stayed "
               "in force were to stay."),
            (_reuters, _geneva),
        ),
        prediction=kit.Prediction(
            tr("Suppose that each government chooses once, alone, between free trade and the tariff "
               "that it has now, and cares about its country's income and a little about protection. "
               "What happens?"),
            {
                "neither": tr("Both choose free trade"),
                "us": tr("Only the United States lays its tariff"),
                "china": tr("Only China lays its tariff"),
                "both": tr("Both lay their tariffs"),
            },
            ENDS[truce.pure_equilibria[0]],
            tr("For each side its own tariff is better whatever the other "
               "does, so no promise, no trust and no guess about the other side enters. China would "
               "rather have had free trade on both sides. The United States, at these numbers, would "
               "not: what protection and revenue are worth to its government outweighs the "
               "{lost} $bn a year of income that mutual tariffs cost the country.",
               lost=f"{-income.A[1, 1]:.1f}"),
        ),
        exercises=(
            kit.Exercise(
                tr("Suppose a treaty fines whoever lays a tariff. How large must China's fine be, in "
                   "$bn a year, so that China has no reason to lay its tariff *while the United "
                   "States trades freely*? Use the matrix of the truce."),
                tr("What does China get with the tariff, and what without, in the row *free trade*?"),
                tr("China gets *T* = {china_t} with the tariff and *R* = "
                   "{china_r} without. The fine has to be at least `T - R` = "
                   "**{temptation} $bn a year**. Were the United States to lay its tariff, "
                   "`P - S` = {other} would do.",
                   china_t=f"{truce.B[0, 1]:.1f}", china_r=f"{truce.B[0, 0]:.1f}",
                   temptation=f"{_temptation:.1f}", other=f"{_other:.1f}"),
                _temptation, within=0.05, unit=tr("$bn a year"),
                mistakes=("23", "28", "-5.1", "33.1"),
            ),
            kit.Exercise(
                tr("Which game is it for the **United States** at the tariffs of the truce?"),
                tr("Order its four payoffs. Does it prefer mutual tariffs to mutual free trade?"),
                tr("`T` = {us_t} > `P` = {us_p} > `R` = "
                   "{us_r} > `S` = {us_s}: **deadlock**. The tariff is "
                   "dominant, and mutual tariffs are no loss to it. A prisoner's dilemma would need "
                   "`R > P`.",
                   us_t=f"{truce.A[1, 0]:.1f}", us_p=f"{truce.A[1, 1]:.1f}",
                   us_r=f"{truce.A[0, 0]:.1f}", us_s=f"{truce.A[0, 1]:.1f}"),
                truce.game_class.row,
                choices={
                    game: kit.named(game)
                    for game in ("prisoner's dilemma", "deadlock", "harmony", "Chicken")
                },
                mistakes=("prisoner's dilemma", "harmony", "Chicken"),
            ),
            kit.Exercise(
                tr("Set both sliders of the play to the same tariff and raise it 5 points at a time. "
                   "From how many points on would China rather lay **no** tariff if the United States "
                   "lays none?"),
                tr("In the first row, compare China's number under *tariff* with that under *free "
                   "trade*, which is 0."),
                tr("From **{harmony} points** on *T* is below *R* = 0: China's tariff costs its "
                   "own buyers more than it takes from foreign sellers. Below that the tariff alone "
                   "pays.",
                   harmony=harmony),
                float(harmony), within=0.0, unit=tr("points"),
                mistakes=(str(harmony - 5), str(harmony + 5), "120"),
            ),
        ),
        quiz=(
            kit.Question(
                tr("An action is *dominant* if it is"),
                {
                    "a": tr("the best answer to what the other does in equilibrium"),
                    "b": tr("better than the other actions whatever the opponent does"),
                    "c": tr("the action of the stronger player"),
                },
                "b",
                tr("It has to be better in every column, not in one of them."),
            ),
            kit.Question(
                tr("In a prisoner's dilemma both end with *P* because"),
                {
                    "a": tr("they do not trust each other"),
                    "b": tr("they cannot count"),
                    "c": tr("the tariff is better for each whatever the other does"),
                },
                "c",
                tr("Even a side that is sure of the other's free trade lays its tariff: `T > R`."),
            ),
            kit.Question(
                tr("A player in *deadlock* prefers"),
                {
                    "a": tr("mutual tariffs to mutual free trade"),
                    "b": tr("mutual free trade to everything else"),
                    "c": tr("to be hit alone"),
                },
                "a",
                tr("`P > R`: such a player has nothing to gain from a deal about just these tariffs."),
            ),
            kit.Question(
                tr("A mediator may only announce *please trade freely*. In the one-shot game this"),
                {
                    "a": tr("helps, because both prefer free trade"),
                    "b": tr("changes nothing: announcements change no payoff"),
                    "c": tr("helps if the mediator is trusted"),
                },
                "b",
                tr("Payoffs have to change (a fine), or the game has to be played again (lesson 6). "
                   "People do cooperate more after talking, though: see the teacher's page."),
            ),
        ),
        teacher=kit.Teacher(
            tr("Students can read a payoff matrix, find dominant actions, and say why two "
               "governments end where at least one of them does not want to be."),
            {
                "question": tr("Read the question aloud and take three answers without comment."),
                "prediction": tr("Everybody commits, on the page or on paper. Count; keep the tally."),
                "play": tr("Pairs, three times with changing partners, no talking. Tally the four "
                           "cells on the board. Then let them move the sliders for three minutes."),
                "theory": tr("Mark dominant actions together before the page shows them. Open the "
                             "derivation for a class that wants it."),
                "simulation": tr("Ask where the table turns before you scroll. Then draw the worlds."),
                "exercises": tr("Alone, then compare with a neighbour. Answers are folded."),
                "quiz": tr("Everybody for himself; hands for each question."),
            },
            (
                (
                    tr("In one-shot prisoner's dilemmas a part of the players cooperates, against "
                       "the theory of this lesson; when they may repeat it, more do."),
                    kit.Source(
                        "Cooper, DeJong, Forsythe and Ross 1996",
                        "https://doi.org/10.1006/game.1996.0013",
                    ),
                ),
                (
                    tr("How much a class cooperates depends on the payoffs and on whether partners "
                       "change; a deck of cards is enough to run it with everybody at once."),
                    kit.Source(
                        "Holt and Capra 2000, Classroom games: a prisoner's dilemma",
                        "https://huntsman.usu.edu/learntwice/articles/"
                        "classroom-games-a-prisoners-dilemma",
                    ),
                ),
                (
                    tr("Talking raises cooperation by about one standard deviation on average over "
                       "45 effects, face to face more than in writing. So forbid it in the first "
                       "rounds, and allow it in a last one."),
                    kit.Source("Balliet 2010", "https://doi.org/10.1177/0022002709352443"),
                ),
            ),
            (
                (
                    tr("They lay tariffs because they do not trust each other."),
                    tr("Ask what a side would do that is sure of the other's free trade. `T > R` says "
                       "the same as before."),
                ),
                (
                    tr("A tariff is only a tax on oneself, so it can never pay."),
                    tr("It is also a tax on foreign sellers, who lower their price. The first table "
                       "shows up to which size that is worth more."),
                ),
                (
                    tr("Both lose from a trade war, by definition."),
                    tr("Compare *P* with *R* for each side. At the truce's tariffs both lose income; "
                       "the American government, which counts more than income, gains."),
                ),
                (
                    tr("The matrix is the truth about both countries."),
                    tr("It is a model with a stated trade elasticity and a stated taste for "
                       "protection. The second experiment draws both."),
                ),
            ),
            (
                tr("The matrix of the play without marks while they decide."),
                tr("The class's own tally of the four cells beside the matrix with its marks."),
                tr("The first table of the simulation, covered from 45 points on, until they guessed."),
            ),
            tr("Exercises 1 and 2 show that a student reads the matrix: three points each, one of "
               "them for the inequality in letters. Exercise 3 is an experiment: three points for the "
               "number with a sentence why the sign turns. One point for a reason in the discussion "
               "that names a payoff. The prediction is not graded; that it was made is."),
        ),
        reading=(
            kit.Source(
                "Johnson 1953, Optimum tariffs and retaliation", "https://doi.org/10.2307/2296006"
            ),
            kit.Source(
                "Rapoport and Chammah 1965, Prisoner's Dilemma",
                "https://doi.org/10.3998/mpub.20269",
            ),
        ),
    )  # fmt: skip
    return (lesson,)


if __name__ == "__main__":
    app.run()
