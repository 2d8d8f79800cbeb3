"""Asking the endpoint a question, as a partner does."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client


def post(query: str, **variables: Any) -> Any:
    """Return the response to a question, sent as JSON."""
    body = json.dumps({"query": query, "variables": variables})
    return Client().post("/graphql/", body, content_type="application/json")


def ask(query: str, **variables: Any) -> dict[str, Any]:
    """Return the data of an answer that must hold no error."""
    answer = post(query, **variables).json()
    assert "errors" not in answer, answer["errors"]
    data: dict[str, Any] = answer["data"]
    return data


def error_of(query: str, **variables: Any) -> dict[str, Any]:
    """Return the one error of an answer, as code, place, accepted and message."""
    errors = post(query, **variables).json()["errors"]
    assert len(errors) == 1, errors
    return {"message": errors[0]["message"], **errors[0]["extensions"]}
