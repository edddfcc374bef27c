import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

// It keeps a mark of every call and looks each up among all, so that time would grow with the square of a stack's texts.
secretLintProfiler.mark = () => undefined;

/** Shapes of what people and programs make themselves; those of issued credentials are secretlint's business. */
const OWN_SHAPES: Readonly<Record<string, RegExp>> = {
  "a URL with a password": /\b[a-z][a-z\d+.-]*:\/\/[^\s/?#:@]*:(?!\$[\w{(])[^\s/?#@]+@/i,
  "a private key": /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/,
};

/** What kind of credential of somebody's own making a text contains, in words; `undefined` where it has none. */
export function ownCredential(text: string): string | undefined {
  return Object.entries(OWN_SHAPES).find(([, shape]) => shape.test(text))?.[0];
}

/** What secretlint takes a text for: its rules know the tokens of AWS, GitHub, OpenAI, Slack and some thirty others. */
export async function issuedCredential(content: string): Promise<string | undefined> {
  const { messages } = await lintSource({
    source: { content, filePath: "text", ext: "", contentType: "text" },
    options: {
      config: { rules: [{ id: "recommended", rule: creator }] },
      noPhysicFilePath: true,
      maskSecrets: true,
    },
  });
  const [first] = messages;
  return first && `what secretlint calls ${first.messageId}`;
}
