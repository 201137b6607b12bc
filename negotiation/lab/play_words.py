"""What the Play tab says, apart from what the seat itself says."""

from __future__ import annotations

BEGIN = "Take a side"
BEGIN_TOLD = (
    "You decide what one delegation and its leader decide; the rules decide for the other side. "
    "You see what a delegation may see, and not what the other side is. In the end you are told "
    "what it hid, where you left money, and how a thousand others did in your place."
)
SEAT = "Play for {name}"
HAND = "Hand"
HAND_HELP = (
    "The number of the hand: the same number deals everybody the same types and the same luck, as "
    "in duplicate bridge."
)
TOGETHER = "Two people"
TOGETHER_TOLD = (
    "Open a table for a side. You get a link for the other side: send it to whoever is to play "
    "against you. Each sees only what their own delegation sees."
)
TABLE = "Open a table and play for {name}"
QUIZ = "Name that strategy"
QUIZ_TOLD = (
    "Five rounds: you watch the offers of a strategy that is not named, and say which of four it "
    "is. The answer comes with its source."
)
QUIZ_BEGIN = "Begin the quiz"
QUIZ_ROUND = (
    "Two sides share a pie; each can walk away from a fifth of it. Whose offers are the filled "
    "bars, marked with a star? Its opponent plays {against}."
)
QUIZ_HEAD = "Round {number} of {total}"
QUIZ_ASKS = "{mark}asks for {part}"
QUIZ_TAKEN = "The last offer is accepted."
QUIZ_OPEN = "No agreement: the time is up."
QUIZ_RIGHT = "Right: {answer}."
QUIZ_WRONG = "No, not {given}: {answer}."
QUIZ_SOURCE = "Source: {source}."
QUIZ_SCORE = "You named {right} of {total}."
QUIZ_AGAIN = "Another quiz"
LEAVE = "Leave the table"
AGAIN = "Play another hand"
SAME = "Play this hand again"
RETURN = "Back to the game that I left"

YOU_ARE = "You decide for {own}; its home front votes on its own. "
BY_RULE = "{other} is played by its rule ({strategy})."
BY_PERSON = "{other} is played by the person at the other end of the link."
ONLY_YOU = "What only you know"
ON_THE_TABLE = "On the table"
NO_OFFER = "No offer yet."
LAST_OF = "the last offer of {name}"
NEWS = "What you have heard"
NO_NEWS = "Nothing has happened yet."
YOURS = "You decide"
KEEP = "Give the same answer until something happens"
BACK = "Take my last decision back"
LEFT = "Let my own rule decide this"
WAITING = "Waiting for {other}"
WAITING_TOLD = "It is for {other} to decide. This page goes on by itself once that is done."
NOBODY = "Nobody sits there yet."

YOU_GIVE = "You give"
THEY_GIVE = "They give"
WORTH = (
    "Worth {ours} to you: {share} of your way from walking away ({floor}) to the best you could "
    "get ({ideal}). About {theirs} to them, as far as you know them."
)
BEFORE = {
    "now": "now {value}",
    "mine": "your last {value}",
    "theirs": "their last {value}",
    "limit": "at most {value}",
}
FOR_THEM = "A little more for them"
FOR_US = "A little more for us"
SWAP = "Swap"
SWAP_HELP = "Swap gives one term for another: worth the same to you, more to them."
FROM_MINE = "From my last offer"
FROM_THEIRS = "From their last offer"
OFFER = "Put it on the table"
HOLD = "Hold out: repeat my last offer"
NO_SWAP = "No swap is left that would bring them more at no cost to you."
NO_MORE = "There is nothing more in the terms that would go there."

HINTS = "Hints"
THEORY = "What would theory do?"
RULE = "What do a thousand delegations do?"
FUTURES = "Play it on from here, a thousand times"
FUTURES_WAIT = "This game is being played on from here, a thousand times."
FUTURES_TOLD = (
    "Other luck from here on, the rules deciding after this for both. It meets the type that the "
    "other side really has, which no delegation could know, so the debrief says that you looked."
)
FUTURES_HEAD = ("If you choose", "Signed", "Truce lapses", "Your score", "95%")
NO_THEORY = "No theorem speaks to this decision; see what a thousand delegations do."
TAKE = "Draft it: {name}"
SUGGESTED = "{name}: {about}; worth {ours} to you, about {theirs} to them."

DEBRIEF = "Debrief"
DEBRIEF_WAIT = "The game is over. A thousand other delegations are being played in your place."
PICTURE_TOLD = (
    "Both paths of offers at what they are truly worth, nothing hidden, against as much as both "
    "could get."
)
BY_RULES_TOLD = "In these comparisons the rules play for both sides."

INVITE = "Link for the other side"
INVITE_TOLD = "Send this link to whoever is to play for {other}. It opens one seat, once."
OWN_FOOT = (
    "The address of this page leads to your seat, and whoever has it decides for you: keep it to "
    "yourself."
)
COPY = "Copy"
COPIED = "Copied"
JOIN = "Take the seat of {name}"
JOIN_TOLD = "Somebody plays for {other} and waits for you to play for {name}. {title}"
TAKEN = "Both seats at this table are taken."
GONE = (
    "There is no such table: it was closed after hours without a move, or the lab was started anew."
)
FULL = (
    "All {most} tables are in use; one is free again once nobody has moved at it for {hours} hours."
)
