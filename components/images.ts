/**
 * Public images that keelson runs, by the name under which a stack may replace them. Every version is pinned; the
 * sources are the projects' own release lists of autumn 2026.
 */
export const images = {
  /** A static busybox: file handling and probes in containers that bring no tools of their own. */
  busybox: "busybox:1.37.0-musl",
  /** The reverse proxy that opens a Docker host to the outside. */
  caddy: "caddy:2.11.4-alpine",
  postgres: "postgres:18.6",
  redis: "redis:8.10.2",
  chroma: "chromadb/chroma:1.5.9",
} as const;

/** Name of a public image in the catalogue. */
export type ImageName = keyof typeof images;
