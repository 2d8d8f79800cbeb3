// Node.js 18 of nieuwer, of een browser.
const question = `
  query Lessen($words: String, $first: Int) {
    lessons(query: $words, first: $first) {
      totalCount
      nodes { title core uri attribution licence { code url } }
    }
  }`;

async function ask(query, variables = {}) {
  const response = await fetch("https://lessenbank.example/graphql/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
  return data;
}

ask(question, { words: "pleeggezin", first: 3 }).then(({ lessons }) => {
  console.log(`${lessons.totalCount} gevonden`);
  for (const lesson of lessons.nodes) {
    console.log(`${lesson.title} (${lesson.attribution}, ${lesson.licence.code})`);
  }
});
