/**
 * Owns the routes between targets: the way of a project's leads, and what is wrong with it at start.
 * Must not read a lead.
 */
import type { Fault } from "../vendors/vendor.ts";
import type { Target } from "./target.ts";

/** By key; undefined where a target has a fault. */
export type Targets = ReadonlyMap<string, Target | undefined>;

/** A visitor may type any name, `constructor` among them. */
const nextOf = ({ routes }: Target, project: string): string | undefined =>
  Object.hasOwn(routes, project) ? routes[project] : undefined;

/**
 * The keys on the way of a project, from where its form sends it. It ends with a target that routes it no
 * further, with one that cannot be followed, or with the first that it meets again.
 */
const wayOf = (targets: Targets, from: Target, project: string): readonly string[] => {
  const way = [from.key];
  for (;;) {
    const here = targets.get(way.at(-1) ?? "");
    const next = here && nextOf(here, project);
    if (next === undefined) return way;
    const isCircle = way.includes(next);
    way.push(next);
    if (isCircle) return way;
  }
};

/** The target that delivers leads of this project; undefined where it has a fault. */
export const findDelivering = (
  targets: Targets,
  named: Target,
  project: string,
): Target | undefined => {
  const way = wayOf(targets, named, project);
  const last = way.at(-1) ?? "";
  return way.indexOf(last) < way.length - 1 ? undefined : targets.get(last);
};

/** The other targets that may deliver leads of this one's forms. */
export const findEnds = (targets: Targets, named: Target): readonly Target[] => {
  const ends = Object.keys(named.routes).flatMap(
    (project) => findDelivering(targets, named, project) ?? [],
  );
  return [...new Set(ends)].filter((end) => end !== named);
};

/** The other targets whose forms' leads this one delivers too. */
export const findNaming = (targets: Targets, target: Target): readonly Target[] =>
  [...targets.values()].filter(
    (named) => named !== undefined && findEnds(targets, named).includes(target),
  ) as Target[];

/** UTF-16 units, as of any project without a list. */
const MAX_PROJECT_LENGTH = 200;

/** Whether a lead can bear this project at all; leads of another are refused before they are routed. */
const projectProblem = ({ projects, projectRule }: Target, project: string): string | undefined => {
  if (project !== project.trim() || project === "") return "is no name as leads bear it";
  if (projects) return projects.includes(project) ? undefined : "is not one of its projects";
  if (project.length > MAX_PROJECT_LENGTH) return "is too long";
  return projectRule?.isSafe(project) === false
    ? "is a pattern for the vendor, and has to be one of its projects"
    : undefined;
};

/** Of the target's own setting: with it the target does not work. */
const ownProblem = (targets: Targets, target: Target, project: string): string | undefined => {
  const problem = projectProblem(target, project);
  if (problem) return problem;
  const next = nextOf(target, project) ?? "";
  if (!targets.has(next)) return "is not the key of a target";
  return wayOf(targets, target, project).lastIndexOf(target.key) > 0
    ? "leads in a circle"
    : undefined;
};

/** What an operator may not have meant by a route that works. */
const doubts = (named: Target, end: Target, project: string): string[] => {
  const problem = end.vendor === named.vendor ? undefined : end.projectRule?.problem(project);
  const isStored = end.storage === "ledger";
  return [
    ...(problem ? [problem] : []),
    ...(isStored && named.storage === "none"
      ? [`stores its leads, which ${named.key} does not`]
      : []),
    ...(isStored && named.jurisdiction && end.jurisdiction !== named.jurisdiction
      ? [`stores its leads outside of ${named.jurisdiction}`]
      : []),
  ];
};

export interface RouteFaults {
  /** By the key of a target that cannot work with its routes. */
  own: ReadonlyMap<string, readonly Fault[]>;
  /** Of targets that work, but for the leads of one project: their way ends at a target with a fault. */
  blocked: readonly Fault[];
  warnings: readonly Fault[];
}

/** @param name the fault of a target's setting */
export const checkRoutes = (
  targets: Targets,
  name: (key: string, path: string, problem: string) => Fault,
): RouteFaults => {
  const all = [...targets.values()]
    .filter((target) => target !== undefined)
    .flatMap((target) => Object.keys(target.routes).map((project) => ({ target, project })));
  const faultOf = ({ key }: Target, project: string, problem: string): Fault =>
    name(key, `routes.${project}`, problem);

  const own = new Map<string, Fault[]>();
  for (const { target, project } of all) {
    const problem = ownProblem(targets, target, project);
    if (problem)
      own.set(target.key, [...(own.get(target.key) ?? []), faultOf(target, project, problem)]);
  }
  const working = new Map(
    [...targets].map(([key, target]) => [key, own.has(key) ? undefined : target]),
  );
  const ways = all
    .filter(({ target }) => !own.has(target.key))
    .map((route) => ({ ...route, end: findDelivering(working, route.target, route.project) }));
  return {
    own,
    blocked: ways
      .filter(({ end }) => end === undefined)
      .map(({ target, project }) => {
        const next = nextOf(target, project) ?? "";
        return faultOf(target, project, `leads to ${next}, where a setting is faulty`);
      }),
    warnings: ways.flatMap(({ target, project, end }) =>
      end ? doubts(target, end, project).map((problem) => faultOf(target, project, problem)) : [],
    ),
  };
};
