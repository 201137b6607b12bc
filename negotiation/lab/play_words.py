"""What the Play tab says, apart from what the seat says; ``tr`` is asked where it is shown."""

from __future__ import annotations

from negotiation.words.language import marked, markedc

BEGIN = marked("Take a side")
BEGIN_NOTE = marked(
    "You decide what one delegation and its leader decide; the rules decide for the other side. "
    "You see what a delegation may see, and not what the other side is. In the end you are told "
    "what it hid, where you left money, and how a thousand others did in your place."
)
SEAT = marked("Play for {name}")
HAND = marked("Hand")
HAND_HELP = marked(
    "The number of the hand: the same number deals everybody the same types and the same luck, as "
    "in duplicate bridge."
)
TOGETHER = marked("Two people")
TOGETHER_NOTE = marked(
    "Open a table for a side. You get a link for the other side: send it to whoever is to play "
    "against you. Each sees only what their own delegation sees."
)
TABLE = marked("Open a table and play for {name}")
QUIZ = marked("Name that strategy")
QUIZ_NOTE = marked(
    "Five rounds: you watch the offers of a strategy that is not named, and say which of four it "
    "is. The answer comes with its source."
)
QUIZ_BEGIN = marked("Begin the quiz")
QUIZ_ROUND = marked(
    "Two sides share a pie; each can walk away from a fifth of it. Whose offers are the filled "
    "bars, marked with a star? Its opponent plays {against}."
)
QUIZ_HEAD = marked("Round {number} of {total}")
QUIZ_ASKS = marked("{mark}asks for {part}")
QUIZ_TAKEN = marked("The last offer is accepted.")
QUIZ_OPEN = marked("No agreement: the time is up.")
QUIZ_RIGHT = marked("Right: {answer}.")
QUIZ_WRONG = marked("No, not {given}: {answer}.")
QUIZ_SOURCE = marked("Source: {source}.")
QUIZ_SCORE = marked("You named {right} of {total}.")
QUIZ_AGAIN = marked("Another quiz")
LEAVE = marked("Leave the table")
AGAIN = marked("Play another hand")
SAME = marked("Play this hand again")
RETURN = marked("Back to the game that I left")

YOU_ARE = marked("You decide for {side}; its home front votes on its own.")
BY_RULE = marked("{other} is played by its rule ({strategy}).")
BY_PERSON = marked("{other} is played by the person at the other end of the link.")
ONLY_YOU = marked("What only you know")
ON_THE_TABLE = marked("On the table")
NO_OFFER = marked("No offer yet.")
LAST_OF = marked("the last offer of {name}")
WORTH_TO_YOU = marked("Worth {worth} to you; walking away {floor}.")
NEWS = marked("What you have heard")
NO_NEWS = marked("Nothing has happened yet.")
YOURS = marked("You decide")
KEEP = marked("Give the same answer until something happens")
BACK = marked("Take my last decision back")
LEFT = marked("Let my own rule decide this")
WAITING = marked("Waiting for {other}")
WAITING_NOTE = marked("It is for {other} to decide. This page goes on by itself once that is done.")
NOBODY = marked("Nobody sits there yet.")

YOU_GIVE = marked("You give")
THEY_GIVE = marked("They give")
WORTH = marked(
    "Worth {ours} to you: {share} of your way from walking away ({floor}) to the best you could "
    "get ({ideal}). About {theirs} to them, as far as you know them."
)
BEFORE = {
    "now": marked("now {value}"),
    "mine": marked("your last {value}"),
    "theirs": marked("their last {value}"),
    "limit": marked("at most {value}"),
}
FOR_THEM = marked("A little more for them")
FOR_US = marked("A little more for us")
SWAP = marked("Swap")
SWAP_HELP = marked("Swap gives one term for another: worth the same to you, more to them.")
FROM_MINE = marked("From my last offer")
FROM_THEIRS = marked("From their last offer")
OFFER = marked("Put it on the table")
HOLD = marked("Hold out: repeat my last offer")
NO_SWAP = marked("No swap is left that would bring them more at no cost to you.")
NO_MORE = marked("There is nothing more in the terms that would go there.")

HINTS = marked("Hints")
THEORY = marked("What would theory do?")
RULE = marked("What do a thousand delegations do?")
RULE_WAIT = marked("A thousand delegations are being simulated in this seat.")
FUTURES = marked("Play it on from here, a thousand times")
FUTURES_WAIT = marked("This game is being played on from here, a thousand times.")
FUTURES_NOTE = marked(
    "Other luck from here on, the rules deciding after this for both. It meets the type that the "
    "other side really has, which no delegation could know, so the debrief says that you looked."
)
SCORE = marked("Score: {what}.")
FUTURES_HEAD = (
    marked("If you choose"), marked("Signed"), marked("Truce lapses"), marked("Your score"),
    "95%",
)  # fmt: skip
NO_THEORY = marked("No theorem speaks to this decision; see what a thousand delegations do.")
OFFERS = (
    markedc("suggestion", "nash"), markedc("suggestion", "rubinstein"),
    markedc("suggestion", "reply"), markedc("suggestion", "rule"),
    markedc("suggestion", "typical"),
)  # fmt: skip
TAKE = marked("Draft it: {name}")
SUGGESTED = marked("{name}: {about}; worth {ours} to you, about {theirs} to them.")

DEBRIEF = marked("Debrief")
DEBRIEF_WAIT = marked(
    "The game is over. A thousand other delegations are being played in your place."
)
PICTURE_NOTE = marked(
    "Both paths of offers at what they are truly worth, nothing hidden, against as much as both "
    "could get."
)
BY_RULES_NOTE = marked("In these comparisons the rules play for both sides.")

INVITE = marked("Link for the other side")
INVITE_NOTE = marked("Send this link to whoever is to play for {other}. It opens one seat, once.")
OWN_FOOT = marked(
    "The address of this page leads to your seat, and whoever has it decides for you: keep it to "
    "yourself."
)
COPY = marked("Copy")
COPIED = marked("Copied")
JOIN = marked("Take the seat of {name}")
JOIN_NOTE = marked("Somebody plays for {other} and waits for you to play for {name}. {title}")
TAKEN = marked("Both seats at this table are taken.")
GONE = marked(
    "There is no such table: it was closed after hours without a move, or the lab was started anew."
)
FULL = marked(
    "All {most} tables are in use; one is free again once nobody has moved at it for {hours} hours."
)
