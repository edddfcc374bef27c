import * as pulumi from "@pulumi/pulumi";

/** The value of an input, and whether it is secret. */
export async function settled(input: pulumi.Input<string>): Promise<{ value: string; secret: boolean }> {
  const output = pulumi.output(input);
  const value = await new Promise<string>((resolve) => void output.apply(resolve));
  return { value, secret: await pulumi.isSecret(output) };
}
