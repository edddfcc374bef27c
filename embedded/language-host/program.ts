import language, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import type { Host } from "./host.ts";
import { endChild, endOf, type Ending } from "./children.ts";
import { announceDebugger, inspectorArguments, inspectorPort } from "./debugger.ts";
import { optionVariables, parseOptions, splitArguments } from "./options.ts";
import { sdkEntryPoint } from "./sdk.ts";

/** The SDK's entry point leaves with it after it has shown the user what is wrong: nothing is to be added. */
const explainedExitCode = 32;

/** Runs a Pulumi program to its end, or until `signal`. A program that fails is an answer, not an error of the call. */
export async function runProgram(request: RunRequest, host: Host, signal: AbortSignal): Promise<RunResponse> {
  const response = new language.RunResponse();
  try {
    const { outOfMemory, ...ending } = await execute(request, host, signal);
    if (ending.code === explainedExitCode) response.setBail(true);
    else if (ending.code !== 0) response.setError(failure(ending, outOfMemory));
  } catch (error) {
    response.setError(error instanceof Error ? error.message : String(error));
  }
  return response;
}

async function execute(
  request: RunRequest,
  { programs, ...host }: Host,
  signal: AbortSignal,
): Promise<Ending & { outOfMemory: boolean }> {
  const info = request.getInfo();
  if (!info) throw new Error("the engine did not say which program to run");
  const options = parseOptions(info.getOptions());
  const debugPort = request.getAttachDebugger() ? await inspectorPort() : undefined;
  const child = programs.start(
    process.execPath,
    [
      ...splitArguments(options.nodeargs),
      ...(debugPort === undefined ? [] : inspectorArguments(debugPort)),
      sdkEntryPoint(info.getProgramDirectory(), "cmd/run"),
      ...entryPointArguments(request, host),
    ],
    {
      cwd: info.getProgramDirectory(),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...optionVariables(options), ...configurationVariables(request) },
    },
  );
  signal.addEventListener("abort", () => void endChild(child));
  let outOfMemory = false;
  child.stdout?.pipe(process.stdout, { end: false });
  child.stderr?.pipe(process.stderr, { end: false });
  child.stderr?.on("data", (chunk: Buffer) => (outOfMemory ||= chunk.includes("heap out of memory")));
  const ending = endOf(child);
  if (debugPort !== undefined) {
    await announceDebugger(host.engineAddress, { name: "Pulumi: Program (nodejs)", child, port: debugPort });
  }
  return { ...(await ending), outOfMemory };
}

function entryPointArguments(request: RunRequest, host: Pick<Host, "engineAddress" | "tracing">): string[] {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: host.engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory(),
    stack: request.getStack(),
    pwd: info?.getProgramDirectory(),
    parallel: String(request.getParallel()),
    tracing: host.tracing,
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

/** The stack's configuration. Secret values are in clear here, as the program needs them: the variables are the child's alone. */
function configurationVariables(request: RunRequest): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function failure({ code, signal }: Ending, outOfMemory: boolean): string {
  const ending =
    code === null ? `was ended by signal ${signal ?? "unknown"}` : `exited with non-zero exit code: ${code}`;
  const advice = outOfMemory
    ? `; it ran out of memory: give it more by NODE_OPTIONS="--max-old-space-size=4096" (MiB)`
    : "";
  return `Program ${ending}${advice}`;
}
