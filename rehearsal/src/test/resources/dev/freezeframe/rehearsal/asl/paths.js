// JSONPath for the interpreter. The paths that state machines are full of, such as $.run.id, are
// followed here; a general evaluation of each takes most of the time of a run.
(function (general) {
  const PLAIN = /^\$(\.[A-Za-z_][A-Za-z0-9_-]*)*$/;
  const plainSteps = new Map();

  function stepsOf(path) {
    let steps = plainSteps.get(path);
    if (steps === undefined) {
      steps = PLAIN.test(path) ? path.split(".").slice(1) : null;
      plainSteps.set(path, steps);
    }
    return steps;
  }

  function JSONPath(query) {
    const steps = stepsOf(query.path);
    if (steps === null) return general.JSONPath(query);
    let value = query.json;
    for (const step of steps) {
      if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) {
        return undefined;
      }
      value = value[step];
    }
    return value;
  }

  return { JSONPath };
});
