import type { Attributes, AttributeValue } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";

/** Left out, and cut off the whole address: a query may hold credentials under any name. */
const query = { attribute: "url.query", address: "url.full" };

/** An exporter that sends spans without credentials, whoever wrote them into what. */
export function masking(exporter: SpanExporter, redact: (text: string) => string): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(
        spans.map((span) => masked(span, redact)),
        done,
      ),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** The span itself can't be changed any more once it has ended. */
function masked(span: ReadableSpan, redact: (text: string) => string): ReadableSpan {
  const attributes = (given: Attributes = {}) => maskedAttributes(given, redact);
  const { message } = span.status;
  const properties: Partial<ReadableSpan> = {
    name: redact(span.name),
    attributes: attributes(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: attributes(event.attributes) })),
    status: message === undefined ? span.status : { ...span.status, message: redact(message) },
  };
  return Object.create(
    span,
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, { value, enumerable: true }]),
    ),
  ) as ReadableSpan;
}

function maskedAttributes(attributes: Attributes, redact: (text: string) => string): Attributes {
  const { [query.attribute]: _withheld, [query.address]: address, ...rest } = attributes;
  const shown =
    typeof address === "string" ? { ...rest, [query.address]: address.replace(/\?.*/s, "") } : rest;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, maskedValue(value, redact)]));
}

function maskedValue(
  value: AttributeValue | undefined,
  redact: (text: string) => string,
): AttributeValue | undefined {
  if (typeof value === "string") return redact(value);
  if (!Array.isArray(value)) return value;
  return value.map((part: unknown) => (typeof part === "string" ? redact(part) : part)) as AttributeValue;
}
