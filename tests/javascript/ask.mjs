// Ask an endpoint with fetch-sparql-endpoint, the client that Comunica is built on, and print what
// it understood as JSON. Arguments: address, then pairs of what is asked (rows, ask, triples) and
// the query.
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";

const [address, ...asked] = process.argv.slice(2);
const client = new SparqlEndpointFetcher();

const all = async (stream) => {
  const found = [];
  for await (const one of stream) found.push(one);
  return found;
};

const term = (one) => ({
  kind: one.termType,
  value: one.value,
  language: one.language || null,
  datatype: one.datatype?.value ?? null,
});

const ways = {
  rows: async (query) =>
    (await all(await client.fetchBindings(address, query))).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, term(value)])),
    ),
  ask: (query) => client.fetchAsk(address, query),
  triples: async (query) =>
    (await all(await client.fetchTriples(address, query))).map((triple) =>
      [triple.subject, triple.predicate, triple.object].map(term),
    ),
};

const answers = [];
for (let at = 0; at < asked.length; at += 2) {
  try {
    answers.push(await ways[asked[at]](asked[at + 1]));
  } catch (error) {
    answers.push({ refused: error.message });
  }
}
console.log(JSON.stringify(answers));
