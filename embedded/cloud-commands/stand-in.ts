/**
 * Stand-ins for the programs that get credentials for clusters of clouds. They are on the PATH where the embedded plugin of their cloud is in use, and
 * answer for its imagined clusters only; all else is handed on to the program that they stand in for, where it is installed.
 * The protocol: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
import { existsSync, realpathSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { keelsonHome } from "../parts/home.ts";
import { CloudStore } from "../plugins/cloud/store.ts";
import { administrator } from "./administrator.ts";

/** A program that is stood in for. */
export interface StandIn {
  /** Its name: `aws`. */
  readonly command: string;
  /** The embedded plugin of its cloud, and the type of its clusters in the store. */
  readonly cloud: string;
  readonly clusterType: string;
  /** How it is asked for credentials. */
  readonly usage: string;
  /** Whether it is asked for credentials of one of these clusters. */
  readonly isAsked: (args: readonly string[], clusters: readonly string[]) => boolean;
}

/** What of the world a stand-in looks at. */
export interface World {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/** Does what the program would. @returns its exit status */
export async function run(standIn: StandIn, { args, environment, print }: World): Promise<number> {
  const home = keelsonHome(environment);
  const clusters = new CloudStore(standIn.cloud, home).all(standIn.clusterType).map(({ id }) => id);
  if (standIn.isAsked(args, clusters)) {
    print(JSON.stringify(credential(await administrator(home), environment)));
    return 0;
  }
  const real = commandBehind(standIn.command, environment["PATH"] ?? "", home);
  if (real === undefined) throw new Error(refusal(standIn, args, clusters));
  const { exitCode = 1 } = await execa(real, args, { stdio: "inherit", reject: false });
  return exitCode;
}

function credential(
  { certificate, key }: { readonly certificate: string; readonly key: string },
  environment: World["environment"],
) {
  return {
    kind: "ExecCredential",
    apiVersion: wantedVersion(environment["KUBERNETES_EXEC_INFO"]),
    spec: {},
    status: { clientCertificateData: certificate, clientKeyData: key },
  };
}

/** The version of the protocol that whoever asks speaks. */
function wantedVersion(asked: string | undefined): string {
  const { apiVersion } = JSON.parse(asked ?? "{}") as { readonly apiVersion?: string };
  return apiVersion ?? "client.authentication.k8s.io/v1beta1";
}

/** The program of that name that is further down the PATH, if there is one: stand-ins are all below keelson's home. */
function commandBehind(command: string, folders: string, home: string): string | undefined {
  const own = path.join(existsSync(home) ? realpathSync(home) : home, "cloud-commands");
  return folders
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file) && !realpathSync(path.dirname(file)).startsWith(own));
}

function refusal({ command, usage }: StandIn, args: readonly string[], clusters: readonly string[]): string {
  const known = clusters.length > 0 ? clusters.join(", ") : "none yet";
  return `this is keelson's embedded stand-in for ${command}: it knows \`${usage}\` for imagined clusters (${known}), and not \`${[command, ...args].join(" ")}\`; install ${command} for all else`;
}
