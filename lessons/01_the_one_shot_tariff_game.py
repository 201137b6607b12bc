import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="1. The one-shot tariff game")

with app.setup:
    import marimo as mo
    import numpy as np

    import negotiation as ng
    from negotiation import lessons as kit
    from negotiation.analysis.stage_games import tariffs

    scenario = ng.Scenario.load("stockholm-2025")

    def laid(us, china):
        """The tariff game at these tariffs, in points over 2024."""
        points = {"tariffs.us_truce": us / 100, "tariffs.china_truce": china / 100}
        return tariffs(scenario.replace(points))


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
    us_rate = mo.ui.slider(5, 120, 5, 30, label="US tariff on top of 2024, points", show_value=True)
    china_rate = mo.ui.slider(5, 120, 5, 10, label="China's tariff, points", show_value=True)
    us_choice = mo.ui.radio(["free trade", "tariff"], "tariff", label="The United States:")
    china_choice = mo.ui.radio(["free trade", "tariff"], "free trade", label="China:")
    mo.vstack([
        kit.heading(lesson, "play", opened),
        kit.say(
            "Play in pairs: one is Washington, the other Beijing, and nobody talks. Write down "
            "*free trade* or *tariff*, turn the sheets over together, then set both choices here. "
            "Play three times, each time with somebody else. Only then move the sliders: what "
            "would you do if the tariffs were other ones?"
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
            f"Against 2024 the United States gains **{played.A[_cell]:+.1f} $bn a year** "
            f"and China **{played.B[_cell]:+.1f}**. All four cells:"
        ),
        kit.matrix(played, marked=False),
    ])  # fmt: skip
    return (played,)


@app.cell(hide_code=True)
def _(income, lesson, opened, truce):
    mo.vstack([
        kit.heading(lesson, "theory", opened),
        kit.say(
            "A **game** is players, their actions, and what each combination of actions is worth "
            "to each player. In a *one-shot* game nobody can answer later. An action is "
            "**dominant** if it is better than the other one whatever the opponent does. Whoever "
            "has one needs no guess about the opponent.\n\n"
            "Below the tariffs are those of the truce, 30 points and 10. Underlined is what is "
            "best for a side against that choice of the other."
        ),
        kit.matrix(truce),
        kit.say(
            "Four letters name a player's payoffs: *R* if both trade freely (reward), *T* for "
            "laying a tariff alone (temptation), *S* for being hit alone (sucker), *P* if both lay "
            f"tariffs (punishment). {truce.game_class.because}\n\n"
            "The American numbers hold what protected jobs and tariff revenue are worth to a "
            "government. Counted in national income alone, the United States would be in a "
            f"**{income.game_class.row}** too: `T` = {income.A[1, 0]:.1f}, `R` = 0, `P` = "
            f"{income.A[1, 1]:.1f}, `S` = {income.A[0, 1]:.1f}."
        ),
        kit.folded(
            "Derivation: when a tariff is dominant, and when both lose by it",
            "A tariff is dominant if it is better both against free trade and against a tariff:\n\n"
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
            "protection is worth to a government.",
        ),
    ])  # fmt: skip
    return


@app.cell(hide_code=True)
def _(by_size, lesson, opened):
    runs = mo.ui.slider(20, 200, 20, 60, label="worlds to draw", show_value=True)
    _rows = "\n".join(
        f"| {size} | {game.A[1, 0]:+.1f} | {game.A[1, 1]:+.1f} | {game.game_class.row} "
        f"| {game.B[0, 1]:+.1f} | {game.B[1, 1]:+.1f} | {game.game_class.column} |"
        for size, game in by_size.items()
        if size in (5, 10, 20, 30, 45, 60, 80, 120)
    )
    mo.vstack([
        kit.heading(lesson, "simulation", opened),
        kit.say(
            "**First experiment.** Both lay the same tariff, from a small one to a near-embargo. "
            "*R* is 0, as everything is measured against 2024.\n\n"
            "| points | US: T | US: P | its game | China: T | China: P | its game |\n"
            f"|---|---|---|---|---|---|---|\n{_rows}\n\n"
            "Small tariffs tempt; embargo-sized ones do not. From some size on the game is one of "
            "**harmony**: nobody wants the tariff, even alone. A duty of 30% and a threat of 145% "
            "are different games. Lesson 3 is about threats.\n\n"
            "**Second experiment.** Nobody knows how strongly trade answers to tariffs, nor how "
            "much each government likes protection. Both are drawn from what is known of them; "
            "the tariffs are those of the truce."
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
        f"| {us} | {china} | {_pairs.count((us, china))} |"
        for us, china in sorted(set(_pairs), key=lambda pair: (-_pairs.count(pair), pair))
    )
    _tempted = [game.B[0, 1] - game.B[0, 0] for game in worlds]
    both = sum(game.pure_equilibria == ((1, 1),) for game in worlds) / len(worlds)
    kit.say(
        f"| game of the US | game of China | of {runs.value} worlds |\n|---|---|---|\n{_rows}\n\n"
        f"China's temptation `T - R` lies between {min(_tempted):.1f} and {max(_tempted):.1f} $bn a "
        f"year. In **{both:.0%}** of these worlds there is one equilibrium, and in it both lay the "
        "tariff."
    )
    return both, worlds


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
    truce = laid(30, 10)
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
        title="The one-shot tariff game",
        minutes={
            "question": 5, "prediction": 3, "play": 13, "theory": 11, "simulation": 7,
            "exercises": 9, "quiz": 2,
        },
        news=kit.News(
            "On 28 July 2025 both sides sat in Stockholm, and both still taxed each other's goods. "
            "Why does nobody simply take the tariff off?",
            "The Geneva statement of 12 May had put most of the spring's tariffs off for 90 days. "
            "What stayed in force from 2025 was 30 percentage points on China's goods and 10 on US "
            "goods. What the delegations met for was to extend this pause; the tariffs that stayed "
            "in force were to stay.",
            (_reuters, _geneva),
        ),
        prediction=kit.Prediction(
            "Suppose that each government chooses once, alone, between free trade and the tariff "
            "that it has now, and cares about its country's income and a little about protection. "
            "What happens?",
            (
                "Both choose free trade",
                "Only the United States lays its tariff",
                "Only China lays its tariff",
                "Both lay their tariffs",
            ),
            "**Both lay their tariffs.** For each side its own tariff is better whatever the other "
            "does, so no promise, no trust and no guess about the other side enters. China would "
            "rather have had free trade on both sides. The United States, at these numbers, would "
            "not: what protection and revenue are worth to its government outweighs the "
            f"{-income.A[1, 1]:.1f} $bn a year of income that mutual tariffs cost the country.",
        ),
        exercises=(
            kit.Exercise(
                "Suppose a treaty fines whoever lays a tariff. How large must China's fine be, in "
                "$bn a year, so that China has no reason to lay its tariff *while the United "
                "States trades freely*? Use the matrix of the truce.",
                "What does China get with the tariff, and what without, in the row *free trade*?",
                f"China gets *T* = {truce.B[0, 1]:.1f} with the tariff and *R* = "
                f"{truce.B[0, 0]:.1f} without. The fine has to be at least `T - R` = "
                f"**{_temptation:.1f} $bn a year**. Were the United States to lay its tariff, "
                f"`P - S` = {_other:.1f} would do.",
                _temptation, within=0.05, unit="$bn a year",
                mistakes=("23", "28", "-5.1", "33.1"),
            ),
            kit.Exercise(
                "Which game is it for the **United States** at the tariffs of the truce?",
                "Order its four payoffs. Does it prefer mutual tariffs to mutual free trade?",
                f"`T` = {truce.A[1, 0]:.1f} > `P` = {truce.A[1, 1]:.1f} > `R` = "
                f"{truce.A[0, 0]:.1f} > `S` = {truce.A[0, 1]:.1f}: **deadlock**. The tariff is "
                "dominant, and mutual tariffs are no loss to it. A prisoner's dilemma would need "
                "`R > P`.",
                truce.game_class.row,
                choices=("prisoner's dilemma", "deadlock", "harmony", "Chicken"),
                mistakes=("prisoner's dilemma", "harmony", "Chicken"),
            ),
            kit.Exercise(
                "Set both sliders of the play to the same tariff and raise it 5 points at a time. "
                "From how many points on would China rather lay **no** tariff if the United States "
                "lays none?",
                "In the first row, compare China's number under *tariff* with that under *free "
                "trade*, which is 0.",
                f"From **{harmony} points** on *T* is below *R* = 0: China's tariff costs its "
                "own buyers more than it takes from foreign sellers. Below that the tariff alone "
                "pays.",
                float(harmony), within=0.0, unit="points",
                mistakes=(str(harmony - 5), str(harmony + 5), "120"),
            ),
        ),
        quiz=(
            kit.Question(
                "An action is *dominant* if it is",
                (
                    "the best answer to what the other does in equilibrium",
                    "better than the other actions whatever the opponent does",
                    "the action of the stronger player",
                ),
                "better than the other actions whatever the opponent does",
                "It has to be better in every column, not in one of them.",
            ),
            kit.Question(
                "In a prisoner's dilemma both end with *P* because",
                (
                    "they do not trust each other",
                    "they cannot count",
                    "the tariff is better for each whatever the other does",
                ),
                "the tariff is better for each whatever the other does",
                "Even a side that is sure of the other's free trade lays its tariff: `T > R`.",
            ),
            kit.Question(
                "A player in *deadlock* prefers",
                (
                    "mutual tariffs to mutual free trade",
                    "mutual free trade to everything else",
                    "to be hit alone",
                ),
                "mutual tariffs to mutual free trade",
                "`P > R`: such a player has nothing to gain from a deal about just these tariffs.",
            ),
            kit.Question(
                "A mediator may only announce *please trade freely*. In the one-shot game this",
                (
                    "helps, because both prefer free trade",
                    "changes nothing: announcements change no payoff",
                    "helps if the mediator is trusted",
                ),
                "changes nothing: announcements change no payoff",
                "Payoffs have to change (a fine), or the game has to be played again (lesson 6). "
                "People do cooperate more after talking, though: see the teacher's page.",
            ),
        ),
        teacher=kit.Teacher(
            "Students can read a payoff matrix, find dominant actions, and say why two "
            "governments end where at least one of them does not want to be.",
            {
                "question": "Read the question aloud and take three answers without comment.",
                "prediction": "Everybody commits, on the page or on paper. Count; keep the tally.",
                "play": "Pairs, three times with changing partners, no talking. Tally the four "
                "cells on the board. Then let them move the sliders for three minutes.",
                "theory": "Mark dominant actions together before the page shows them. Open the "
                "derivation for a class that wants it.",
                "simulation": "Ask where the table turns before you scroll. Then draw the worlds.",
                "exercises": "Alone, then compare with a neighbour. Answers are folded.",
                "quiz": "Everybody for himself; hands for each question.",
            },
            (
                (
                    "In one-shot prisoner's dilemmas a part of the players cooperates, against "
                    "the theory of this lesson; when they may repeat it, more do.",
                    kit.Source(
                        "Cooper, DeJong, Forsythe and Ross 1996",
                        "https://doi.org/10.1006/game.1996.0013",
                    ),
                ),
                (
                    "How much a class cooperates depends on the payoffs and on whether partners "
                    "change; a deck of cards is enough to run it with everybody at once.",
                    kit.Source(
                        "Holt and Capra 2000, Classroom games: a prisoner's dilemma",
                        "https://huntsman.usu.edu/learntwice/articles/"
                        "classroom-games-a-prisoners-dilemma",
                    ),
                ),
                (
                    "Talking raises cooperation by about one standard deviation on average over "
                    "45 effects, face to face more than in writing. So forbid it in the first "
                    "rounds, and allow it in a last one.",
                    kit.Source("Balliet 2010", "https://doi.org/10.1177/0022002709352443"),
                ),
            ),
            (
                (
                    "They lay tariffs because they do not trust each other.",
                    "Ask what a side would do that is sure of the other's free trade. `T > R` says "
                    "the same as before.",
                ),
                (
                    "A tariff is only a tax on oneself, so it can never pay.",
                    "It is also a tax on foreign sellers, who lower their price. The first table "
                    "shows up to which size that is worth more.",
                ),
                (
                    "Both lose from a trade war, by definition.",
                    "Compare *P* with *R* for each side. At the truce's tariffs both lose income; "
                    "the American government, which counts more than income, gains.",
                ),
                (
                    "The matrix is the truth about both countries.",
                    "It is a model with a stated trade elasticity and a stated taste for "
                    "protection. The second experiment draws both.",
                ),
            ),
            (
                "The matrix of the play without marks while they decide.",
                "The class's own tally of the four cells beside the matrix with its marks.",
                "The first table of the simulation, covered from 45 points on, until they guessed.",
            ),
            "Exercises 1 and 2 show that a student reads the matrix: three points each, one of "
            "them for the inequality in letters. Exercise 3 is an experiment: three points for the "
            "number with a sentence why the sign turns. One point for a reason in the discussion "
            "that names a payoff. The prediction is not graded; that it was made is.",
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
