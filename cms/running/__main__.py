"""``make run``: from a clone and an empty folder to a site that answers.

What can fail at once is looked at first, before Django is loaded; then the preparation,
while the server loads; then server and worker until somebody stops them.
"""

from __future__ import annotations

import os
import signal
import sys

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
        _load_settings()
        services = (
            Service("De server", server.command(address, port), waits=True),
            Service("De achtergrondtaak", (sys.executable, "manage.py", "run_worker")),
        )

        def prepare_all() -> None:
            _prepare(progress)
            require_free(address, port)

        Supervisor(services).run(
            prepare=prepare_all,
            is_ready=lambda: server.answers(address, port),
            when_ready=lambda: progress.line(_announcement()),
        )


def _load_settings() -> None:
    """Let a fault in the settings or in the folder come once: before the server reads them."""
    from django.conf import settings

    _ = settings.DATA_DIR


def _prepare(progress: Progress) -> None:
    import logging  # noqa: TID251 - to be silent, not to log

    import django

    django.setup()
    from django.db import connections

    from cms.running.preparation import prepare

    # The progress tells what is done; the log of server and worker begins after it.
    logging.disable(logging.INFO)
    prepare(progress)
    logging.disable(logging.NOTSET)
    connections.close_all()


def _announcement() -> str:
    from django.db import connections

    from cms.running.announcement import announcement

    text = announcement()
    connections.close_all()
    return text


def _refuse(refusal: Refusal) -> int:
    print(f"Lessenbank stopt: {refusal}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
