import type * as grpc from "@grpc/grpc-js";
import language, {
  type InstallDependenciesRequest,
  type InstallDependenciesResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import type { Host } from "./host.ts";
import { endChild, endOf } from "./children.ts";
import { parseOptions } from "./options.ts";
import { installCommand, packageManagerOf } from "./package-manager.ts";

/** Installs what the program's package.json names; the caller sees the package manager's output as it comes. */
export async function installDependencies(
  call: grpc.ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
  { helpers }: Host,
): Promise<void> {
  const info = call.request.getInfo();
  const directory = info?.getProgramDirectory() || call.request.getDirectory();
  const options = parseOptions(info?.getOptions());
  const manager = packageManagerOf(options, directory);
  const say = (text: string) => call.write(response().setStdout(Buffer.from(text)));

  say("Installing dependencies...\n\n");
  const child = helpers.start(manager, installCommand(manager, options), {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(call.request.getIsTerminal() ? { FORCE_COLOR: "1" } : {}) },
  });
  child.stdout?.on("data", (chunk: Buffer) => call.write(response().setStdout(chunk)));
  child.stderr?.on("data", (chunk: Buffer) => call.write(response().setStderr(chunk)));
  call.on("cancelled", () => void endChild(child));
  const { code } = await endOf(child);
  if (code !== 0) {
    throw new Error(
      `"${manager} install" failed in ${directory} (exit code ${code ?? "none"}): its own message is above`,
    );
  }
  say("Finished installing dependencies\n\n");
}

function response(): InstallDependenciesResponse {
  return new language.InstallDependenciesResponse();
}
