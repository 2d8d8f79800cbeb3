"""``make run``: from a clone and an empty folder to a site that answers.

What can fail at once is looked at first, before Django is loaded; then the preparation,
then server and worker until somebody stops them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from cms.running import server
from cms.running.data_folder import claimed
from cms.running.port import require_free
from cms.running.progress import Progress
from cms.running.refusals import Refusal, refusal_for
from cms.running.supervisor import Service, Supervisor
from cms.settings import environment
from cms.translating.compiling import compile_catalogues


def main() -> int:
    """Run Lessenbank; return the exit code of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.desk")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run()
    except Refusal as refusal:
        return _refuse(refusal)
    except environment.EnvironmentVariableError as error:
        return _refuse(
            Refusal(
                f"{error.name} heeft een waarde die niet kan: {error.text!r}; docs/settings.md "
                "zegt wat wel kan."
            )
        )
    except KeyboardInterrupt:
        print("\nGestopt voordat alles klaar was; make run gaat verder waar het bleef.")
        return 130
    except Exception as error:
        refusal_or_none = refusal_for(error, environment.value("LESSENBANK_DATA"))
        if refusal_or_none is None:
            raise
        return _refuse(refusal_or_none)
    print("Lessenbank is gestopt.")
    return 0


def run() -> None:
    """Prepare and serve until asked to stop; raise what keeps it from doing so."""
    folder = environment.value("LESSENBANK_DATA").resolve()
    address, port = environment.value("LESSENBANK_LISTEN"), environment.value("PORT")
    require_free(address, port)
    with claimed(folder):
        progress = Progress()
        progress.line(f"Lessenbank wordt klaargezet in {folder}")
        # Before Django reads the catalogue for the first time.
        compile_catalogues()
        text = _prepare(progress)
        require_free(address, port)
        _serve(address, port, when_ready=lambda: progress.line(text))


def _prepare(progress: Progress) -> str:
    """Prepare all that the site needs; return what to say once it answers."""
    import django

    django.setup()
    from django.db import connections

    from cms.running.announcement import announcement
    from cms.running.preparation import prepare

    prepare(progress)
    text = announcement()
    connections.close_all()
    return text


def _serve(address: str, port: int, when_ready: Callable[[], None]) -> None:
    services = (
        Service("De server", server.command(address, port)),
        Service("De achtergrondtaak", (sys.executable, "manage.py", "run_worker")),
    )
    Supervisor(services).run(
        is_ready=lambda: server.answers(address, port),
        when_ready=when_ready,
    )


def _refuse(refusal: Refusal) -> int:
    print(f"Lessenbank stopt: {refusal}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
