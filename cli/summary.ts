import type { ObtainedImage } from "../embedded/images/index.ts";
import { keelsonHome } from "../embedded/parts/index.ts";
import type { Outputs } from "./outputs.ts";
import type { Session } from "./session.ts";
import { table } from "./table.ts";
import { faint, strong } from "./terminal.ts";

/** What somebody wants to know of a stack that has just come up: where it is, where its secrets are, what it runs with, how to end it. */
export function summary(
  session: Session,
  images: Readonly<Record<string, ObtainedImage>>,
  { url, health }: Outputs,
): string {
  const { name } = session.stack;
  const pages = Object.entries(health).map(([service, address]) => [`  ${service}`, pageOf(address)]);
  return [
    "",
    strong(`${name} is up${url ? ` at ${url}` : ""}`),
    table(pages),
    "",
    strong("secrets"),
    `  ${placeOfSecrets(session)}`,
    `  to see them: npx keelson pulumi ${name} -- stack export --show-secrets`,
    "",
    strong("parts in use"),
    ...partsInUse(session, images).map((line) => `  ${line}`),
    "",
    strong("from here"),
    table([
      [`  npx keelson up ${name}`, "after a change of the stack file or the program"],
      [`  npx keelson verify ${name}`, "checks it again"],
      [`  npx keelson down ${name}`, "takes it down and keeps its data"],
      [`  npx keelson down ${name} --delete-data`, "takes it down with all its data"],
    ]),
  ].join("\n");
}

/** The page of a service lies beside its health address. */
function pageOf(address: string): string {
  return new URL(".", address).href;
}

function placeOfSecrets({ parts: { environment } }: Session): string {
  const passphrase = environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (!passphrase) return "generated, and encrypted in the state of the backend that Pulumi is set to";
  return `generated, and encrypted in ${keelsonHome()}/state with the passphrase in ${passphrase}: keep both`;
}

/** Parts and images, official and embedded, and why the embedded ones. */
function partsInUse({ parts }: Session, images: Readonly<Record<string, ObtainedImage>>): string[] {
  const all = [
    ...parts.used.map(({ part, version, kind, why }) => ({ name: `${part} ${version}`, kind, why })),
    ...Object.values(images).map(({ reference, kind, why }) => ({ name: reference, kind, why })),
  ];
  return (["official", "embedded"] as const).flatMap((wanted) => {
    const of = all.filter(({ kind }) => kind === wanted);
    return of.length === 0
      ? []
      : [
          `${wanted}: ${of.map(({ name }) => name).join(", ")}`,
          ...(wanted === "embedded" ? reasons(of) : []),
        ];
  });
}

function reasons(parts: readonly { readonly why: string }[]): string[] {
  return [...new Set(parts.map(({ why }) => why))].map((why) => faint(`  ${why}`));
}
