/**
 * Loads what is made with a cloud's SDK, which need not be installed by those who use other clouds or none.
 *
 * @param sdk Name of the package, as `@pulumi/aws`
 * @throws Error that says which package to install, if it is missing
 */
export async function loaded<Module>(sdk: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(sdk, error)) throw error;
    throw new Error(`${sdk} is not installed, with which this cloud is reached; run: npm install ${sdk}`, {
      cause: error,
    });
  }
}

function isMissing(sdk: string, error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && message.includes(`'${sdk}`);
}
