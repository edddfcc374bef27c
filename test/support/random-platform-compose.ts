import type * as pulumi from "@pulumi/pulumi";
import { demandOf } from "../../components/model/capacity.ts";
import { type Endpoint, ref, Reference, type Setting } from "../../components/model/reference.ts";
import type { Step, Target } from "../../components/model/target.ts";
import type { Scaling } from "../../components/model/scaling.ts";
import type { JobWorkload, Workload } from "../../components/model/workload.ts";
import type { Known, Part, Service, Told } from "./random-platform.ts";

const resources = { cpuRequest: 0.01, cpuLimit: 0.1, memoryRequestMiB: 16, memoryLimitMiB: 32 };
const user = { uid: 1000, gid: 1000 };

/** Makes a platform on a target. */
export function compose(parts: readonly Part[], target: Target & pulumi.Resource): void {
  const endpoints = new Map<string, Endpoint>();
  const passwords = new Map<string, Reference>();
  const steps = new Map<string, Step>();
  const running = parts.filter((part) => part.kind === "service");
  target.admit(Object.fromEntries(running.map((part) => [part.name, demandOf(workloadOf(part, {}))])));

  const refer = ({ service, port, as }: Known): Reference => {
    const endpoint = endpoints.get(service)!;
    if (as === "host") return Reference.host(endpoint, port);
    if (as === "port") return Reference.port(endpoint, port);
    const address = Reference.to(endpoint, port);
    return as === "address" ? address : ref`any://user:${passwords.get(service)!}@${address}/`;
  };
  const settingsOf = ({ hidden, plain, references, outside }: Told): Record<string, Setting> => ({
    ...keyed(
      "HIDDEN",
      hidden.map((text) => Reference.hidden(text)),
    ),
    ...keyed(
      "PLAIN",
      Array.from({ length: plain }, (_, index) => index),
    ),
    ...keyed("SERVICE", references.map(refer)),
    ...keyed(
      "OUTSIDE",
      outside.map((url) => Reference.outside(url)),
    ),
  });
  const scalingOf = ({ follows, copies: min }: Service): Scaling | undefined =>
    follows && {
      min,
      max: min + 2,
      signals: [
        { kind: "lag", server: refer({ ...follows, as: "address" }), topic: "t", group: "g", perCopy: 9 },
      ],
    };
  const make: { readonly [Kind in Part["kind"]]: (part: Extract<Part, { kind: Kind }>) => void } = {
    service: (part) => {
      const password = Reference.hidden(part.password);
      const settings = { PASSWORD: password, ...settingsOf(part) };
      passwords.set(part.name, password);
      endpoints.set(
        part.name,
        target.run(part.name, () => workloadOf(part, settings, scalingOf(part)), placementOf(part)),
      );
    },
    job: (part) => {
      steps.set(part.name, target.complete(part.name, jobOf(part, settingsOf(part)), placementOf(part)));
    },
    repeated: (part) => {
      const job = jobOf(part, settingsOf(part));
      target.repeat(part.name, job, { every: "day", at: "03:15" }, placementOf(part));
    },
    exposed: ({ name, routes }) => {
      const entries = routes.map(({ service, port }, index) => {
        return [index === 0 ? "/" : `/api/${index}`, { to: Reference.to(endpoints.get(service)!, port) }];
      });
      if (routes.length === 0) return;
      target.expose(
        name,
        { host: `${name}.example.com`, routes: Object.fromEntries(entries) },
        { parent: target },
      );
    },
  };
  const placementOf = (part: Told & { readonly copies?: number }) => ({
    parent: target,
    after: part.after.map((job) => steps.get(job)!),
    ...(part.copies !== undefined && { copies: part.copies }),
  });
  for (const part of parts) (make[part.kind] as (part: Part) => void)(part);
}

function workloadOf(part: Service, settings: Readonly<Record<string, Setting>>, scaling?: Scaling): Workload {
  const volumes = Array.from({ length: part.volumes }, (_, index) => [
    `volume-${index}`,
    { path: `/data/${index}`, sizeGiB: 1 },
  ]);
  return {
    ...jobOf(part, settings),
    ports: part.ports,
    volumes: Object.fromEntries(volumes),
    probes: { readiness: { check: { kind: "exec", command: ["true"] } } },
    ...(scaling && { scaling }),
  };
}

function jobOf({ asFiles }: Told, settings: Readonly<Record<string, Setting>>): JobWorkload {
  const told = asFiles ? { files: settings } : { env: settings };
  return { image: "random:1", command: ["work"], resources, user, ...told };
}

function keyed(prefix: string, settings: readonly Setting[]): Record<string, Setting> {
  return Object.fromEntries(settings.map((setting, index) => [`${prefix}_${index}`, setting]));
}
