/** Policies as JSON: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
import { z } from "zod";
import type { Value } from "../../provider/value.ts";

const oneOrMore = z.union([z.string(), z.array(z.string()).nonempty()]);
const statement = z.strictObject({
  Sid: z
    .string()
    .regex(/^[\w ]*$/)
    .optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMore)]).optional(),
  NotPrincipal: z.union([z.literal("*"), z.record(z.string(), oneOrMore)]).optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([oneOrMore, z.boolean(), z.number()])))
    .optional(),
});
const policy = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).nonempty()]),
});

/** For the `validate` column of a property table: what is wrong with a policy, in the words of IAM. */
export function problemOfPolicy(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const { error } = policy.safeParse(JSON.parse(value));
    return error && `MalformedPolicyDocument: ${z.prettifyError(error)}`;
  } catch (error) {
    return `MalformedPolicyDocument: ${error instanceof Error ? error.message : String(error)}`;
  }
}
