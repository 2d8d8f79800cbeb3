"""The errors of questions that ask too much."""

from __future__ import annotations

from frontend_api.graphql.errors import RefusedRequestError
from frontend_api.graphql.limits.numbers import BUDGET, MAX_DEPTH


def refuse_above(limit: int, number: int, what: str, code: str) -> None:
    """Raise ``RefusedRequestError`` when there are more than the limit."""
    if number > limit:
        raise RefusedRequestError(
            f"Deze vraag is te groot: {number} {what}, en het mogen er {limit} zijn. "
            "Splits de vraag in meerdere verzoeken.",
            code=code,
            place="query",
        )


def too_deep() -> RefusedRequestError:
    """Return the error for a document nested beyond what can be weighed at all."""
    return RefusedRequestError(
        f"Deze vraag is te diep genest; {MAX_DEPTH} niveaus mogen.",
        code="TOO_DEEP",
        place="query",
    )


def too_costly(cost: int) -> RefusedRequestError:
    """Return the error for a question whose answer may hold too much."""
    return RefusedRequestError(
        f"Deze vraag is te duur: zij kost {cost}, en het mag {BUDGET} zijn. Vraag minder velden, "
        "of met first een kortere bladzijde.",
        code="TOO_COSTLY",
        place="query",
    )


def too_late(seconds: float) -> RefusedRequestError:
    """Return the error for a question that took too long."""
    return RefusedRequestError(
        f"Dit antwoord kwam niet binnen {seconds:g} seconden klaar. Vraag minder tegelijk, of "
        "probeer het later nog eens.",
        code="TIMEOUT",
        place="query",
    )
