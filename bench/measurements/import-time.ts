import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { runProgram } from "../support/child.ts";
import { type Report, type Row, seconds, times } from "../support/row.ts";
import { interleaved, over } from "../support/samples.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const entryPoint = fileURLToPath(new URL("../../dist/components/index.js", import.meta.url));

/** How long a program waits for `import "keelson"`, compiled as it is published, and for the SDK alone. */
export async function importTime(report: Report): Promise<readonly Row[]> {
  report("compiling the package");
  await execa("npm", ["run", "build"], { cwd: root });

  report("importing it and the SDK, in turn");
  const trials = {
    keelson: () => runProgram("import", entryPoint),
    sdk: () => runProgram("import", "@pulumi/pulumi"),
  };
  const rounds = await interleaved(trials, 7);
  const sdk = seconds(over(rounds, (round) => round.sdk.seconds));
  const ratio = over(rounds, (round) => round.keelson.seconds / round.sdk.seconds);
  return [
    {
      what: 'import "keelson"',
      measured: seconds(over(rounds, (round) => round.keelson.seconds)),
      compared: `${times(ratio)} import "@pulumi/pulumi", ${sdk}`,
      aim: "–",
    },
  ];
}
