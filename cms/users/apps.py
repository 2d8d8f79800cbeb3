from django.apps import AppConfig


class UsersConfig(AppConfig):
    """Accounts of editors, reviewers and administrators.

    An app of its own: a user model beside page models makes a circular migration.
    """

    name = "cms.users"
    label = "users"
    verbose_name = "Users"
