import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";

/** Arguments of {@link Chroma}. */
export interface ChromaArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link CHROMA_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for vectors and documents, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
}

/** A Chroma server, whoever runs it. */
export interface ChromaServer {
  /** Address of the HTTP API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  /** What it knows its clients by; without one, it serves all that reach it. */
  readonly token?: Reference;
}

/** Enough for some hundred thousand vectors. */
export const CHROMA_RESOURCES: Resources = {
  cpuRequest: 0.15,
  cpuLimit: 1,
  memoryRequestMiB: 512,
  memoryLimitMiB: 1024,
};

/** A Chroma server. It knows no passwords of its own, so the private network alone keeps others out. */
export class Chroma extends pulumi.ComponentResource implements ChromaServer {
  /** Address of the HTTP API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;

  constructor(name: string, args: ChromaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Chroma", name, {}, opts);
    const { target, image = images.chroma, resources = CHROMA_RESOURCES, storageGiB = 20 } = args;
    const endpoint = target.run(name, () => chromaRecipe({ image, resources, storageGiB }), { parent: this });
    this.host = Reference.host(endpoint, "http");
    this.port = Reference.port(endpoint, "http");
    this.url = ref`http://${Reference.to(endpoint, "http")}`;
    this.registerOutputs({});
  }
}

/** The server: one copy, since its store is a folder that one process may open. */
export function chromaRecipe({
  image,
  resources,
  storageGiB,
}: Required<Omit<ChromaArgs, "target">>): Workload {
  return {
    image,
    command: ["chroma", "run", "--host", "0.0.0.0", "--port", "8000", "--path", "/data"],
    env: { ANONYMIZED_TELEMETRY: "FALSE", HOME: "/tmp" },
    ports: { http: { number: 8000, protocol: "http" } },
    volumes: { data: { path: "/data", sizeGiB: storageGiB } },
    scratch: ["/tmp"],
    probes: {
      readiness: { check: { kind: "http", port: "http", path: "/api/v2/heartbeat" } },
      startupSeconds: 120,
    },
    resources,
    // The image names no user; the volume is given to this one.
    user: { uid: 1000, gid: 1000 },
  };
}
