"""What may become of a release: one table, from which the diagram of docs/publication.md is drawn."""

from enum import StrEnum

from bilan.release.errors import ReleaseRefusedError


class State(StrEnum):
    """Where a release stands."""

    CANDIDATE = "candidate"  # frozen; a check is not satisfied, or was not made yet
    CHECKED = "checked"  # every automatic check passed: it waits for two people
    APPROVED = "approved"  # two people signed; its publication is under way
    PUBLISHED = "published"  # it is out: boards and extracts show it
    WITHDRAWN = "withdrawn"  # no file shows it any more; a public notice says why


class Step(StrEnum):
    """What is done to a release. Each one that was done is an entry of the register."""

    FREEZE = "freeze"  # the figures of the day are frozen
    FAIL = "fail"  # an automatic check is not satisfied
    PASS = "pass"  # noqa: S105  # all of them are
    SIGN = "sign"  # a first person approves
    APPROVE = "approve"  # a second one does
    PUBLISH = "publish"  # what was approved is what readers see
    WITHDRAW = "withdraw"  # it is taken back


TRANSITIONS: dict[tuple[State | None, Step], State] = {
    (None, Step.FREEZE): State.CANDIDATE,
    (State.CANDIDATE, Step.FAIL): State.CANDIDATE,
    (State.CANDIDATE, Step.PASS): State.CHECKED,
    (State.CHECKED, Step.SIGN): State.CHECKED,
    (State.CHECKED, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
    # approved, but altered before it was out: it can only be taken back
    (State.APPROVED, Step.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Step.WITHDRAW): State.WITHDRAWN,
}
STATES_FR = {
    State.CANDIDATE: "candidate",
    State.CHECKED: "contrôlée",
    State.APPROVED: "approuvée",
    State.PUBLISHED: "publiée",
    State.WITHDRAWN: "retirée",
}
STEPS_FR = {
    Step.FREEZE: "figer",
    Step.FAIL: "contrôle non satisfait",
    Step.PASS: "contrôles satisfaits",
    Step.SIGN: "première signature",
    Step.APPROVE: "seconde signature",
    Step.PUBLISH: "publier",
    Step.WITHDRAW: "retirer",
}


def can_take(state: State | None, step: Step) -> bool:
    """Whether the step may be taken from there; None is « no release yet »."""
    return (state, step) in TRANSITIONS


def check_take(number: int, state: State | None, step: Step) -> State:
    """The state that the step leads to. ReleaseRefusedError where it may not be taken."""
    if not can_take(state, step):
        where = f"est {STATES_FR[state]}" if state else "n'existe pas"
        possible = [STEPS_FR[s] for (origin, s) in TRANSITIONS if origin == state and state]
        raise ReleaseRefusedError(
            f"La publication n° {number} {where} : « {STEPS_FR[step]} » n'est pas permis. "
            f"Permis : {', '.join(possible) or 'rien'}."
        )
    return TRANSITIONS[state, step]


def diagram() -> str:
    """The table as a Mermaid state diagram, in French."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state} : {words}" for state, words in STATES_FR.items()]
    lines += [
        f"    {origin or '[*]'} --> {target} : {STEPS_FR[step]}"
        for (origin, step), target in TRANSITIONS.items()
    ]
    last = set(TRANSITIONS.values()) - {origin for origin, _ in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state in sorted(last)]
    return "\n".join(lines) + "\n"
