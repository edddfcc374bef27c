import { parseArgs } from "node:util";
import { describe } from "../errors.ts";
import type { Command } from "./command.ts";
import { runUntilStopped } from "./run.ts";

/** Options of Streamlit that deployments use on the command line. Those that only tune Streamlit are taken and change nothing. */
const options = {
  "server.address": { type: "string" },
  "server.port": { type: "string" },
  "server.headless": { type: "string" },
  "server.baseUrlPath": { type: "string" },
} as const;

/** `streamlit run app.py --server.port 8501`: serves there. Options may come as STREAMLIT_SERVER_* too, as Streamlit itself has it. */
export const streamlit: Command = async (args, environment) => {
  const parsed = parse(args);
  if (typeof parsed === "string") {
    console.error(`streamlit: ${parsed}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const { STREAMLIT_SERVER_ADDRESS: address, STREAMLIT_SERVER_PORT: port } = environment;
  return runUntilStopped(["streamlit", ...positionals].join(" "), {
    host: values["server.address"] ?? address ?? "0.0.0.0",
    port: Number(values["server.port"] ?? port ?? 8501),
    environment,
  });
};

function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, script, ...more] = parsed.positionals;
    return command === "run" && script !== undefined && more.length === 0
      ? parsed
      : "expected one script, as in run app.py";
  } catch (error) {
    return describe(error);
  }
}
