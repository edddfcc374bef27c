import * as pulumi from "@pulumi/pulumi";

/** The value of an output, and whether it is secret. */
export async function settled(output: pulumi.Output<string>): Promise<{ value: string; secret: boolean }> {
  const value = await new Promise<string>((resolve) => void output.apply(resolve));
  return { value, secret: await pulumi.isSecret(output) };
}
