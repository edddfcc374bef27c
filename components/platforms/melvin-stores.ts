import type { Resource } from "@pulumi/pulumi";
import { type Demand, folderDemand } from "../model/capacity.ts";
import type { Reference } from "../model/reference.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import { Chroma } from "../services/chroma.ts";
import type { Database, DatabaseServer } from "../services/database.ts";
import type { DocumentServer } from "../services/document-database.ts";
import { externalChroma } from "../services/external-chroma.ts";
import { externalMongodb } from "../services/external-mongodb.ts";
import { externalOllama } from "../services/external-ollama.ts";
import { externalQdrant } from "../services/external-qdrant.ts";
import { Mongodb } from "../services/mongodb.ts";
import { Ollama, type OllamaServer } from "../services/ollama.ts";
import { Qdrant, type QdrantServer } from "../services/qdrant.ts";
import type { MelvinArgs, MelvinVectors } from "./melvin-args.ts";
import { DATABASE, folders, type MelvinSize, type MelvinService } from "./melvin-services.ts";
import type { Settings } from "./melvin-settings.ts";
import { chromaVariables, qdrantVariables, type Variables } from "./store-settings.ts";
import { withMongodbExporter } from "./store-exporters.ts";
import { combined, databaseStore, imageOf, type Store, using } from "./stores.ts";

/** Arguments with all defaults, and every size. */
export type Chosen = Required<Omit<MelvinArgs, "sizes">> & {
  readonly sizes: Readonly<Record<MelvinService, MelvinSize>>;
};

/** Where vectors are kept, as those are told who search them, and those who write them. */
interface Vectors {
  readonly readers: Settings;
  readonly writers: Settings;
}

/** What the platform keeps its data in, and what answers. */
export interface Stores {
  readonly database: Database;
  /** Connection string of the documents' database. */
  readonly documents: Reference;
  readonly vectors: Vectors;
  readonly models: OllamaServer;
}

/** The stores, of the platform's own or run by somebody else. */
export function storesOf(args: Chosen): Store<Stores> {
  return combined<Stores>({
    database: using(postgresStore(args), (server) => server.database(DATABASE)),
    documents: using(documentStore(args), (server) => server.database(DATABASE).url),
    vectors: vectorStore(args),
    models: modelServer(args),
  });
}

/** Settings by which each store runs elsewhere, for who reads that there is no room for it. */
const ELSEWHERE = {
  postgres: "postgres: { host, authority, admin }",
  mongodb: "mongodb: { url, databases }",
  qdrant: "qdrant: { url, apiKey }",
  chroma: "chroma: { url, token }",
  ollama: "ollama: { url }",
} as const satisfies Record<Exclude<MelvinService, "api" | "worker">, string>;

/** What a service of the platform's own is told, whatever it is. */
function own(name: keyof typeof ELSEWHERE, args: Chosen) {
  const { target, sizes } = args;
  const { storageGiB, ...resources } = sizes[name];
  const demand: Demand = { ...sizes[name], offload: offloadOf(name) };
  return { demand, settings: { target, resources, storageGiB, ...imageOf(name, args) } };
}

function offloadOf(name: keyof typeof ELSEWHERE): string {
  return `keelson:external: { ${ELSEWHERE[name]} }`;
}

function postgresStore(args: Chosen): Store<DatabaseServer> {
  const { external, databaseCopies: copies } = args;
  const offload = offloadOf("postgres");
  return databaseStore({ ...own("postgres", args).settings, external: external.postgres, copies, offload });
}

function documentStore(args: Chosen): Store<DocumentServer> {
  const { mongodb } = args.external;
  if (mongodb) return { demands: {}, make: () => externalMongodb(mongodb) };
  const { demand, settings } = own("mongodb", args);
  return withMongodbExporter(args.target, {
    demands: { mongodb: demand },
    make: (parent) => new Mongodb("mongodb", settings, { parent }),
  });
}

/** Ways to keep vectors, by their kinds. */
const vectorStores: {
  readonly [Kind in MelvinVectors["kind"]]: (
    choice: Extract<MelvinVectors, { kind: Kind }>,
    args: Chosen,
  ) => Store<Vectors>;
} = {
  qdrant({ copies = 1 }, args) {
    const { qdrant } = args.external;
    if (qdrant)
      return { demands: {}, make: () => everybody({ env: qdrantSettings(externalQdrant(qdrant)) }) };
    const { demand, settings } = own("qdrant", args);
    return {
      demands: { qdrant: { ...demand, copies } },
      make: (parent) =>
        everybody({ env: qdrantSettings(new Qdrant("qdrant", { ...settings, copies }, { parent })) }),
    };
  },
  chroma(_, args) {
    const { chroma } = args.external;
    if (chroma)
      return { demands: {}, make: () => everybody({ env: chromaVariables(externalChroma(chroma)) }) };
    const { demand, settings } = own("chroma", args);
    return {
      demands: { chroma: demand },
      make: (parent) => everybody({ env: chromaVariables(new Chroma("chroma", settings, { parent })) }),
    };
  },
  faiss(_, { target }) {
    const { path, sizeGiB } = folders.index;
    const env = { VECTOR_STORE: "faiss", FAISS_INDEX_DIR: path };
    return {
      demands: { index: folderDemand(sizeGiB) },
      make: (parent) => {
        const volume = makeFolder("index", sizeGiB, target, parent);
        return {
          readers: { env, shared: { index: { volume, path } } },
          writers: { env, shared: { index: { volume, path, writable: true } } },
        };
      },
    };
  },
};

function vectorStore(args: Chosen): Store<Vectors> {
  const make = vectorStores[args.vectors.kind] as (choice: MelvinVectors, args: Chosen) => Store<Vectors>;
  return make(args.vectors, args);
}

function qdrantSettings(server: QdrantServer): Variables {
  return { VECTOR_STORE: "qdrant", ...qdrantVariables(server) };
}

/** A server that lets all its clients write. */
function everybody(settings: Settings): Vectors {
  return { readers: settings, writers: settings };
}

function modelServer(args: Chosen): Store<OllamaServer> {
  const { external, model, gpus } = args;
  const { ollama } = external;
  if (ollama) return { demands: {}, make: () => externalOllama(ollama) };
  const { demand, settings } = own("ollama", args);
  const resources = { ...settings.resources, gpus };
  const pulls = !("archive" in model);
  return {
    demands: { ollama: { ...demand, gpus } },
    // Whoever is told of the server waits for the model.
    make: (parent) => new Ollama("ollama", { ...settings, resources, pulls }, { parent }).model(model),
  };
}

/** Makes a folder that the applications share. */
export function makeFolder(
  name: keyof typeof folders,
  sizeGiB: number,
  target: MelvinArgs["target"],
  parent: Resource,
): SharedVolume {
  return target.share(name, { sizeGiB, user: USER }, { parent });
}

/** User that the applications' images are made for. */
const USER = { uid: 1000, gid: 1000 };
