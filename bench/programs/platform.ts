// The Acceleration platform on this machine's Docker, under names and a port of its own.
import { deploy } from "../../stacks/deploy.ts";

export const { url, health } = deploy({
  values: {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": JSON.stringify({ name: "keelson-bench", httpPort: 18080, destroyData: true }),
  },
  secrets: new Set(),
});
