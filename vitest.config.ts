import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        // Examples import the package by its name, as programs elsewhere do.
        resolve: {
          alias: [
            { find: /^keelson$/, replacement: `${import.meta.dirname}/components/index.ts` },
            {
              find: /^keelson\/clusters\/(.*)$/,
              replacement: `${import.meta.dirname}/components/clusters/$1.ts`,
            },
          ],
        },
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**", "test/cluster/**", "test/cluster-*/**", "test/package/**"],
          // Whole programs and spawned processes, on machines that may be busy.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // Each file has a Docker host's worth of containers: one at a time.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "cluster",
          include: ["test/cluster/*.test.ts"],
          globalSetup: "test/support/cluster.ts",
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // One node for all of them.
          fileParallelism: false,
        },
      },
      {
        test: {
          // Apart, because simulated nodes need next to nothing: these run beside those of the real node.
          name: "cluster-simulated",
          include: ["test/cluster/simulated/*.test.ts"],
          globalSetup: "test/support/cluster.ts",
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          // Apart, because each stack makes a cluster of an imagined cloud, with the same names in it.
          name: "cluster-clouds",
          include: ["test/cluster/clouds/*.test.ts"],
          globalSetup: "test/support/cluster.ts",
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          // Apart, because it builds the metrics server, which takes as long as all of Kubernetes.
          name: "cluster-metrics",
          include: ["test/cluster-metrics/**/*.test.ts"],
          globalSetup: "test/support/cluster.ts",
          testTimeout: 300_000,
          hookTimeout: 3_600_000,
        },
      },
      {
        test: {
          // Ends the cluster that the tests before it share.
          name: "cluster-down",
          include: ["test/cluster-down/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
