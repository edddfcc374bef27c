import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

const report = z.object({ diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })) });

/** What the engine complains of in its output, which is for people or JSON; nothing if it holds no error. */
export function complaint(output: string): string | undefined {
  const messages = (fromReport(output) ?? fromText(output)).map(stripVTControlCharacters);
  return messages.map((message) => message.trim().replace(/^error: /, "")).join("\n") || undefined;
}

function fromReport(text: string): string[] | undefined {
  try {
    const { diagnostics } = report.parse(JSON.parse(text));
    return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  } catch {
    return undefined;
  }
}

/** An error goes on until the next blank line. */
function fromText(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n/);
  return paragraphs.filter((paragraph) =>
    stripVTControlCharacters(paragraph).trimStart().startsWith("error: "),
  );
}
