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
    partsInUse(session, images),
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

/** Parts and images: which are official, which embedded, and why. */
function partsInUse({ parts }: Session, images: Readonly<Record<string, ObtainedImage>>): string {
  return table([
    ...parts.used.map(({ part, version, kind, why }) => [`  ${part} ${version}`, kind, faint(why)]),
    // The engine's words on why no registry answers are too long for a line.
    ...Object.values(images).map(({ reference, kind, why }) => [
      `  ${reference}`,
      kind,
      faint(why.replace(/ \(.*\)$/, "")),
    ]),
  ]);
}
