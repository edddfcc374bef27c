import language, { type InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { describe, expect, test } from "vitest";
import { programInfo, startLanguageHost } from "../../support/language-host.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Installs the dependencies of a project with `files`, where `npm` and `pnpm` are the scripts given. */
async function install(
  files: Readonly<Record<string, string>>,
  options: Parameters<typeof programInfo>[1] = {},
) {
  const folder = temporaryFolder(files);
  await using host = await startLanguageHost({ PATH: `${folder}/bin:${process.env.PATH}` });
  const request = new language.InstallDependenciesRequest().setInfo(programInfo(folder, options));
  const output = { stdout: "", stderr: "" };
  for await (const chunk of host.client.installDependencies(request)) {
    const response = chunk as InstallDependenciesResponse;
    output.stdout += Buffer.from(response.getStdout_asU8()).toString();
    output.stderr += Buffer.from(response.getStderr_asU8()).toString();
  }
  return output;
}

const reports = (name: string) => `#!/bin/sh\necho "${name} $*"; echo "careful" >&2`;

describe("installing dependencies", () => {
  test("runs npm in the program's folder, and passes on what it prints", async () => {
    const { stdout, stderr } = await install({ "package.json": "{}", "bin/npm": reports("npm") });
    expect(stdout).toBe(
      "Installing dependencies...\n\nnpm install --loglevel=error\nFinished installing dependencies\n\n",
    );
    expect(stderr).toBe("careful\n");
  });

  test("runs the package manager whose lock file is there, without development dependencies if asked to", async () => {
    const files = { "pnpm-lock.yaml": "", "bin/npm": reports("npm"), "bin/pnpm": reports("pnpm") };
    expect((await install(files, { production: true })).stdout).toContain("\npnpm install --prod\n");
  });

  test("fails with the package manager's exit code", async () => {
    const files = { "bin/npm": "#!/bin/sh\nexit 3" };
    await expect(install(files)).rejects.toThrow(/"npm install" failed in .* \(exit code 3\)/);
  });
});
