"""Where things happen: every small municipality still gets enough for a figure to be shown."""

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
