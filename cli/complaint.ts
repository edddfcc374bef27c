import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

const diagnostic = z.object({ message: z.string(), severity: z.string() });
const report = z.object({ diagnostics: z.array(diagnostic) });
const event = z.object({ diagnosticEvent: diagnostic.optional() });

/** What the engine complains of in its output, which is for people, JSON, or events as JSON, one in a line; nothing if it holds no error. */
export function complaint(output: string): string | undefined {
  const messages = (fromReport(output) ?? fromEvents(output) ?? fromText(output)).map(
    stripVTControlCharacters,
  );
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

function fromEvents(text: string): string[] | undefined {
  try {
    const events = text
      .trim()
      .split("\n")
      .map((line) => event.parse(JSON.parse(line)));
    return events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : [],
    );
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
