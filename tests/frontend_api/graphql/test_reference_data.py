import pytest

from lessons.models import EvidenceLevel, Partner, Phase
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_term,
)
from tests.frontend_api.graphql.asking import ask, error_of

pytestmark = pytest.mark.django_db


def test_vocabularies_come_with_their_terms_in_order(nothing_made):
    make_term(Phase, "borging", order=2)
    make_term(Phase, "aanmelding", order=1, alternative_labels="start\nbegin")
    make_term(Partner, "nji", "NJi", kind="knowledge", website="https://www.nji.nl/")

    found = ask(
        """{ vocabularies {
            code terms { code alternativeLabels organisationKind website definition }
        } }"""
    )["vocabularies"]

    terms = {vocabulary["code"]: vocabulary["terms"] for vocabulary in found}
    assert list(terms) == [
        "ontwikkelpunt",
        "phase",
        "partner",
        "familyForm",
        "situation",
        "audience",
        "evidenceLevel",
    ]
    assert [term["code"] for term in terms["phase"]] == ["aanmelding", "borging"]
    assert terms["phase"][0]["alternativeLabels"] == ["start", "begin"]
    assert terms["partner"] == [
        {
            "code": "nji",
            "alternativeLabels": [],
            "organisationKind": "KNOWLEDGE",
            "website": "https://www.nji.nl/",
            "definition": None,
        }
    ]


def test_a_merged_term_stays_and_tells_what_replaced_it():
    current = make_term(EvidenceLevel, "gemeten", "Gemeten")
    make_term(EvidenceLevel, "cijfers", broader=current, replaced_by=current, is_retired=True)

    found = ask(
        """{ term(vocabulary: "evidenceLevel", code: "cijfers") {
            uri isRetired replacedBy { code label replacedBy { code } } broader { code }
        } }"""
    )["term"]

    assert found == {
        "uri": "http://testserver/id/bewijs/cijfers",
        "isRetired": True,
        "replacedBy": {"code": "gemeten", "label": "Gemeten", "replacedBy": None},
        "broader": {"code": "gemeten"},
    }


@pytest.mark.parametrize(
    "question",
    [
        'vocabulary(code: "x") { code }',
        'term(vocabulary: "phase", code: "x") { code }',
        'term(vocabulary: "x", code: "x") { code }',
        'pilot(slug: "x") { slug }',
        'page(slug: "x") { slug }',
    ],
)
def test_what_does_not_exist_is_null(question):
    assert list(ask(f"{{ {question} }}").values()) == [None]


@pytest.mark.parametrize(
    ("question", "accepted"),
    [
        ('gemeente(code: "GM9999") { code }', ["GM0014"]),
        ('gemeente(code: "\\u0000") { code }', ["GM0014"]),
        ('jeugdregio(code: "JZ99") { code }', ["JZ01"]),
    ],
)
def test_a_code_of_no_place_is_an_error_with_the_codes_there_are(question, accepted):
    make_gemeente()

    error = error_of(f"{{ {question} }}")

    assert (error["code"], error["place"]) == ("UNKNOWN_PLACE", "code")
    assert error["accepted"] == accepted
    assert "{ code name }" in error["message"]


def gemeente_names(arguments):
    return [place["name"] for place in ask(f"{{ gemeenten{arguments} {{ name }} }}")["gemeenten"]]


def test_gemeenten_can_be_searched_and_narrowed():
    groningen, fryslan = make_jeugdregio(), make_jeugdregio("JZ02", "Fryslân")
    make_gemeente("GM0014", "Groningen", groningen)
    make_gemeente("GM1900", "Súdwest-Fryslân", fryslan)
    make_gemeente("GM0037", "Stadskanaal", groningen)

    assert gemeente_names("") == ["Groningen", "Stadskanaal", "Súdwest-Fryslân"]
    assert gemeente_names('(search: "sudwest")') == ["Súdwest-Fryslân"]
    assert gemeente_names('(jeugdregio: "JZ01")') == ["Groningen", "Stadskanaal"]
    assert gemeente_names('(jeugdregio: "JZ01", search: "KANAAL")') == ["Stadskanaal"]
    assert gemeente_names('(provincie: "Groningen", search: "x")') == []


@pytest.mark.parametrize(
    ("arguments", "place", "accepted"),
    [
        ('(jeugdregio: "x")', "jeugdregio", ["JZ01"]),
        ('(provincie: "x")', "provincie", ["Groningen"]),
    ],
)
def test_gemeenten_of_an_unknown_area_are_an_error(arguments, place, accepted):
    make_gemeente()
    error = error_of(f"{{ gemeenten{arguments} {{ name }} }}")
    assert (error["code"], error["place"], error["accepted"]) == ("UNKNOWN_TERM", place, accepted)


def test_a_former_gemeente_gives_its_successor_with_a_notice():
    make_former_gemeente("GM0381", "Bussum", make_gemeente("GM1942", "Gooise Meren"))

    found = ask(
        """{ gemeente(code: "GM0381") {
            code notice predecessors { code name endedOn successors { name provincie } }
            lessons { totalCount }
        } }"""
    )["gemeente"]

    assert found == {
        "code": "GM1942",
        "notice": "GM0381 (Bussum) bestaat niet meer sinds 1 januari 2019 en hoort nu bij "
        "Gooise Meren.",
        "predecessors": [
            {
                "code": "GM0381",
                "name": "Bussum",
                "endedOn": "2019-01-01",
                "successors": [{"name": "Gooise Meren", "provincie": "Groningen"}],
            }
        ],
        "lessons": {"totalCount": 0},
    }
    assert gemeente_names('(search: "bussum")') == ["Gooise Meren"]
    assert gemeente_names('(search: "x")') == []


def test_a_list_of_lessons_reads_the_profiles_of_their_periods_at_once():
    gemeente = make_gemeente()
    gemeente.profiles.create(edition=2020, figures={"inwoners_2020": 1})
    gemeente.profiles.create(edition=2025, figures={"inwoners_2025": 2})
    for year in (2019, 2026):
        make_lesson(title=f"Uit {year}", gemeenten=[gemeente], period_from=year)

    found = ask(
        """{ lessons(orderBy: TITLE) { nodes {
            title profiles { gemeente { name } edition forYear figures { name value } }
        } } }"""
    )["lessons"]["nodes"]

    assert [lesson["profiles"] for lesson in found] == [
        [
            {
                "gemeente": {"name": "Groningen"},
                "edition": edition,
                "forYear": year,
                "figures": [{"name": f"inwoners_{edition}", "value": value}],
            }
        ]
        for year, edition, value in ((2019, 2020, 1.0), (2026, 2025, 2.0))
    ]


def test_a_gemeente_shows_the_figures_that_are_asked_for():
    gemeente = make_gemeente()
    gemeente.profiles.create(edition=2025, figures={"inwoners_2025": 244441, "woz": 300})

    found = ask(
        """{ gemeente(code: "GM0014") {
            name edition tooiUri provincie latitude longitude jeugdregio { code name }
            figures(names: ["inwoners_2025"]) { name value }
        } }"""
    )["gemeente"]

    assert found["figures"] == [{"name": "inwoners_2025", "value": 244441.0}]
    assert found["edition"] == 2025
    assert found["jeugdregio"] == {"code": "JZ01", "name": "Groningen"}


def test_jeugdregios_with_the_full_record_of_each_gemeente_take_a_fixed_number_of_queries(
    nothing_made, django_assert_num_queries
):
    for number in range(5):
        region = make_jeugdregio(f"JZ1{number}", f"Regio {number}")
        make_gemeente(f"GM010{number}", f"Gemeente {number}", region)

    with django_assert_num_queries(4):
        found = ask("{ jeugdregios { name gemeenten { name provincie edition } } }")["jeugdregios"]

    assert [region["gemeenten"][0]["name"] for region in found] == [
        f"Gemeente {number}" for number in range(5)
    ]


def test_a_pilot_shows_its_texts_in_two_forms_and_no_draft_pilot_exists():
    make_pilot("pilot-groningen", startfoto="<p>Hoe het <b>was</b>.</p>")
    make_pilot("pilot-geheim", published=False, title="Geheim")

    found = ask(
        "{ pilots { slug title startfoto { html text } plan { html } jeugdregio { name } } }"
    )["pilots"]

    assert found == [
        {
            "slug": "pilot-groningen",
            "title": "Pilot Groningen",
            "startfoto": {"html": "<p>Hoe het <b>was</b>.</p>", "text": "Hoe het was."},
            "plan": None,
            "jeugdregio": {"name": "Groningen"},
        }
    ]
    assert ask('{ pilot(slug: "pilot-geheim") { slug } }') == {"pilot": None}
