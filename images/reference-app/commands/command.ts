/** A command of the images that are stood in for. Gives the exit status, once there is one. */
export type Command = (args: readonly string[], environment: NodeJS.ProcessEnv) => Promise<number>;
