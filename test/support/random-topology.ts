import * as fc from "fast-check";
import type { PortFacts, Topology, WorkloadFacts } from "../../cli/topology/topology.ts";

// Words of Graphviz' and Mermaid's languages are names like any other.
const name = fc.oneof(
  fc.constantFrom("end", "node", "graph", "subgraph", "class", "default", "a-b", "a"),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/),
);
// What means something to Graphviz, XML or Mermaid is text like any other.
const sign = fc.constantFrom(
  "&amp;",
  "&nothing;",
  "\\N",
  "\\",
  '"',
  "]]>",
  "<br/>",
  "<!--",
  "#quot;",
  "`",
  "|",
  "'",
);
const text = fc
  .array(fc.oneof(sign, fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 })), { maxLength: 4 })
  // A replacement character stands for what was read wrongly, and parsers warn of it.
  .map((each) => `t${each.join("").replaceAll("\uFFFD", "")}`);
const port: fc.Arbitrary<PortFacts> = fc.record({
  name: text,
  number: fc.integer({ min: 1, max: 65535 }),
  protocol: fc.constantFrom("tcp", "udp", "http", "ws", "grpc"),
});

const workload: fc.Arbitrary<WorkloadFacts> = fc.record({
  name,
  kind: fc.constant("service" as const),
  group: fc.constantFrom("application", "store", "job", "observability"),
  image: text,
  copies: fc.constantFrom({ min: 1, max: 1 }, { min: 1, max: 3 }, { min: 3, max: 3 }),
  signals: fc.constant([]),
  resources: fc.constant({ cpuRequest: 1, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 64 }),
  ports: fc.uniqueArray(port, { minLength: 1, maxLength: 3, selector: ({ number }) => number }),
  volumes: fc.array(fc.record({ name: text, sizeGiB: fc.integer({ min: 1, max: 9 }) }), { maxLength: 2 }),
  shared: fc.array(fc.record({ name: text, path: text, writable: fc.boolean() }), { maxLength: 2 }),
  filledFolders: fc.constant([]),
  secrets: fc.constant([]),
  metrics: fc.boolean(),
  after: fc.constant([]),
});

/** Facts of a stack that nobody wrote: workloads of which some refer to others, to servers elsewhere and to themselves. */
export const randomTopology: fc.Arbitrary<Topology> = fc
  .uniqueArray(workload, { minLength: 1, maxLength: 6, selector: (each) => each.name })
  .chain((workloads) => {
    const from = fc.constantFrom(...workloads.map((each) => each.name));
    const destination = fc.constantFrom(
      ...workloads.flatMap((each) => each.ports.map((of) => ({ to: each.name, port: of }))),
    );
    const purpose = fc.constantFrom("use" as const, "metrics" as const, "telemetry" as const);
    const inside = fc
      .tuple(from, destination, purpose)
      .map(([client, to, why]) => ({ from: client, ...to, outside: false, purpose: why }));
    const outside = fc
      .tuple(from, fc.domain(), port)
      .map(([client, to, of]) => ({ from: client, to, port: of, outside: true, purpose: "use" as const }));
    const exposure = fc.record({
      host: text,
      // As in a URL: backslashes, and what nobody sees, are written by their codes there.
      path: text.map((each) => `/${each.replaceAll(/[\\\p{C}\p{Z}]/gu, encodeURIComponent)}`),
      stripPrefix: fc.boolean(),
    });
    return fc.record({
      stack: text,
      platform: name,
      target: name,
      url: text,
      workloads: fc.constant(workloads),
      sharedFolders: fc.constant([]),
      references: fc.uniqueArray(fc.oneof(inside, outside), {
        maxLength: 12,
        selector: (each) => `${each.from} ${each.to} ${each.port.number}`,
      }),
      exposures: fc.uniqueArray(
        fc.tuple(exposure, destination).map(([way, to]) => ({ entry: "proxy", ...way, ...to })),
        { maxLength: 4, selector: ({ path }) => path },
      ),
      keptSecrets: fc.constant({}),
      watched: fc.constant([]),
      capacity: fc.constant({
        machines: [],
        limit: {},
        promised: {},
        total: { cpus: 0, memoryGiB: 0, storageGiB: 0, gpus: 0 },
      }),
    });
  });
