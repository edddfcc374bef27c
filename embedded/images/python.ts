import { run } from "./run.ts";

/** Python's minor version in the base image's Debian release. */
const BASE_PYTHON = "3.11";

/** What the compiled modules of packages are named after, newest first: C library and processor. */
const WHEEL_PLATFORMS = ["manylinux_2_28", "manylinux_2_17", "manylinux2014"].map(
  (libc) => `${libc}_${process.arch === "arm64" ? "aarch64" : "x86_64"}`,
);

/**
 * Fetches Python packages for the Python of the base image, without what they depend on.
 *
 * @param packages - Requirements as pip takes them, or `--requirement` with a file of them
 */
export function pythonPackages(
  folder: string,
  packages: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return run(
    "python3",
    [
      ...["-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--target", folder],
      ...["--only-binary", ":all:", "--implementation", "cp", "--python-version", BASE_PYTHON],
      ...WHEEL_PLATFORMS.flatMap((platform) => ["--platform", platform]),
      ...packages,
    ],
    { signal, mend: "needs Python 3 with pip, e.g. apt-get install python3-pip" },
  );
}
