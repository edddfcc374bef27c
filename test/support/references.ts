import { Docker } from "../../components/targets/docker/docker.ts";
import { imagesFor } from "../../stacks/images.ts";
import { deploy } from "./engine.ts";
import { Recorder } from "./reachability-recorder.ts";

/** A port of a server, as its clients know it. */
export interface Server {
  readonly host: string;
  readonly port: number;
}

/** Who refers to whom in a platform. */
export interface References {
  /** Ports of servers that refer to nobody: what a reference alone leads to. */
  readonly stores: readonly Server[];
  /** Services that refer to a port. */
  readonly clientsOf: (host: string, port: number) => readonly string[];
  /** Ports that a service refers to. */
  readonly serversOf: (client: string) => readonly Server[];
}

/** What every platform is told, as a stack would tell it. */
type Common = {
  readonly target: Recorder;
  readonly host: string;
  readonly environment: "production";
  readonly images: Readonly<Record<string, string>>;
};

/** Writes down the references of a platform, by making it with nothing behind it. */
export async function referencesOf(make: (common: Common) => unknown): Promise<References> {
  let recorder!: Recorder;
  await deploy(() => {
    const machine = { cpus: 64, memoryGiB: 256, storageGiB: 4096 };
    recorder = new Recorder(new Docker("references", { machine }));
    make({ target: recorder, host: "localhost", environment: "production", images: imagesFor({}) });
  });
  const pairs = recorder.references.map((line) => line.split(" → ") as [string, string]);
  const clients = new Set(pairs.map(([client]) => client));
  const serversAmong = (some: typeof pairs): readonly Server[] =>
    [...new Set(some.map(([, server]) => server))].map((server) => {
      const [host, port] = server.split(":") as [string, string];
      return { host, port: Number(port) };
    });
  return {
    stores: serversAmong(pairs).filter(({ host }) => !clients.has(host)),
    clientsOf: (host, port) =>
      pairs.filter(([, server]) => server === `${host}:${port}`).map(([client]) => client),
    serversOf: (name) => serversAmong(pairs.filter(([client]) => client === name)),
  };
}
