/** Something that takes its time, and can't begin before others have ended. */
export interface Task {
  readonly name: string;
  readonly seconds: number;
  /** Names of the tasks that it waits for; others are taken as done. */
  readonly after: readonly string[];
}

/** A way through tasks, each of which waits for the one before it. */
export interface Path {
  readonly seconds: number;
  readonly names: readonly string[];
}

/** The way through tasks that takes longest: with any number of hands, all of them take as long at least. */
export function longestPath(tasks: readonly Task[]): Path {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const known = new Map<string, Path>();
  const pathTo = (task: Task): Path => {
    const found = known.get(task.name);
    if (found !== undefined) return found;
    const before = longest(task.after.flatMap((name) => byName.get(name) ?? []).map(pathTo));
    const path = { seconds: before.seconds + task.seconds, names: [...before.names, task.name] };
    known.set(task.name, path);
    return path;
  };
  return longest(tasks.map(pathTo));
}

function longest(paths: readonly Path[]): Path {
  return paths.reduce((best, path) => (path.seconds > best.seconds ? path : best), { seconds: 0, names: [] });
}
