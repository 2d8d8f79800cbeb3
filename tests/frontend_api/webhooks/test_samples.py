"""The verification code of ``docs/webhooks.md``, run against what is really sent."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from frontend_api.models import EventKind
from frontend_api.webhooks.outcomes import SCHEDULE
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.sending import TOTAL_SECONDS
from frontend_api.webhooks.signing import OVERLAP, new_secret
from tests.frontend_api.graphql.asking import ask

pytestmark = pytest.mark.django_db

PAGE = (settings.BASE_DIR / "docs" / "webhooks.md").read_text()
PYTHON = """
import json, sys
for case in json.load(sys.stdin):
    try:
        print(receive(case["body"].encode(), case["headers"])["type"])
    except Exception:
        print("refused")
"""
JAVASCRIPT = """
for (const given of JSON.parse(require("node:fs").readFileSync(0))) {
  try { console.log(receive(Buffer.from(given.body), given.headers).type); }
  catch { console.log("refused"); }
}
"""


def sample(language):
    (code,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return code


@pytest.fixture
def cases(webhook, receiver, secret_of, happen, lessons):
    """Return a request that came in while the secret was replaced, and what was made of it."""
    from frontend_api.webhooks.delivering import deliver

    new_secret(webhook)
    happen(lessons[0])
    plan()
    deliver()
    (received,) = receiver.received
    headers = {name.lower(): text for name, text in received.headers.items()}
    body = received.body.decode()
    right = {"body": body, "headers": headers}
    return [
        right,
        {"body": body.replace("removed", "changed"), "headers": headers},
        *(
            {"body": body, "headers": headers | change}
            for change in (
                {"webhook-id": "evt_ander"},
                {"webhook-timestamp": "1500000000"},
                {"webhook-timestamp": "morgen"},
                {"webhook-signature": "v1,AAAA v1a,BBBB v1 nonsens"},
                {"webhook-signature": ""},
            )
        ),
    ]


def outcome(program, cases, secret):
    ran = subprocess.run(
        program,
        input=json.dumps(cases),
        env={**os.environ, "LESSENBANK_WEBHOOK_SECRET": secret},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return ran.stdout.split()


EXPECTED = ["lesson.removed", *["refused"] * 6]


def test_the_python_of_the_page_takes_what_is_ours_only(cases, webhook, secret_of):
    program = [sys.executable, "-c", sample("python") + PYTHON]

    assert outcome(program, cases, secret_of[webhook.pk]) == EXPECTED


def test_the_javascript_of_the_page_takes_what_is_ours_only(cases, webhook, secret_of):
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        pytest.skip("Node.js is missing, which runs the sample; install it: apt-get install nodejs")

    program = [node, "-e", sample("javascript") + JAVASCRIPT]

    assert outcome(program, cases, secret_of[webhook.pk]) == EXPECTED


def test_the_php_of_the_page_takes_what_is_ours_only(cases, webhook, secret_of, tmp_path):
    php = shutil.which("php")
    if php is None:
        pytest.skip("PHP is missing, which runs the sample; install it: apt-get install php-cli")
    program = tmp_path / "sample.php"
    program.write_text(
        "<?php\n" + sample("php") + "foreach (json_decode(stream_get_contents(STDIN), true) as $c)"
        "{ try { echo receive($c['body'], $c['headers'])['type'], \"\\n\"; }"
        'catch (Throwable $e) { echo "refused\\n"; } }'
    )

    assert outcome([php, program], cases, secret_of[webhook.pk]) == EXPECTED


def test_the_question_of_the_page_is_answered():
    assert ask(sample("graphql"), uuids=[]) == {"lessonsByUuid": []}


def test_the_page_names_every_kind_of_event_and_the_numbers_that_hold():
    for kind in EventKind.values:
        assert f"| `{kind}` |" in PAGE
    (table,) = re.findall(r"\| after \|(.*)\|", PAGE)
    seconds = {"s": 1, "min": 60, "h": 3600}
    pauses = [step.split() for step in table.split("|")[1:]]
    assert [int(number) * seconds[unit] for number, unit in pauses] == [
        pause.total_seconds() for pause in SCHEDULE
    ]
    assert f"within {TOTAL_SECONDS:.0f} seconds" in PAGE
    assert (OVERLAP.days, "for seven days" in PAGE) == (7, True)
