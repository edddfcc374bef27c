import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";
import {
  type DocumentAdministration,
  type DocumentDatabase,
  type DocumentServer,
  makeDocumentDatabase,
  MONGODB_USER,
} from "./document-database.ts";

export type { DocumentDatabase, DocumentServer } from "./document-database.ts";

/** Arguments of {@link Mongodb}. */
export interface MongodbArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link MONGODB_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for data, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
}

/** Enough for some hundred thousand documents and their indexes in memory. */
export const MONGODB_RESOURCES: Resources = {
  cpuRequest: 0.25,
  cpuLimit: 1,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};

/** Far more than the pools of a few services hold. */
const MAX_CONNECTIONS = 500;

const ADMINISTRATOR = "keelson";

/**
 * A MongoDB server in one copy, whose clients each get a database of their own.
 *
 * It stands alone rather than being a replica set of one: such a set survives nothing more, writes every change twice, and
 * tells its clients to come back under the names that it knows itself by. What only a set has, it has not: transactions
 * over several documents, change streams, and `mongodump --oplog`.
 */
export class Mongodb extends pulumi.ComponentResource implements DocumentServer {
  readonly #name: string;
  readonly #administration: DocumentAdministration;

  constructor(name: string, args: MongodbArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Mongodb", name, {}, opts);
    const { target, image = images.mongodb, resources = MONGODB_RESOURCES, storageGiB = 20 } = args;
    const admin = password(`${name}-admin`, this);
    const settings = { image, resources, storageGiB, admin };
    this.#name = name;
    this.#administration = {
      target,
      image,
      server: target.run(name, () => mongodbRecipe(settings), { parent: this }),
      user: ADMINISTRATOR,
      password: admin,
    };
    this.registerOutputs({});
  }

  database(name: string): DocumentDatabase {
    return makeDocumentDatabase(name, this.#name, this.#administration, this);
  }

  /** A database for whoever watches the server: its user may read all statistics, and nothing of what others keep. */
  monitoring(): DocumentDatabase {
    const roles = [
      { role: "clusterMonitor", db: "admin" },
      { role: "read", db: "local" },
    ];
    return makeDocumentDatabase("monitoring", this.#name, this.#administration, this, roles);
  }
}

interface ServerSettings {
  readonly image: string;
  readonly resources: Resources;
  readonly storageGiB: number;
  readonly admin: Reference;
}

/** The server as a workload. */
export function mongodbRecipe({ image, resources, storageGiB, admin }: ServerSettings): Workload {
  return {
    image,
    command: [
      "docker-entrypoint.sh",
      "mongod",
      ...["--auth", "--bind_ip_all"],
      ...["--wiredTigerCacheSizeGB", cacheGiB(resources)],
      ...["--maxConns", `${MAX_CONNECTIONS}`],
    ],
    env: {
      MONGO_INITDB_ROOT_USERNAME: ADMINISTRATOR,
      MONGO_INITDB_ROOT_PASSWORD_FILE: `${FILES}/admin-password`,
      // The image's home is the data folder, where each probe would leave a log of the shell.
      HOME: "/tmp",
    },
    files: { "admin-password": admin },
    ports: { mongodb: { number: 27017 } },
    volumes: { data: { path: "/data/db", sizeGiB: storageGiB } },
    // The second is a volume of the image, which only a sharded cluster writes to.
    scratch: ["/tmp", "/data/configdb"],
    probes: {
      // By the name that others use on purpose: while it initialises, the server listens on the loopback only. Seldom,
      // because every shell costs the better part of a second of a processor.
      readiness: {
        check: { kind: "exec", command: ["bash", "-c", PING] },
        periodSeconds: 20,
        timeoutSeconds: 15,
      },
      // A server that recovers listens before it answers; only silence tells that it is not alive.
      liveness: { check: { kind: "tcp", port: "mongodb" }, failures: 6 },
      startupSeconds: 180,
    },
    resources,
    user: MONGODB_USER,
    stopSeconds: 60,
    kernel: {
      // The server's own rule (it warns by the id 5123300): each connection has a stack and a guard page before it.
      "vm.max_map_count": {
        atLeast: 2 * MAX_CONNECTIONS,
        reason: "MongoDB maps two areas of memory for each connection",
      },
    },
  };
}

/** Asks for the shell's processor time only once somebody listens. */
const PING = [
  'true < "/dev/tcp/$HOSTNAME/27017" && exec mongosh --quiet --norc --host "$HOSTNAME"',
  `--eval 'quit(db.adminCommand("ping").ok ? 0 : 1)'`,
].join(" ");

/** Cache of the storage engine: by itself, the server would take half of what the machine has, less 1 GiB. 0.25 is the least. */
function cacheGiB({ memoryLimitMiB }: Resources): string {
  return Math.max((memoryLimitMiB * 0.4) / 1024, 0.25).toFixed(2);
}
