// Walks through the states of an execution. What a state does is the interpreter's; the order of
// the states, their context object, aborts and tasks are ours, because Step Functions' answers to
// these are observed here to the instant.
(function (interpreter) {
  const { StateMachine, StateExecutor, MapStateAction, ParallelStateAction } = interpreter;

  // What is thrown through a state whose execution was stopped: neither retried nor caught.
  class Stopped extends Error {
    isRetryable = false;
    isCatchable = false;
  }

  class TaskFailed extends Error {
    constructor(error, cause) {
      super(cause);
      this.name = error;
    }
  }

  // Something that can be stopped, and all that it started with it. The interpreter takes it for an
  // AbortSignal.
  class Scope {
    constructor(parent) {
      this.aborted = parent?.aborted ?? false;
      this.parent = parent;
      this.inner = new Set();
      this.listeners = new Set();
      parent?.inner.add(this);
    }
    addEventListener(type, listener) {
      this.listeners.add(listener);
    }
    removeEventListener(type, listener) {
      this.listeners.delete(listener);
    }
    leave() {
      this.parent?.inner.delete(this);
    }
    stop() {
      if (this.aborted) return;
      this.aborted = true;
      for (const listener of [...this.listeners]) listener();
      for (const scope of [...this.inner]) scope.stop();
    }
  }

  let enteredAt;
  let enteredText;

  // Most states are entered at the instant at which the one before was left.
  function now() {
    const at = Date.now();
    if (at !== enteredAt) {
      enteredAt = at;
      enteredText = new Date(at).toISOString();
    }
    return enteredText;
  }

  // run: {scope, context, progress, depth, counted}
  async function walk(definition, startAt, input, run) {
    const { scope, progress, depth, counted } = run;
    let name = startAt;
    let value = input;
    let text = JSON.stringify(value); // null where it has not changed since it was reported
    let state;
    let context;
    let abandon;
    scope.addEventListener("abort", () => abandon?.());

    function perform(parameters) {
      if (scope.aborted) throw new Stopped();
      const { promise, resolve, reject } = Promise.withResolvers();
      const task = progress.perform(
        state.Resource,
        JSON.stringify(parameters),
        counted,
        (answer) => resolve(JSON.parse(answer)),
        (error, cause) => reject(new TaskFailed(error, cause)),
      );
      abandon = () => {
        task.abandon();
        reject(new Stopped());
      };
      return promise;
    }

    const eventLogger = {
      dispatchStateFailedEvent() {
        abandon = undefined; // A task that timed out goes on.
      },
      dispatchStateRetriedEvent() {
        context.State.RetryCount++;
      },
      dispatchStateCaughtEvent() {},
    };
    const handlers = new Proxy({}, { get: () => perform });
    const options = {
      abortSignal: scope,
      eventLogger,
      runOptions: { run, overrides: { taskResourceLocalHandlers: handlers } },
    };

    for (;;) {
      state = definition.States[name];
      context = {
        ...run.context,
        State: { Name: name, EnteredTime: now(), RetryCount: 0 },
      };
      if (!progress.entered(name, state.Type, text, depth, counted)) throw new Stopped();
      const executor = new StateExecutor(name, state);
      const { stateResult, nextState, isEndState } = await executor.execute(value, context, options);
      abandon = undefined;
      if (scope.aborted) throw new Stopped();
      const next = isEndState ? "" : nextState;
      text = stateResult === value ? null : JSON.stringify(stateResult);
      value = stateResult;
      if (!progress.left(name, next, text, depth, counted)) throw new Stopped();
      if (isEndState) return value;
      name = next;
      text = null;
    }
  }

  // One try of a Map or Parallel state is a scope of its own: if an item fails, the others stop, and
  // those that have not begun never do.
  for (const action of [MapStateAction, ParallelStateAction]) {
    const execute = action.prototype.execute;
    action.prototype.execute = async function (input, context, options) {
      const { run } = options.runOptions;
      const scope = new Scope(run.scope);
      const inner = { ...run, scope, context, depth: run.depth + 1 };
      try {
        return await execute.call(this, input, context, { ...options, runOptions: { run: inner } });
      } finally {
        scope.leave();
      }
    };
  }

  function child(parent, state, index) {
    const [prefix, machine, name] = parent.Id.split(/:(?=[^:]*:[^:]*$)|:(?=[^:]*$)/);
    const id = `${prefix}:${machine}/${state.replaceAll(" ", "")}:${name}-${index}`;
    return { ...parent, Id: id, Name: `${name}-${index}` };
  }

  // What a Map state calls for each item and a Parallel state for each branch.
  StateMachine.prototype.run = function (input, { run }) {
    const distributed = this.definition.ProcessorConfig?.Mode === "DISTRIBUTED";
    const scope = new Scope(run.scope);
    const { State, Map: item, ...context } = run.context;
    // The states of an inline Map see its item, those of a distributed one do not.
    if (item && !distributed) context.Map = { ...item };
    // A child of a distributed Map is an execution of its own, under a name that nobody chose.
    if (item && distributed) context.Execution = child(context.Execution, State.Name, item.Item.Index);
    const counted = run.counted && !distributed;
    if (counted) run.progress.itemStarted();
    const walked = scope.aborted
      ? Promise.reject(new Stopped())
      : walk(this.definition, this.definition.StartAt, input, { ...run, scope, context, counted });
    return {
      abort: () => scope.stop(),
      eventLogs: [],
      result: walked
        .catch((error) => {
          run.scope.stop(); // Before the next item begins.
          throw error;
        })
        .finally(() => scope.leave()),
    };
  };

  return {
    define: (definition) => JSON.parse(definition),

    // Starts a walk, which goes on whenever a timer or a task's answer lets it.
    // Returns how to stop it.
    start(definition, startAt, input, contextText, progress) {
      const scope = new Scope();
      const context = JSON.parse(contextText);
      const run = { scope, context, progress, depth: 0, counted: true };
      walk(definition, startAt, JSON.parse(input), run).then(
        (output) => progress.succeeded(JSON.stringify(output)),
        (error) => {
          scope.stop();
          if (!(error instanceof Stopped)) progress.failed(error.name, error.message);
        },
      );
      return () => scope.stop();
    },
  };
});
