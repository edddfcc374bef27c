import { obtainImages } from "../../embedded/images/index.ts";
import { vi } from "vitest";
import { Containers, type Started } from "./containers.ts";

/** Passwords of the servers, with characters that have to be encoded in URLs. */
export const passwords = { postgres: "pg/hidden:w0rd", redis: "redis/hidden:w0rd" };

/** What a service of the Acceleration platform is told. */
export const environment = {
  SERVICE_NAME: "rag",
  DATABASE_URL: `postgresql+asyncpg://rag:${encodeURIComponent(passwords.postgres)}@postgres:5432/rag?ssl=require`,
  DATABASE_SSL_ROOT_CERT: "/tls/server.crt",
  REDIS_URL: `redis://:${encodeURIComponent(passwords.redis)}@redis:6379/0`,
  CHROMA_URL: "http://chroma:8000",
  REFERENCE_PROOF_SECONDS: "1",
};

/** How long a server is waited for. */
export const patience = { timeout: 60_000, interval: 250 };

type Images = Record<"postgres" | "redis" | "chroma" | "reference-app", string>;

/** The servers on which services of the Acceleration platform depend, and the means to start such services beside them. */
export class ServersUnderTest {
  readonly postgres: Started;
  readonly redis: Started;
  readonly #containers: Containers;
  readonly #images: Images;
  /** Volume with the certificates. */
  readonly #certificates: string;

  private constructor(
    containers: Containers,
    images: Images,
    certificates: string,
    postgres: Started,
    redis: Started,
  ) {
    this.#containers = containers;
    this.#images = images;
    this.#certificates = certificates;
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Starts PostgreSQL with TLS, Redis with a password, and Chroma. */
  static async start(): Promise<ServersUnderTest> {
    const containers = await Containers.open("reference-app");
    const images = await imagesOn(containers);
    const certificates = await makeCertificates(containers, images.postgres);
    const [postgres, redis] = await Promise.all([
      startPostgres(containers, images.postgres, certificates),
      containers.start("redis", {
        Image: images.redis,
        Cmd: ["redis-server", "--requirepass", passwords.redis],
      }),
      containers.start("chroma", { Image: images.chroma }),
    ]);
    return new ServersUnderTest(containers, images, certificates, postgres, redis);
  }

  /** Starts a command of the reference application as the Docker target does: without any right. */
  startApplication(name: string, command: string[], variables: Record<string, string>): Promise<Started> {
    return this.#containers.start(name, {
      Image: this.#images["reference-app"],
      port: 8004,
      Cmd: command,
      Env: Object.entries(variables).map(([variable, value]) => `${variable}=${value}`),
      User: "1000:1000",
      HostConfig: {
        ReadonlyRootfs: true,
        Tmpfs: { "/tmp": "" },
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges:true"],
        Memory: 512 * 1024 * 1024,
        Binds: [`${this.#certificates}:/tls:ro`],
      },
    });
  }

  /** Removes them all, and what was started beside them. */
  close(): Promise<void> {
    return this.#containers.close();
  }
}

async function imagesOn({ docker }: Containers): Promise<Images> {
  const obtained = await obtainImages(["postgres", "redis", "chroma", "reference-app"], {
    docker,
    report: console.log,
  });
  return {
    postgres: obtained.postgres.reference,
    redis: obtained.redis.reference,
    chroma: obtained.chroma.reference,
    "reference-app": obtained["reference-app"].reference,
  };
}

/** Two certificates of their own, on a volume: `server`, that of the database, and `other`. */
async function makeCertificates(containers: Containers, image: string): Promise<string> {
  const volume = await containers.volume("tls");
  const script = `set -e
for name in server other; do
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=postgres -addext subjectAltName=DNS:postgres \\
    -keyout /tls/$name.key -out /tls/$name.crt
done
chown 999:999 /tls/*.key && chmod 0600 /tls/*.key && chmod 0644 /tls/*.crt`;
  const maker = await containers.start("certificates", {
    // It has openssl: PostgreSQL's package needs it.
    Image: image,
    Entrypoint: ["bash", "-c", script],
    User: "0:0",
    HostConfig: { Binds: [`${volume}:/tls`] },
  });
  if ((await maker.ended()) !== 0) throw new Error(`no certificates could be made: ${await maker.log()}`);
  return volume;
}

async function startPostgres(containers: Containers, image: string, certificates: string): Promise<Started> {
  const settings = ["ssl=on", "ssl_cert_file=/tls/server.crt", "ssl_key_file=/tls/server.key"];
  const postgres = await containers.start("postgres", {
    Image: image,
    port: 5432,
    Env: ["POSTGRES_USER=rag", `POSTGRES_PASSWORD=${passwords.postgres}`, "POSTGRES_DB=rag"],
    Cmd: ["postgres", ...settings.flatMap((setting) => ["-c", setting])],
    HostConfig: { Binds: [`${certificates}:/tls:ro`] },
  });
  await vi.waitFor(async () => {
    const status = await postgres.run(["pg_isready", "-h", "127.0.0.1", "-U", "rag"]);
    if (status !== 0) throw new Error(`PostgreSQL is not ready: ${await postgres.log()}`);
  }, patience);
  return postgres;
}
