import { randomUUID } from "node:crypto";
import { jsonApi } from "./json-api.ts";
import type { Protocol } from "./protocol.ts";

/** What a server says of its models, as far as it is looked at. */
interface Listed {
  readonly models: readonly { readonly name: string }[];
}

/** The model that it is told of is there; a copy of it, which takes no room, made, listed and deleted. */
export const ollama: Protocol = {
  title: "Ollama",
  sign: {
    schemes: { http: 80, https: 443 },
    variable: /^OLLAMA_(URL|URI|BASE_URL|HOST)$/,
    parts: { scheme: "http", host: "OLLAMA_HOST", port: "OLLAMA_PORT", defaultPort: 11434 },
  },
  async prove({ url, service, variables, signal }) {
    const ask = jsonApi(url, {}, signal);
    const list = async () => {
      const { models } = await ask<Listed>({ method: "GET", path: "/api/tags" });
      return models.map(({ name }) => name);
    };
    const there = await list();
    const wanted = variables["OLLAMA_MODEL"] || variables["LLM_MODEL"];
    const model = wanted ? tagged(wanted) : there[0];
    if (!model || !there.includes(model))
      throw new Error(
        `model ${wanted || "of any name"} is not there; there are: ${there.join(", ") || "none"}`,
      );
    const copy = `reference-${service.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 30)}:${randomUUID()}`;
    await ask({ method: "POST", path: "/api/copy", body: { source: model, destination: copy } });
    try {
      if (!(await list()).includes(copy))
        throw new Error(`${model} was copied to ${copy}, which is not listed`);
    } finally {
      await ask({ method: "DELETE", path: "/api/delete", body: { model: copy } });
    }
    return `${model} is there; a copy of it made, listed and deleted`;
  },
};

/** A model's name as the server lists it. */
function tagged(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}
