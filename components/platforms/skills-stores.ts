import type { Demand } from "../model/capacity.ts";
import { Elasticsearch } from "../services/elasticsearch.ts";
import { ExternalElasticsearch } from "../services/external-elasticsearch.ts";
import { externalOllama } from "../services/external-ollama.ts";
import { Ollama, type OllamaServer } from "../services/ollama.ts";
import type { SearchClient, SearchServer } from "../services/search-client.ts";
import type { SkillsArgs } from "./skills-args.ts";
import { skillIndices } from "./skills-index.ts";
import { CLIENT, type SkillsService, type SkillsSize } from "./skills-services.ts";
import { combined, imageOf, type Store } from "./stores.ts";

/** Arguments with all defaults, and every size. */
export type Chosen = Required<
  Omit<SkillsArgs, "sizes" | "elasticsearch" | "embedding" | "mcpApiKeys" | "commands">
> &
  Pick<SkillsArgs, "mcpApiKeys"> & {
    readonly sizes: Readonly<Record<SkillsService, SkillsSize>>;
    readonly elasticsearch: Required<NonNullable<SkillsArgs["elasticsearch"]>>;
    readonly embedding: NonNullable<SkillsArgs["embedding"]> & {
      readonly model: string;
      readonly dimensions: number;
    };
    readonly commands: Required<NonNullable<SkillsArgs["commands"]>>;
  };

/** What the backend keeps skills in, and what answers. */
export interface Stores {
  readonly search: SearchServer;
  readonly models: OllamaServer;
}

/** The stores, of the platform's own or run by somebody else; whoever is told of the language model's server waits for the model. */
export function storesOf(args: Chosen): Store<Stores> {
  return combined<Stores>({ search: searchStore(args), models: modelServer(args) });
}

/** The backend's own user; whoever is told of it waits for the index. */
export function skillClient(server: SearchServer, { fields, embedding }: Chosen): SearchClient {
  return server.client(CLIENT, skillIndices(fields, embedding.dimensions));
}

/** What a service of the platform's own is told, whatever it is. */
function own(name: "elasticsearch" | "ollama", setting: string, args: Chosen) {
  const { target, sizes } = args;
  const { storageGiB, ...resources } = sizes[name];
  const demand: Demand = { ...sizes[name], offload: `keelson:external: { ${setting} }` };
  return { demand, settings: { target, resources, storageGiB, ...imageOf(name, args) } };
}

function searchStore(args: Chosen): Store<SearchServer> {
  const { target, external } = args;
  const { elasticsearch } = external;
  if (elasticsearch)
    return {
      demands: {},
      make: (parent) => new ExternalElasticsearch("elasticsearch", { target, ...elasticsearch }, { parent }),
    };
  const { copies, mapped } = args.elasticsearch;
  const { demand, settings } = own("elasticsearch", "elasticsearch: { url, admin }", args);
  return {
    demands: { elasticsearch: { ...demand, copies } },
    make: (parent) => new Elasticsearch("elasticsearch", { ...settings, copies, mapped }, { parent }),
  };
}

function modelServer(args: Chosen): Store<OllamaServer> {
  const { external, model, gpus } = args;
  const { ollama } = external;
  if (ollama) return { demands: {}, make: () => externalOllama(ollama) };
  const { demand, settings } = own("ollama", "ollama: { url }", args);
  const resources = { ...settings.resources, gpus };
  const pulls = !("archive" in model);
  return {
    demands: { ollama: { ...demand, gpus } },
    make: (parent) => new Ollama("ollama", { ...settings, resources, pulls }, { parent }).model(model),
  };
}
