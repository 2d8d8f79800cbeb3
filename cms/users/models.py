"""Accounts of those who work in the CMS."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who logs in to the CMS. Roles and regions come from groups."""
