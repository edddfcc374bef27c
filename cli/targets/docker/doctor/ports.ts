import { createServer } from "node:net";
import type Docker from "dockerode";
import { STACK_LABEL } from "../../../../components/targets/docker/host.ts";
import type { OnDocker, PublishedPort } from "../plan.ts";

/** Finds the ports that a stack publishes and that something else holds: another container, or any process where the host is this machine. */
export async function takenPorts(
  docker: Docker,
  {
    containers,
    prefixes,
    isRemote,
  }: Pick<OnDocker, "containers" | "prefixes"> & { readonly isRemote: boolean },
): Promise<PublishedPort[]> {
  const wanted = containers.flatMap(({ ports }) => ports);
  const running = (await docker.listContainers()).flatMap(({ Ports, Labels }) =>
    Ports.map(({ PublicPort }) => ({ port: PublicPort, own: prefixes.includes(Labels[STACK_LABEL] ?? "") })),
  );
  const held = await Promise.all(
    wanted.map(async ({ address, port }) => {
      const holder = running.find((published) => published.port === port);
      if (holder) return !holder.own;
      return !isRemote && (await isHeld(address, port));
    }),
  );
  return wanted.filter((_, index) => held[index]);
}

/** Whether a process of this machine listens there. */
export async function isHeld(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Low ports are refused to an ordinary user, which doesn't mean that someone holds them.
    server.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "EADDRINUSE"));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
