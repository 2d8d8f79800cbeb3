"""The public addresses."""

from django.urls import include, path, re_path

from frontend_api.feeds.views import feed_file, feed_list
from frontend_api.graphql.graphiql import graphiql
from frontend_api.graphql.http import GraphQLView

app_name = "frontend_api"

urlpatterns = [
    path("graphql/", GraphQLView.as_view(), name="graphql"),
    path("graphiql/", graphiql, name="graphiql"),
    path("feeds/", feed_list, name="feeds"),
    re_path(
        r"^feeds/(?P<slug>[a-z0-9-]+)\.(?P<form>json|atom|csv|jsonl)\Z",
        feed_file,
        name="feed_file",
    ),
    path("", include("frontend_api.portal.urls")),
]
