import { h } from "hastscript";
import type { Topology } from "../topology/topology.ts";
import { bars } from "./bars.ts";
import { costs, costText } from "./cost.ts";
import { keptSecrets, secrets, volumes } from "./data.ts";
import { note, rowsTable, type Section, verbatim } from "./elements.ts";
import { type Listing, type Row, rowsOf } from "./rows.ts";
import { machinesText, sizes, totals } from "./sizes.ts";
import { exposures, references } from "./traffic.ts";
import { alerts, dashboards, metrics } from "./watching.ts";
import { jobs, services } from "./workloads.ts";

/** Every table about what the stack is. */
const listings: readonly Listing<Topology>[] = [
  services,
  jobs,
  totals,
  sizes,
  costs,
  volumes,
  secrets,
  keptSecrets,
  exposures,
  references,
  metrics,
  alerts,
  dashboards,
];

/** What the report says of what the stack is, as rows. */
export function stackRows(facts: Topology): readonly Row[] {
  return listings.flatMap((listing) => rowsOf(listing, facts));
}

/** The sections on what the stack is. */
export function stackSections(facts: Topology, picture: string): readonly Section[] {
  const rows = (listing: Listing<Topology>) => rowsOf(listing, facts);
  const listed = (listing: Listing<Topology>, caption: string, without: string) =>
    rowsTable(listing, rows(listing), caption, without);
  return [
    {
      id: "picture",
      title: "Who refers to whom",
      content: [
        note(
          "An arrow is a reference: address, order of start and permission in one. Who has none has no way.",
        ),
        h(
          "figure.picture",
          { role: "region", ariaLabel: "References as a picture", tabIndex: 0 },
          verbatim(picture),
        ),
      ],
    },
    {
      id: "services",
      title: "Services and jobs",
      content: [
        listed(services, "What is kept running", "The stack keeps nothing running."),
        listed(
          jobs,
          "What runs to its end; once means: again when it has changed or failed",
          "The stack has no jobs.",
        ),
      ],
    },
    {
      id: "sizes",
      title: "Sizes",
      content: [
        note(
          `The stack states ${machinesText(facts.capacity.machines)}. Other stacks there are not counted.`,
        ),
        ...bars(facts),
        listed(totals, "All of it together", "Nothing is promised."),
        listed(sizes, "What each is promised, all its copies together", "Nothing is promised."),
      ],
    },
    ...(facts.cost
      ? [
          {
            id: "cost",
            title: "Cost",
            content: [note(costText(facts.cost)), listed(costs, "What the cloud charges, by its lists", "")],
          },
        ]
      : []),
    {
      id: "volumes",
      title: "Volumes",
      content: [listed(volumes, "Folders that outlive what uses them", "The stack keeps no data.")],
    },
    {
      id: "secrets",
      title: "Secrets",
      content: [
        note(
          "Names only: no value is on this page. What has the same name may have another value for each reader.",
        ),
        listed(secrets, "Secret variables and files, and who reads them", "Nothing here is told a secret."),
        listed(keptSecrets, "Kept by the target for those who run the platform", "The target keeps none."),
      ],
    },
    {
      id: "exposures",
      title: "Public paths",
      content: [listed(exposures, "What is reached from outside", "Nothing is reached from outside.")],
    },
    {
      id: "references",
      title: "References",
      content: [listed(references, "Who may open which port of whom", "Nothing refers to anything.")],
    },
    {
      id: "observability",
      title: "Observability",
      content:
        facts.watched.length === 0
          ? [note("Off. To turn it on, set keelson:observability: true in the stack file.")]
          : [
              listed(metrics, "Whose metrics Prometheus reads, every copy by itself", ""),
              listed(alerts, "Alerts, as Prometheus fills them in", ""),
              listed(dashboards, "Dashboards of Grafana", ""),
            ],
    },
  ];
}
