"""What the eight lessons share: exercises that code checks, a prediction, a quiz, a teacher's page.

A lesson is a marimo notebook in ``lessons/``. It declares one :class:`Lesson`, and its cells show
the parts of it between what they compute. ``parts`` holds what a lesson consists of, without
marimo; ``words`` says it in another language; ``numbers`` reads what a student types; ``showing``
asks and answers in the open notebook, and so imports marimo; ``predicting`` asks for a prediction
and locks it; ``pages`` writes the same lesson as one HTML file that needs no network, and as
``.ipynb``; ``python -m negotiation.lessons`` opens it.
"""

from __future__ import annotations

from negotiation.lab.game_view import action as action
from negotiation.lab.game_view import classed as classed
from negotiation.lessons.parts import Exercise as Exercise
from negotiation.lessons.parts import Lesson as Lesson
from negotiation.lessons.parts import News as News
from negotiation.lessons.parts import Prediction as Prediction
from negotiation.lessons.parts import Question as Question
from negotiation.lessons.parts import Source as Source
from negotiation.lessons.parts import Teacher as Teacher
from negotiation.lessons.predicting import commitment as commitment
from negotiation.lessons.predicting import found as found
from negotiation.lessons.predicting import guessed as guessed
from negotiation.lessons.predicting import guesses as guesses
from negotiation.lessons.predicting import predict as predict
from negotiation.lessons.showing import ask as ask
from negotiation.lessons.showing import begin as begin
from negotiation.lessons.showing import choose as choose
from negotiation.lessons.showing import end as end
from negotiation.lessons.showing import exercises as exercises
from negotiation.lessons.showing import folded as folded
from negotiation.lessons.showing import heading as heading
from negotiation.lessons.showing import lines as lines
from negotiation.lessons.showing import marks as marks
from negotiation.lessons.showing import matrix as matrix
from negotiation.lessons.showing import picture as picture
from negotiation.lessons.showing import quiz as quiz
from negotiation.lessons.showing import say as say
from negotiation.lessons.words import country as country
from negotiation.lessons.words import full_month as full_month
from negotiation.lessons.words import named as named
from negotiation.lessons.words import words as words
from negotiation.words.language import data as data
from negotiation.words.language import in_list as in_list
from negotiation.words.numbers import brief as brief
from negotiation.words.numbers import percent as percent
