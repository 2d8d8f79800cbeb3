"""What the project puts in the place of Wagtail's own templates and forms."""

import pytest

from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


def test_logging_in_is_asked_in_dutch_and_by_the_name_of_the_product(client):
    text = client.get("/cms/login/").content.decode()

    assert "Inloggen bij Lessenbank" in text
    assert "Wachtwoord" in text
    assert "Password" not in text
    assert "Wagtail</h1>" not in text


def test_a_person_logs_in(client, django_user_model):
    django_user_model.objects.create_superuser("iemand", password="geheim-genoeg")

    client.post("/cms/login/", {"username": "iemand", "password": "geheim-genoeg", "next": "/cms/"})

    assert client.session["_auth_user_id"]


@pytest.mark.usefixtures("wagtail_tasks")  # They fill the index that the list searches.
@pytest.mark.parametrize(
    ("query", "told"), [("Vraag", "1–1 van 1"), ("Bestaat+niet", "Geen resultaten")]
)
def test_a_list_of_pages_tells_in_dutch_what_it_shows(admin_client, query, told):
    lesson = make_lesson(title="Vraag het gezin")

    url = f"/cms/pages/{lesson.get_parent().pk}/?q={query}"
    text = admin_client.get(url).content.decode()

    assert f"</a> {told} <a" in " ".join(text.split())
