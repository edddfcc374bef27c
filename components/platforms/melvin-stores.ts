import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import type { Reference } from "../model/reference.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import { authority } from "../secrets/certificate.ts";
import { Chroma } from "../services/chroma.ts";
import type { Database, DatabaseServer } from "../services/database.ts";
import type { DocumentServer } from "../services/document-database.ts";
import { externalChroma } from "../services/external-chroma.ts";
import { externalMongodb } from "../services/external-mongodb.ts";
import { externalOllama } from "../services/external-ollama.ts";
import { ExternalPostgres } from "../services/external-postgres.ts";
import { externalQdrant } from "../services/external-qdrant.ts";
import { Mongodb } from "../services/mongodb.ts";
import { Ollama, type OllamaServer } from "../services/ollama.ts";
import { Postgres } from "../services/postgres.ts";
import { Qdrant } from "../services/qdrant.ts";
import { ReplicatedPostgres } from "../services/replicated-postgres.ts";
import type { MelvinArgs, MelvinVectors } from "./melvin-args.ts";
import { DATABASE, folders, type MelvinSize, type MelvinService } from "./melvin-services.ts";
import { qdrantVariables, type Settings } from "./melvin-settings.ts";
import { chromaVariables } from "./store-settings.ts";

/** Arguments with all defaults, and every size. */
export type Chosen = Required<Omit<MelvinArgs, "sizes">> & {
  readonly sizes: Readonly<Record<MelvinService, MelvinSize>>;
};

/** A store: what it asks to be promised, and how it is made, or the way to it where somebody else runs it. */
interface Store<Made> {
  readonly demands: Readonly<Record<string, Demand>>;
  readonly make: (parent: Resource) => Made;
}

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

/** What the stores ask to be promised. */
export function storeDemands(args: Chosen): Readonly<Record<string, Demand>> {
  const stores = [databaseStore(args), documentStore(args), vectorStore(args), modelServer(args)];
  return Object.assign({}, ...stores.map(({ demands }) => demands));
}

/** Makes the stores, or the ways to those that somebody else runs. */
export function makeStores(args: Chosen, parent: Resource): Stores {
  return {
    database: databaseStore(args).make(parent).database(DATABASE),
    documents: documentStore(args).make(parent).database(DATABASE).url,
    vectors: vectorStore(args).make(parent),
    models: modelServer(args).make(parent),
  };
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
function own(name: keyof typeof ELSEWHERE, { target, sizes, publicImages }: Chosen) {
  const { storageGiB, ...resources } = sizes[name];
  const image = publicImages[name];
  const demand: Demand = { ...sizes[name], offload: `keelson:external: { ${ELSEWHERE[name]} }` };
  return { demand, settings: { target, resources, storageGiB, ...(image !== undefined && { image }) } };
}

function databaseStore(args: Chosen): Store<DatabaseServer> {
  const { target, external, databaseCopies: copies, publicImages } = args;
  const { postgres } = external;
  if (postgres) {
    const image = publicImages.postgres;
    const settings = { target, ...postgres, ...(image !== undefined && { image }) };
    return { demands: {}, make: (parent) => new ExternalPostgres("postgres", settings, { parent }) };
  }
  const { demand, settings } = own("postgres", args);
  const signed = (parent: Resource) => ({ ...settings, authority: authority("authority", parent) });
  if (copies === 1)
    return {
      demands: { postgres: demand },
      make: (parent) => new Postgres("postgres", signed(parent), { parent }),
    };
  return {
    demands: { postgres: { ...demand, copies, program: "postgresql" } },
    make: (parent) => new ReplicatedPostgres("postgres", { ...signed(parent), copies }, { parent }),
  };
}

function documentStore(args: Chosen): Store<DocumentServer> {
  const { mongodb } = args.external;
  if (mongodb) return { demands: {}, make: () => externalMongodb(mongodb) };
  const { demand, settings } = own("mongodb", args);
  return { demands: { mongodb: demand }, make: (parent) => new Mongodb("mongodb", settings, { parent }) };
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
      return { demands: {}, make: () => everybody({ env: qdrantVariables(externalQdrant(qdrant)) }) };
    const { demand, settings } = own("qdrant", args);
    return {
      demands: { qdrant: { ...demand, copies } },
      make: (parent) =>
        everybody({ env: qdrantVariables(new Qdrant("qdrant", { ...settings, copies }, { parent })) }),
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

/** What a folder that applications share asks to be promised. */
export function folderDemand(storageGiB: number): Demand {
  return { cpuRequest: 0, memoryRequestMiB: 0, storageGiB };
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
