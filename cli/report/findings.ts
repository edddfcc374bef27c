import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { z } from "zod";
import { packageFolder } from "../../embedded/images/package-folder.ts";
import { rules } from "../../policies/rules/index.ts";
import { engineFor } from "../engine.ts";
import { Mendable, messageOf } from "../mendable.ts";
import { nameOf } from "../resources.ts";
import type { Session } from "../session.ts";
import type { Listing } from "./rows.ts";

/** What the policies say of a stack. */
export interface Judgement {
  /** How many resources were looked at. */
  readonly resources: number;
  readonly findings: readonly Finding[];
}

/** Something that a policy refuses or advises against. */
export interface Finding {
  readonly policy: string;
  /** Name of the resource; empty for what is about all of them together. */
  readonly resource: string;
  readonly message: string;
}

/** What the policies found, and what to do about it. */
export const findingList: Listing<Judgement> = {
  kind: "finding",
  name: "Policy and resource",
  columns: { level: "text", severity: "text", finding: "text", "what to do": "text" },
  rows: ({ findings }) => {
    const nameOfFinding = ({ policy, resource }: Finding) => (resource ? `${policy}: ${resource}` : policy);
    return [...new Set(findings.map(nameOfFinding))].map((name) => {
      const found = findings.filter((finding) => nameOfFinding(finding) === name);
      const rule = rules.find((each) => each.name === found[0]?.policy);
      return {
        name,
        facts: {
          level: [rule?.enforcementLevel ?? []].flat(),
          severity: [rule?.severity ?? []].flat(),
          // The engine puts what the policy demands in a line above.
          finding: found
            .flatMap(({ message }) => message.split("\n"))
            .filter((line) => line !== rule?.description),
          "what to do": [rule?.remediationSteps ?? []].flat(),
        },
      };
    });
  },
};

const event = z.object({
  policyEvent: z
    .object({ policyName: z.string(), message: z.string(), resourceUrn: z.string().default("") })
    .optional(),
  policyAnalyzeSummaryEvent: z.object({}).optional(),
});

/**
 * What the policies say of what a stack's program wants, by a preview.
 *
 * @throws Mendable when the preview fails
 */
export async function judge(session: Session): Promise<Judgement> {
  const folder = await mkdtemp(path.join(tmpdir(), "keelson-report-"));
  try {
    const levels = path.join(folder, "levels.json");
    await writeFile(levels, JSON.stringify(ADVISORY));
    return judgementIn(
      await streaming(session).read([
        ...["preview", "--json", "--policy-pack", path.join(packageFolder, "policies")],
        ...["--policy-pack-config", levels],
      ]),
    );
  } catch (error) {
    const remedy = `see it in full: npx keelson preview ${session.stack.name} -- --policy-pack policies`;
    throw new Mendable(messageOf(error), remedy, { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the policies say, as the engine's events tell it, one in a line. */
export function judgementIn(events: string): Judgement {
  const seen = events
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => event.parse(JSON.parse(line)));
  return {
    resources: seen.filter(({ policyAnalyzeSummaryEvent }) => policyAnalyzeSummaryEvent).length,
    findings: seen.flatMap(({ policyEvent }) => (policyEvent ? [findingOf(policyEvent)] : [])),
  };
}

/** A mandatory rule ends a preview before the others have looked at all resources. */
const ADVISORY = Object.fromEntries(rules.map(({ name }) => [name, { enforcementLevel: "advisory" }]));

/** The engine of a session, whose previews as JSON are events, one in a line: else they do not tell of policies. */
function streaming({ stack, parts, place }: Session) {
  return engineFor({
    stack,
    executable: parts.engine,
    environment: {
      ...parts.environment,
      ...place.environment,
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
    },
  });
}

function findingOf(told: NonNullable<z.output<typeof event>["policyEvent"]>): Finding {
  return {
    policy: told.policyName,
    resource: told.resourceUrn === "" ? "" : nameOf({ urn: told.resourceUrn }),
    message: told.message.trim(),
  };
}
