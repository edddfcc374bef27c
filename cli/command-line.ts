import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { packageFolder } from "../embedded/images/package-folder.ts";
import { checklist } from "./commands/checklist.ts";
import { cluster } from "./commands/cluster.ts";
import { doctor } from "./commands/doctor.ts";
import { down } from "./commands/down.ts";
import { exportStack } from "./commands/export.ts";
import { graph } from "./commands/graph.ts";
import { init } from "./commands/init.ts";
import { preview } from "./commands/preview.ts";
import { pulumi } from "./commands/pulumi.ts";
import { report } from "./commands/report.ts";
import { start } from "./commands/start.ts";
import { up } from "./commands/up.ts";
import { verify } from "./commands/verify.ts";

const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8")) as {
  version: string;
};

const AFTER_DASHES = "after --, flags for Pulumi";
const STACK = "name of a stack, as acceleration-docker";

/** The command `keelson`. Every action answers the exit status. */
export function commandLine(end: (status: number) => void): Command {
  const program = new Command("keelson")
    .description(
      "Sets up and looks after a self-hosted AI platform. State and caches are kept in $KEELSON_HOME (~/.local/share/keelson).",
    )
    .version(version)
    .option("--verbose", "show where an error comes from")
    .showHelpAfterError("(keelson --help shows the commands, keelson COMMAND --help their options)");

  program
    .command("start")
    .description("get all that is needed, bring the whole platform up and check it")
    .argument("[stack]", STACK, "acceleration-docker")
    .option("--prepare", "only get what is needed: Docker, engine, plugins, images")
    .option("-y, --yes", "install what is missing without asking")
    .action(async (stack, options) => end(await start(stack, options)));
  program
    .command("init")
    .description("ask for all that makes a stack, write its file, and show what is left to do")
    .argument("[stack]", "name for the stack; PLATFORM-TARGET if it is left out")
    .option("--platform <name>", "which platform")
    .option("--target <name>", "where it runs")
    .option("--environment <name>", "development, staging or production")
    .option("--host <name>", "host name that browsers use")
    .option("-y, --yes", "do not ask: what is not given keeps its default")
    .action(async (stack, options) => end(await init(stack, options)));
  program
    .command("checklist")
    .description("show what is done and what is left of a stack's deployment, with the commands that do it")
    .argument("<stack>", STACK)
    .action(async (stack) => end(await checklist(stack)));
  program
    .command("up")
    .description("bring a stack up, or to what its program says now (pulumi up)")
    .argument("<stack>", STACK)
    .argument("[flags...]", AFTER_DASHES)
    .option("-y, --yes", "do not ask; nothing is asked without a terminal")
    .action(async (stack, flags, options) => end(await up(stack, flags, options)));
  program
    .command("preview")
    .description("show what up would change (pulumi preview)")
    .argument("<stack>", STACK)
    .argument("[flags...]", AFTER_DASHES)
    .action(async (stack, flags) => end(await preview(stack, flags)));
  program
    .command("down")
    .description("take a stack down and keep its data (pulumi destroy)")
    .argument("<stack>", STACK)
    .argument("[flags...]", AFTER_DASHES)
    .option("-y, --yes", "do not ask; only deleting data is asked for without a terminal, and then refused")
    .option("--delete-data", "delete the data as well, for good")
    .action(async (stack, flags, options) => end(await down(stack, flags, options)));
  program
    .command("pulumi")
    .description("run any other command of Pulumi on a stack: keelson pulumi STACK -- stack export")
    .argument("<stack>", STACK)
    .argument("<command...>", "after --, the command and its flags")
    .action(async (stack, command) => end(await pulumi(stack, command)));
  program
    .command("verify")
    .description("check every health address, what services depend on, and every container or pod of a stack")
    .argument("<stack>", STACK)
    .option(
      "--at <address>",
      "connect to this address, as 10.0.0.7:443, whatever the DNS says of the host names",
    )
    .option("--json", "answer as JSON")
    .action(async (stack, options) => end(await verify(stack, options)));
  program
    .command("doctor")
    .description("check that this machine and the stack's Docker host or cluster have what the stack needs")
    .argument("<stack>", STACK)
    .option("--json", "answer as JSON")
    .action(async (stack, options) => end(await doctor(stack, options)));
  program.addCommand(cluster(end));
  program
    .command("export")
    .description("write the deployment that a stack is now as plain files, secrets apart")
    .argument("<stack>", STACK)
    .requiredOption("--as <format>", "manifests: YAML for kubectl apply, of a stack on Kubernetes")
    .option("--to <folder>", "where to, exports/STACK if it is left out")
    .option("--namespace <name>", "name for the namespace, in place of its own")
    .action(async (stack, options) => end(await exportStack(stack, options)));
  program
    .command("graph")
    .description("draw who refers to whom in a stack; nothing has to be up")
    .argument("<stack>", STACK)
    .option("--format <format>", "svg, mermaid or json", "svg")
    .option("--out <file>", "where to; else standard output, or graph-STACK.svg where that is a terminal")
    .action(async (stack, options) => end(await graph(stack, options)));
  program
    .command("report")
    .description("write what a stack is, what the policies say of it and what has changed as one HTML page")
    .argument("<stack>", STACK)
    .option(
      "--out <file>",
      "where to, reports/STACK.html if it is left out; what changed is told against what is there",
    )
    .option("--verify", "check the stack that runs as well, as verify does")
    .action(async (stack, options) => end(await report(stack, options)));
  return program;
}
