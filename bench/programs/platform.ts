// The Acceleration platform on this machine's Docker, under names of its own, at the port that the variable BENCH_PORT tells.
import { deploy } from "../../stacks/deploy.ts";

export const { url, health } = await deploy({
  values: {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": JSON.stringify({
      name: "keelson-bench",
      httpPort: Number(process.env["BENCH_PORT"]),
      destroyData: true,
    }),
  },
  secrets: new Set(),
});
