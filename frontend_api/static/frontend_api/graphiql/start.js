// Starts GraphiQL with the examples that the page carries, one in each tab.
"use strict";

const place = document.getElementById("graphiql");
// GraphiQL puts this on the style sheets that it makes; the policy of the page lets no other in.
window.__webpack_nonce__ = place.nonce;
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
