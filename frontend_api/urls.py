"""The public addresses."""

from django.urls import include, path, re_path

from frontend_api.clients.feed_making import feeds
from frontend_api.embeds.views import build
from frontend_api.feeds.views import feed_file
from frontend_api.graphql.graphiql import graphiql
from frontend_api.graphql.http import GraphQLView
from frontend_api.graphql.schema_file import schema_text
from frontend_api.portal.search_files import search_file

app_name = "frontend_api"

urlpatterns = [
    path("graphql/", GraphQLView.as_view(), name="graphql"),
    path("graphql/schema.graphql", schema_text, name="graphql_schema"),
    path("graphiql/", graphiql, name="graphiql"),
    path("embed/v1/", include("frontend_api.embeds.urls")),
    path("insluiten/", build, name="embed_builder"),
    path("ontwikkelaars/", include("frontend_api.developers.urls")),
    path("feeds/", feeds, name="feeds"),
    re_path(r"^zoeken\.(?P<form>json|atom|csv|jsonl)\Z", search_file, name="search_file"),
    re_path(
        r"^feeds/(?P<slug>[a-z0-9-]+)\.(?P<form>json|atom|csv|jsonl)\Z",
        feed_file,
        name="feed_file",
    ),
    path("", include("frontend_api.linked_data.urls")),
    path("", include("frontend_api.citing.urls")),
    path("", include("frontend_api.memos.urls")),
    path("", include("frontend_api.selections.urls")),
    path("", include("frontend_api.portal.urls")),
]
