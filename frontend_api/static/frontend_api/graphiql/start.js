// Starts GraphiQL with the examples that the page carries, one in each tab.
"use strict";

const place = document.getElementById("graphiql");
const examples = JSON.parse(document.getElementById("graphiql-examples").textContent);

ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: place.dataset.endpoint }),
    defaultTabs: examples.map((query) => ({ query })),
    defaultEditorToolsVisibility: false,
    isHeadersEditorEnabled: false,
    forcedTheme: "light",
  }),
);
