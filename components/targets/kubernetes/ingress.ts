import { ofClass } from "./entry.ts";
import { type Dialect, isLong } from "./exposure-objects.ts";
import { traefik } from "./ingress-traefik.ts";
import { ingress } from "./ingress-object.ts";

/** What Ingress itself has words for: paths, and a certificate. */
const standard: Dialect = {
  refusals: ({ class: name, certificate, routes }) => {
    const wishes: readonly [boolean, string][] = [
      [certificate !== undefined, "sending requests on from http to https"],
      ...routes.flatMap((route): [boolean, string][] => [
        [route.stripPrefix, `stripping the prefix "${route.prefix}"`],
        [route.port.sticky === true, `keeping browsers with their copy of "${route.service}"`],
        [isLong(route), `silences of ${route.port.idleSeconds} s on connections to "${route.service}"`],
      ]),
    ];
    const advice =
      'use a controller for the Gateway API, or Traefik and a class named "traefik" or "traefik-…"';
    return wishes
      .filter(([wished]) => wished)
      .map(
        ([, wish]) => `Ingress has no word for ${wish}, and none is known for the class "${name}"; ${advice}`,
      );
  },
  objects: (entry) => [ingress(entry, entry.name, entry.routes)],
};

/** Dialects of the controllers that say more by annotations. */
const DIALECTS: Readonly<Record<string, Dialect>> = { traefik };

/** How an exposure is said to the controller of a class. */
export function ingressDialect(name: string): Dialect {
  return ofClass(DIALECTS, name) ?? standard;
}
