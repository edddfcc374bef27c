import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import { pack } from "tar-stream";
import { newAuthority } from "../../embedded/cluster/certificates.ts";
import { buildGo } from "../../embedded/go/build.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { kubeconfigPath, loadImages } from "./cluster.ts";

const MODULE = fileURLToPath(new URL("../fixtures/operators/cloud-native-pg", import.meta.url));
const PACKAGE = "github.com/cloudnative-pg/cloudnative-pg";
const VERSION = "1.27.0";
/** It copies itself from this image into the pods of instances. */
const IMAGE = `keelson-test/cloud-native-pg:${VERSION}`;
/** How the operator calls the processor of this machine. */
const ARCHITECTURE = process.arch === "x64" ? "amd64" : process.arch;

/** The operator CloudNativePG as a process of this machine, which looks after one namespace. */
export class CloudNativePg {
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(running: ChildProcess, folder: string) {
    this.#process = running;
    this.#folder = folder;
  }

  /** Builds it unless it was built before, gives its image to the real node, and starts it. */
  static async start(namespace: string): Promise<CloudNativePg> {
    const program = await build();
    await makeImage(program);
    const folder = await mkdtemp(path.join(os.tmpdir(), "cloud-native-pg-"));
    // It looks for itself where its image has it, once for each kind of processor.
    await mkdir(path.join(folder, "operator"));
    await copyFile(program, path.join(folder, "operator", `manager_${ARCHITECTURE}`));
    // With a certificate that is there it leaves the webhooks to others: none are registered here.
    const { certificate, key } = await newAuthority("webhook");
    await writeFile(path.join(folder, "apiserver.crt"), certificate);
    await writeFile(path.join(folder, "apiserver.key"), key, { mode: 0o600 });
    const log = await open(path.join(folder, "log"), "w");
    const ports = ["--webhook-port=19443", "--metrics-bind-address=127.0.0.1:19080"];
    const running = spawn(program, ["controller", ...ports], {
      cwd: folder,
      stdio: ["ignore", log.fd, log.fd],
      env: {
        KUBECONFIG: kubeconfigPath(),
        OPERATOR_NAMESPACE: namespace,
        WATCH_NAMESPACE: namespace,
        OPERATOR_IMAGE_NAME: IMAGE,
        WEBHOOK_CERT_DIR: folder,
      },
    });
    await log.close();
    return new CloudNativePg(running, folder);
  }

  /** Everything that it wrote. */
  async log(): Promise<string> {
    return readFile(path.join(this.#folder, "log"), "utf8");
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    if (this.#process.exitCode === null && this.#process.kill()) await ended;
    await new Docker().getImage(IMAGE).remove({ force: true });
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Three minutes of two cores, once. */
async function build(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(path.join(MODULE, file)));
  const operators = path.join(keelsonHome(), "operators");
  const caches = path.join(operators, "build");
  const { manager } = await buildGo({
    what: "CloudNativePG",
    module: MODULE,
    programs: { manager: `${PACKAGE}/cmd/manager` },
    variables: { [`${PACKAGE}/pkg/versions.buildVersion`]: VERSION },
    folder: path.join(operators, `cloud-native-pg-${hash.digest("hex").slice(0, 12)}`),
    caches,
    environment: process.env,
    progress: console.log,
  });
  await rm(caches, { recursive: true, force: true });
  return manager;
}

async function makeImage(program: string): Promise<void> {
  const archive = pack();
  archive.entry({ name: "manager", mode: 0o755 }, await readFile(program));
  archive.finalize();
  const docker = new Docker();
  const [repo, tag] = IMAGE.split(":");
  const importing = await docker.importImage(Readable.from(archive), {
    repo,
    tag,
    changes: 'ENTRYPOINT ["/manager"]',
  });
  await new Promise((resolve, reject) =>
    docker.modem.followProgress(importing, (error, done) => (error ? reject(error) : resolve(done))),
  );
  await loadImages([IMAGE]);
}
