"""Where things happen: every small municipality still gets enough for a figure to be shown."""

from bilan.samples.draw import Draw

LONGUEUIL = "Longueuil"
BROSSARD = "Brossard"
BOUCHERVILLE = "Boucherville"
SAINT_BRUNO = "Saint-Bruno-de-Montarville"
SAINT_LAMBERT = "Saint-Lambert"

SHARES = {LONGUEUIL: 46, BROSSARD: 18, BOUCHERVILLE: 13, SAINT_BRUNO: 12, SAINT_LAMBERT: 11}


def quotas(count: int) -> dict[str, int]:
    """How many of `count` each municipality gets; what rounding leaves goes to Longueuil."""
    shares = {place: count * share // 100 for place, share in SHARES.items()}
    shares[LONGUEUIL] += count - sum(shares.values())
    return shares


# Arrests are rare: spread thin over five municipalities and three years, every count would be hidden.
# So police turns to one small municipality a year, beside the two large ones.
TURNS = (BOUCHERVILLE, SAINT_BRUNO, SAINT_LAMBERT)
BROSSARD_SHARE, TURN_SHARE = 27, 34


def in_turns(draw: Draw, count: int) -> list[str]:
    """The places of `count` police events in the order of their dates, a third of them for each turn."""
    places: list[str] = []
    for order, turn in enumerate(TURNS):
        events = count * (order + 1) // len(TURNS) - len(places)
        brossard, small = events * BROSSARD_SHARE // 100, events * TURN_SHARE // 100
        places += draw.deal({BROSSARD: brossard, turn: small, LONGUEUIL: events - brossard - small})
    return places
