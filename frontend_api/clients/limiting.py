"""How many requests a client gets in a minute, over all processes and machines together.

A row for each client and minute holds what was taken. A process takes requests from it by the
lease, a twentieth of the limit at a time: a request within a lease costs no SQL. The first lease
of a minute is given on credit and written with the second, so that who asks little, as nearly
every visitor does, is never written down at all.

The bounds: of n processes each may hold a lease on credit, or one that it does not use. All
together let through at most n leases more than the limit, and may refuse as much earlier.

Minutes are those of the clock, which the machines are expected to share within a second or so.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest

from cms.client_address import client_network
from frontend_api.clients.keys import KnownKey
from frontend_api.models import RequestQuota

logger = structlog.get_logger(__name__)

SECONDS = 60
LEASES = 20
"""In how many parts a limit is taken."""

_MOST_SUBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class Quota:
    """Who is limited, to how many requests a minute, and under which name that is told."""

    subject: str
    limit: int
    policy: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether one request is let through, and what is left until the minute is over."""

    quota: Quota
    is_granted: bool
    remaining: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of draft-ietf-httpapi-ratelimit-headers, from version 8 on."""
        name, quota = self.quota.policy, self.quota
        return {
            "RateLimit-Policy": f'"{name}";q={quota.limit};w={SECONDS}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.seconds}',
        }


def client_quota(key: KnownKey) -> Quota | None:
    """Return the limit of a client, which its keys share; None without one."""
    limit = key.requests_per_minute or settings.API_PARTNER_PER_MINUTE
    return Quota(f"client-{key.client_pk}", limit, "partner") if limit else None


def anonymous_quota(request: HttpRequest) -> Quota | None:
    """Return the limit of a network address, which is known by a hash of this minute only."""
    limit: int = settings.API_ANONYMOUS_PER_MINUTE
    if not limit:
        return None
    stated = f"quota:{_minute()}:{client_network(request)}"
    digest = hmac.new(settings.SECRET_KEY.encode(), stated.encode(), hashlib.sha256)
    return Quota(digest.hexdigest()[:32], limit, "anoniem")


def take(quota: Quota) -> Allowance:
    """Take one request of a quota."""
    now = time.time()
    minute, seconds = int(now // SECONDS), SECONDS - int(now % SECONDS)
    size = max(1, quota.limit // LEASES)
    lease = _held.lease(minute, quota, size)
    is_granted = _held.use(lease)
    while not is_granted and not lease.is_last:
        # Outside the lock: others are served meanwhile, and may use what this brings.
        _renew(lease, minute, quota, size)
        is_granted = _held.use(lease)
    return Allowance(quota, is_granted, max(0, lease.left + lease.rest), seconds)


def forget() -> None:
    """Forget the leases that this process holds."""
    _held.clear()


@dataclass(slots=True)
class _Lease:
    rest: int
    """Requests that this process may let through without asking."""
    left: int
    """What all others had left when it last asked."""
    unwritten: int
    """Requests let through on credit."""
    is_last: bool = False


class _Held:
    """The leases of this process, of one minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._leases: dict[str, _Lease] = {}

    def lease(self, minute: int, quota: Quota, size: int) -> _Lease:
        """Return the lease of a subject; the first of a minute is on credit."""
        with self._lock:
            if minute != self._minute or len(self._leases) >= _MOST_SUBJECTS:
                self._minute, self._leases = minute, {}
            lease = self._leases.get(quota.subject)
            if lease is None:
                lease = _Lease(rest=size, left=quota.limit - size, unwritten=size)
                self._leases[quota.subject] = lease
            return lease

    def use(self, lease: _Lease) -> bool:
        """Take one request of a lease; return whether there was one."""
        with self._lock:
            if lease.rest <= 0:
                return False
            lease.rest -= 1
            return True

    def renew(self, lease: _Lease, granted: int, left: int) -> None:
        """Add to a lease what was granted."""
        with self._lock:
            lease.rest += granted
            lease.left = left
            lease.is_last = granted == 0

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._leases = {}

    def credit(self, lease: _Lease) -> int:
        """Return what is yet to be written, which then is."""
        with self._lock:
            unwritten, lease.unwritten = lease.unwritten, 0
            return unwritten


_held = _Held()


def _renew(lease: _Lease, minute: int, quota: Quota, size: int) -> None:
    credit = _held.credit(lease)
    try:
        taken = _add(quota.subject, minute, credit + size)
        if credit:
            # Once a minute for each subject that asks much.
            RequestQuota.objects.filter(minute__lt=minute - 1).delete()
    except DatabaseError:
        # A limit protects the site; it does not stop it when the database is busy.
        logger.exception("quota_not_written")
        _held.renew(lease, size, lease.left)
        return
    before = taken - size
    _held.renew(lease, min(size, max(0, quota.limit - before)), max(0, quota.limit - taken))


def _add(subject: str, minute: int, number: int) -> int:
    """Add to the row of a subject, which is made when needed; return what it holds now.

    One statement, the same for SQLite and PostgreSQL, which Django's models cannot express:
    nobody comes between reading and writing.
    """
    table = connection.ops.quote_name(RequestQuota._meta.db_table)
    statement = (
        f"INSERT INTO {table} (subject, minute, taken) VALUES (%s, %s, %s) "  # noqa: S608 - a fixed name
        f"ON CONFLICT (subject, minute) DO UPDATE SET taken = {table}.taken + excluded.taken "
        "RETURNING taken"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [subject, minute, number])
        return int(cursor.fetchone()[0])


def _minute() -> int:
    return int(time.time() // SECONDS)
