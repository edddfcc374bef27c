/**
 * Installs the official Pulumi CLI of the SDK's version: `node install-official-cli.ts FOLDER`. A process of its own, so that a download that
 * gets nowhere can be ended. If it cannot be done it exits with 1 and says why on its last line.
 */
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

/** Where the installer comes from: whether it answers at all is known in a moment, what is behind it takes its time. */
const site = "https://get.pulumi.com";
const answerMilliseconds = 5_000;

const [root] = process.argv.slice(2);
try {
  if (root === undefined) throw new Error("usage: install-official-cli FOLDER");
  await fetch(site, { method: "HEAD", signal: AbortSignal.timeout(answerMilliseconds) }).catch(
    (error: unknown) => {
      throw new Error(`${site} does not answer`, { cause: error });
    },
  );
  await PulumiCommand.install({ root });
} catch (error) {
  console.error(error instanceof Error ? error.message.trim().replaceAll("\n", " ") : error);
  process.exitCode = 1;
}
