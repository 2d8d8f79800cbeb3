"""The public addresses."""

from django.urls import include, path

from frontend_api.graphql.graphiql import graphiql
from frontend_api.graphql.http import GraphQLView

app_name = "frontend_api"

urlpatterns = [
    path("graphql/", GraphQLView.as_view(), name="graphql"),
    path("graphiql/", graphiql, name="graphiql"),
    path("", include("frontend_api.portal.urls")),
]
