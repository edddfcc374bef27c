import { context, propagation, SpanKind, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { Context, MiddlewareHandler } from "hono";

/** How requests are traced. */
export interface IncomingOptions {
  /** Paths that are asked for without end: traced only where whoever asks is. */
  readonly routine: ReadonlySet<string>;
  /** The pattern of the route that answered. */
  readonly routeOf: (context: Context) => string;
}

/**
 * Makes a span of each request, within the trace that it came with. Its names are those of OpenTelemetry's conventions
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). The query and the headers are left out: they may hold credentials.
 */
export function traceIncoming(tracer: Tracer, { routine, routeOf }: IncomingOptions): MiddlewareHandler {
  return async (request, next) => {
    const { method, path } = request.req;
    const carried = propagation.extract(context.active(), request.req.header());
    if (routine.has(path) && !trace.getSpanContext(carried)) return next();
    const attributes = { "http.request.method": method, "url.path": path };
    const options = { kind: SpanKind.SERVER, attributes };
    return tracer.startActiveSpan(method, options, carried, async (span) => {
      try {
        await next();
        const { status } = request.res;
        const route = routeOf(request);
        span.updateName(`${method} ${route}`);
        span.setAttributes({ "http.route": route, "http.response.status_code": status });
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      } finally {
        span.end();
      }
    });
  };
}
