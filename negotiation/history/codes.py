"""What the cells of the record may say: each code with the sentence that defines it."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A code with what it means.

    Examples
    --------
    >>> Outcome("deal").about
    'a text or a joint announcement with named commitments'
    """

    about: str

    def __new__(cls, value: str, about: str = "") -> Code:
        """Make a code of its name and the words that define it."""
        made = str.__new__(cls, value)
        made._value_, made.about = value, about
        return made


class Outcome(Code):
    """How a decision came out: exactly one of five, from best for the sender's threat to none."""

    PENALTY_IN_FULL = (
        "penalty_in_full",
        "it took effect as announced, or penalties that could have lapsed go on",
    )
    PENALTY_IN_PART = (
        "penalty_in_part",
        "at a lower rate, on less trade, or narrowed within days",
    )
    EXTENDED_OR_PAUSED = (
        "extended_or_paused",
        "put off or suspended, with no exchange of substance",
    )
    DEAL = ("deal", "a text or a joint announcement with named commitments")
    DROPPED = ("dropped", "withdrawn, and nothing was signed")


class GaveWay(Code):
    """Who gave way: the column ``mutual``."""

    MUTUAL = ("mutual", "both lift, suspend or give something")
    SENDER = ("sender_backs_down", "the side that threatened gives up its threat for nothing")
    TARGET = ("target_concedes", "the side that was threatened gives what was asked, or part of it")
    NONE = ("none", "a penalty, or a lapse in which nobody gave anything")


class Binding(Code):
    """How a date binds."""

    HARD = (
        "hard",
        "the penalty takes effect by itself: signed order, published notice, statute, listed goods",
    )
    SOFT = ("soft", "a letter, a post, a proposal, or a date that needs a further act")
    NONE = ("none", "there is no date")


class Regime(Code):
    """What was in force in that dispute before the decision."""

    CALM = ("calm", "neither penalties nor a truce")
    TRUCE = ("truce_or_pause", "penalties are suspended or put off")
    PENALTIES = ("penalties_in_force", "penalties are in force")


class Leaders(Code):
    """What the leaders had done about it by the day before."""

    NONE = ("none", "nothing")
    CALL = ("call", "they had spoken by telephone")
    SCHEDULED = ("meeting_scheduled", "a meeting was fixed")
    HELD = ("held", "they had met, or met on the day")


class SpellRole(Code):
    """What the decision did to a spell of penalties."""

    BEGINS = ("begins", "a spell begins with it")
    ENDS = ("ends_or_eases", "a spell ends with it or is eased")


class Ended(Code):
    """How a spell of penalties ended."""

    IN_FORCE = ("in force", "it had not ended when it was last seen")
    DEAL = ("deal", "by a deal")
    TRUCE = ("truce", "it was suspended")
    DROPPED = ("dropped", "the sender lifted it for nothing")
    PARTLY = ("partly lifted", "most of the trade was exempted")
    EXPIRED = ("expired", "its term ran out")


class SignedBy(Code):
    """Who concluded a deal first."""

    DELEGATION = ("delegation", "delegations, ministers or agencies")
    LEADERS = ("leaders", "the leaders themselves, in person or by telephone")


class Confidence(Code):
    """How sure the coder was of a row."""

    HIGH = ("high", "a second coder would very likely agree")
    MEDIUM = ("medium", "a date or a code may be off")
    LOW = ("low", "a reasonable reader may well disagree")


MARKS = ("retrieved", "memory", "derived", "article", "guess", "TIES")  # joined by + where several
