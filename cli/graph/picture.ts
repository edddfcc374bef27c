import type { Group, PortFacts, Purpose, Topology, WorkloadFacts } from "../topology/topology.ts";

/** What is drawn of a stack, and nothing of how. */
export interface Picture {
  readonly title: string;
  /** Groups that have anything in them, in the order in which they are read. */
  readonly groups: readonly DrawnGroup[];
  readonly arrows: readonly Arrow[];
}

/** What kind of thing a card stands for: the way in, a workload of some group, or a server elsewhere. */
export type CardKind = "entry" | Group | "outside";

/** Cards that are there for the same. */
export interface DrawnGroup {
  readonly kind: CardKind;
  readonly title: string;
  readonly cards: readonly Card[];
}

/** Something that refers, or is referred to. */
export interface Card {
  /** No two have the same. */
  readonly id: string;
  readonly title: string;
  /** What is said of it, line by line. */
  readonly lines: readonly string[];
  /** Where arrows begin. */
  readonly outlets: readonly Outlet[];
  /** Where arrows end. */
  readonly inlets: readonly Outlet[];
}

/** A place on a card where arrows begin or end. */
export interface Outlet {
  /** No two of a card have the same. */
  readonly id: string;
  readonly label: string;
}

/** A reference, or a public path. */
export interface Arrow {
  readonly from: End;
  readonly to: End;
  /** What is spoken, and at which port. */
  readonly label: string;
  /** All of it in one line. */
  readonly title: string;
  readonly purpose: Purpose;
  /** Whether it is drawn from right to left: what jobs prepare stands between them and those who use it. */
  readonly backwards: boolean;
}

/** A card, and the place on it if it has one. */
export interface End {
  readonly card: string;
  readonly outlet?: string;
}

const TITLES: Readonly<Record<CardKind, string>> = {
  entry: "Entry",
  application: "Applications",
  job: "Jobs",
  store: "Stores",
  observability: "Observability",
  outside: "Elsewhere",
};

/** What is to be drawn of a stack: each reference and each public path is an arrow, and nothing else is. */
export function pictureOf(topology: Topology): Picture {
  const { stack, workloads } = topology;
  const cards: Readonly<Record<CardKind, readonly Card[]>> = {
    entry: entriesOf(topology),
    ...groupsOf(workloads, topology),
    outside: outsideOf(topology),
  };
  const groups = (Object.keys(TITLES) as CardKind[]).map((kind) => ({
    kind,
    title: TITLES[kind],
    cards: cards[kind],
  }));
  return {
    title: stack,
    groups: groups.filter((group) => group.cards.length > 0),
    arrows: arrowsOf(topology),
  };
}

function groupsOf(workloads: readonly WorkloadFacts[], topology: Topology) {
  const of = (group: Group) =>
    workloads.filter((workload) => workload.group === group).map((workload) => cardOf(workload, topology));
  return {
    application: of("application"),
    job: of("job"),
    store: of("store"),
    observability: of("observability"),
  };
}

function cardOf(workload: WorkloadFacts, { references, exposures }: Topology): Card {
  const { name, ports } = workload;
  const opened = new Set(
    [...references, ...exposures].filter(({ to }) => to === name).map(({ port }) => port.number),
  );
  return {
    id: name,
    title: name,
    lines: linesOf(workload),
    outlets: [],
    // Ports that nobody opens are between copies of the server, or for its own health check.
    inlets: ports.filter(({ number }) => opened.has(number)).map(inletOf),
  };
}

function linesOf({ group, image, copies, volumes, shared }: WorkloadFacts): readonly string[] {
  const data = [
    ...volumes.map(({ sizeGiB }) => `${sizeGiB} GiB`),
    ...shared.map(({ name }) => `folder ${name}`),
  ];
  return [
    // There are many jobs, and most of them run what those run that they are for.
    ...(group === "job" ? [] : [shortImage(image)]),
    ...(copies.max > 1
      ? [copies.min === copies.max ? `${copies.max} copies` : `${copies.min}–${copies.max} copies`]
      : []),
    ...(data.length > 0 ? [data.join(" · ")] : []),
  ];
}

/** An image's own name and version, without where it comes from and without a digest. */
function shortImage(image: string): string {
  return image.replace(/@.*$/, "").split("/").at(-1)!;
}

function entriesOf({ exposures }: Topology): readonly Card[] {
  const names = [...new Set(exposures.map(({ entry }) => entry))];
  return names.map((name) => {
    const own = exposures.filter(({ entry }) => entry === name);
    return {
      id: entryId(name),
      title: name,
      lines: [...new Set(own.map(({ host }) => host))],
      outlets: own.map(({ path }) => ({ id: path, label: path })),
      inlets: [],
    };
  });
}

function outsideOf({ references }: Topology): readonly Card[] {
  const leaving = references.filter(({ outside }) => outside);
  const hosts = [...new Set(leaving.map(({ to }) => to))];
  return hosts.map((host) => {
    const ports = new Map(leaving.filter(({ to }) => to === host).map(({ port }) => [port.number, port]));
    return {
      id: outsideId(host),
      title: host,
      lines: [],
      outlets: [],
      inlets: [...ports.values()].map(inletOf),
    };
  });
}

function arrowsOf({ workloads, references, exposures }: Topology): readonly Arrow[] {
  const jobs = new Set(workloads.filter(({ group }) => group === "job").map(({ name }) => name));
  const used = references.map(({ from, to, outside, port, purpose }) => ({
    from: { card: from },
    to: { card: outside ? outsideId(to) : to, outlet: portId(port) },
    label: portLabel(port),
    title: `${from} → ${to}: ${portLabel(port)}`,
    purpose,
    backwards: jobs.has(from) && !outside,
  }));
  const exposed = exposures.map(({ entry, path, to, port }) => ({
    from: { card: entryId(entry), outlet: path },
    to: { card: to, outlet: portId(port) },
    label: `${path} · ${portLabel(port)}`,
    title: `${entry} ${path} → ${to}: ${portLabel(port)}`,
    purpose: "use" as const,
    backwards: false,
  }));
  return [...exposed, ...used];
}

function inletOf(port: PortFacts): Outlet {
  return { id: portId(port), label: portLabel(port) };
}

function portLabel({ protocol, number }: PortFacts): string {
  return `${protocol} ${number}`;
}

function portId({ number }: PortFacts): string {
  return `${number}`;
}

// No workload has a name with a blank, which no host name has.
const entryId = (name: string) => `entry ${name}`;
const outsideId = (host: string) => `outside ${host}`;
