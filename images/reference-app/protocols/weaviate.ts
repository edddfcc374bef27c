import { randomUUID } from "node:crypto";
import { jsonApi, randomVector } from "./json-api.ts";
import type { Protocol } from "./protocol.ts";

/** An answer to a query: what was found in each class, or why nothing was. */
interface Found {
  readonly data?: { readonly Get?: Readonly<Record<string, readonly FoundObject[] | null>> };
  readonly errors?: readonly { readonly message: string }[];
}

type FoundObject = Readonly<Record<"_additional", { readonly id: string }>>;

/** An object with a vector of its own in a class of its own, written and found by a query. */
export const weaviate: Protocol = {
  title: "Weaviate",
  sign: { schemes: { http: 80, https: 443 }, variable: /^WEAVIATE_(URL|URI)$/ },
  async prove({ url, service, variables, signal }) {
    const key = variables["WEAVIATE_API_KEY"];
    const ask = jsonApi(url, key ? { authorization: `Bearer ${key}` } : {}, signal);
    const name = `Reference_${service.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, 200)}_proof`;
    // Unprocessable: it was there already.
    await ask({
      method: "POST",
      path: "/v1/schema",
      body: { class: name, vectorizer: "none" },
      accept: [422],
    });
    const [id, vector] = [randomUUID(), randomVector()];
    await ask({ method: "POST", path: "/v1/objects", body: { class: name, id, vector } });
    try {
      const query = `{ Get { ${name}(nearVector: { vector: [${vector.join(", ")}] }, limit: 1) { _additional { id } } } }`;
      const { data, errors } = await ask<Found>({ method: "POST", path: "/v1/graphql", body: { query } });
      if (errors?.[0]) throw new Error(`the query in class ${name} was refused: ${errors[0].message}`);
      if (data?.Get?.[name]?.[0]?.["_additional"].id !== id)
        throw new Error(`an object was written to class ${name}, but the query for it found something else`);
    } finally {
      await ask({ method: "DELETE", path: `/v1/objects/${name}/${id}` });
    }
    return `object written to ${name} and found by a query`;
  },
};
