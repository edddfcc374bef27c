/** What a deployment is for. */
export type Environment = "development" | "staging" | "production";

/** What follows from an environment, for every application. */
export interface EnvironmentFacts {
  readonly logLevel: "DEBUG" | "INFO" | "WARNING";
  /** Whether applications may show their insides to whoever asks. */
  readonly debug: boolean;
  /** Processes of one web server. */
  readonly workers: number;
}

/** Facts of the environments, as the platforms' own documents list them. */
export const environments: Readonly<Record<Environment, EnvironmentFacts>> = {
  development: { logLevel: "DEBUG", debug: true, workers: 1 },
  staging: { logLevel: "INFO", debug: false, workers: 2 },
  production: { logLevel: "INFO", debug: false, workers: 4 },
};
