"""``docs/settings.md``, written from the table of environment variables."""

from pathlib import Path

from cms.settings.environment import PROJECT_DIR, VARIABLES

PATH = PROJECT_DIR / "docs" / "settings.md"

INTRODUCTION = """\
# Settings

Lessenbank is configured by environment variables alone. This page is written from
`cms/settings/environment.py` by `manage.py write_settings_page`; a test keeps the two equal.

`make run` needs none of them. A public installation uses `cms.settings.production`
(`DJANGO_SETTINGS_MODULE`) and needs at least `LESSENBANK_SECRET_KEY`,
`LESSENBANK_ALLOWED_HOSTS` and `LESSENBANK_BASE_URL`.

| Variable | Expects | Default | Use |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return the text of the page."""
    rows = (
        f"| `{variable.name}` | {variable.expects} | {_default(variable.default)} "
        f"| {variable.help} |\n"
        for variable in VARIABLES
    )
    return INTRODUCTION + "".join(rows)


def _default(text: str) -> str:
    path = Path(text)
    if path.is_relative_to(PROJECT_DIR):
        return f"`{path.relative_to(PROJECT_DIR)}` in the project"
    return f"`{text}`" if text else "(empty)"
