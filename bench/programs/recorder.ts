import { runtime } from "@pulumi/pulumi";
import type { PlainResource } from "../support/plain-resource.ts";

/** Stands in for the engine: answers each registration with its inputs, and keeps it. */
export async function record(): Promise<readonly PlainResource[]> {
  const registered: PlainResource[] = [];
  await runtime.setMocks({
    call: () => ({ logsListStrings: [] }),
    newResource: ({ type, name, inputs, custom }) => {
      if (custom) registered.push({ type, name, inputs, dependsOn: [] });
      return { id: `${name}-id`, state: { name, exitCode: 0, result: "generated", ...inputs } };
    },
  });
  return registered;
}
